import { type Connection, SANDBOX_ID } from '../../api/connection.ts';
import type { ApiError } from '../../api/errors.ts';
import type { Banner, Outcome, SessionHeader } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { placeName } from '../../text/placeName.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { asObject, field } from '../../util/json.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import type { Shell } from '../shell.ts';
import { bannerOf } from './bannerOf.ts';
import { headerOf } from './headerOf.ts';
import type { RecordedPanel } from './recordedPanel.ts';
import { SessionNamesLookup } from './sessionNames.ts';
import { SessionTitle } from './sessionTitle.ts';
import { Stopping } from './stopping.ts';

export interface PageHeadOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly feed: SessionFeed;
  readonly transcript: Transcript;
  /** As the caller knew it, until the server has said. */
  readonly knownTitle: string | undefined;
  /** Something that is shown here may have changed. */
  readonly changed: () => void;
  /** What is said differently where the session is a file. */
  readonly recorded?: RecordedPanel | undefined;
}

/** What a page shows above the conversation: the session itself, and what is the matter with its connection. */
export class PageHead {
  private readonly options: PageHeadOptions;
  private readonly names: SessionNamesLookup;
  private readonly title: SessionTitle;
  private readonly stopping: Stopping;
  private isArchived = false;

  constructor(options: PageHeadOptions) {
    const { shell, connection, sessionId, feed, transcript, changed } = options;
    const client = shell.clients.for(connection);
    this.options = options;
    this.names = new SessionNamesLookup(client, changed);
    this.title = new SessionTitle({
      client,
      sessionId,
      l10n: shell.l10n,
      session: () => feed.session,
      onDidChange: changed,
      explain: (error) => this.explain(error),
    });
    this.stopping = new Stopping(transcript);
  }

  get header(): SessionHeader {
    const { shell, connection, sessionId, feed, transcript, knownTitle, recorded } = this.options;
    const readOnly = isReadOnly(shell.connections, connection);
    const header = headerOf({
      connection,
      place: placeName(connection, readOnly, shell.l10n),
      isReadOnly: readOnly,
      sessionId,
      knownTitle,
      newTitle: this.title.current,
      isArchived: this.isArchived,
      session: feed.session,
      names: this.names.of(feed.session),
      status: transcript.status,
      pending: transcript.pending,
      usage: asObject(field(transcript.usage?.event.body, 'usage')),
      feed: feed.status,
      isStopping: this.stopping.isOn,
    });
    return recorded?.header(header) ?? header;
  }

  get banner(): Banner | null {
    const { shell, connection, feed, recorded } = this.options;
    if (recorded !== undefined) {
      return recorded.banner;
    }
    // Led to another address it is another place, whose key is none of this one's.
    const isElsewhere = shell.connections.byId(connection.id)?.origin !== connection.origin;
    const isGone = isElsewhere && connection.id !== SANDBOX_ID;
    return bannerOf(feed.status, connection, shell.auth.of(connection), shell.l10n, isGone);
  }

  async rename(title: string): Promise<Outcome> {
    const { shell, connection } = this.options;
    const outcome = await this.title.rename(title);
    if (outcome.ok) {
      shell.sessions.refresh(connection.id);
    }
    return outcome;
  }

  /** The session was archived from here: what cannot be done any more is not offered. */
  noteArchived(): void {
    this.isArchived = true;
    this.options.changed();
  }

  /** The agent is asked to stop (true), or goes on because that was refused (false). Its turn's end confirms it. */
  setStopping(isOn: boolean): void {
    if (isOn) {
      this.stopping.ask();
    } else {
      this.stopping.takeBack();
    }
    this.options.changed();
  }

  private explain(error: ApiError): string {
    const { shell, connection } = this.options;
    const where = { connection: connection.name, origin: connection.origin };
    const { title, why, next } = describeError(error, where, shell.l10n);
    return shell.redactor.redact(sentences(title, why, next));
  }
}

import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { Flow } from '../../protocol/flow.ts';
import {
  type HostMessage,
  MAX_WINDOW_ROWS,
  type Outcome,
  type PageAction,
  type PageMessage,
} from '../../protocol/messages.ts';
import { readPageMessage } from '../../protocol/readPageMessage.ts';
import { RowWindow } from '../../protocol/rowWindow.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import { Transcript } from '../../transcript/transcript.ts';
import { assertNever } from '../../util/assertNever.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { asObject, field } from '../../util/json.ts';
import { commands, settings } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { bannerOf } from './bannerOf.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { headerOf } from './headerOf.ts';
import { openLink } from './openLink.ts';
import { RateLimit } from './rateLimit.ts';
import { RowBodies } from './rowBodies.ts';
import { SessionNamesLookup } from './sessionNames.ts';
import { refusal, Steering } from './steering.ts';

export interface PageSessionOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly lease: FeedLease;
  readonly bodies: BodyDocuments;
  readonly webview: vscode.Webview;
  readonly knownTitle: string | undefined;
  /** Told when what the tab shows may have changed. */
  readonly onHeader: (title: string, activity: ReturnType<typeof headerOf>['activity']) => void;
}

/**
 * The host's side of one page: answers what the page asks, and sends it what changes in its window. Trusts
 * the page with nothing: every message is checked, and names only things of this session.
 */
export class PageSession implements Disposable {
  private readonly options: PageSessionOptions;
  private readonly feed: SessionFeed;
  private readonly transcript: Transcript;
  private readonly rows: RowWindow;
  private readonly flow: Flow;
  private readonly limit: RateLimit;
  private readonly steering: Steering;
  private readonly bodies: RowBodies;
  private readonly names: SessionNamesLookup;
  private readonly owned = new DisposableStore();
  private seq = 0;
  private lastHeader = '';
  private lastFeed = '';
  private interruptedAt: number | undefined;
  /** What the page should be shown as soon as it is there. */
  private wanted: { reveal?: string; focusComposer?: boolean } = {};
  private isOpen = false;

  constructor(options: PageSessionOptions) {
    const { shell, lease, webview } = options;
    this.options = options;
    this.feed = lease.feed;
    this.transcript = this.owned.add(new Transcript(lease.feed));
    this.rows = new RowWindow(this.transcript, MAX_WINDOW_ROWS);
    this.flow = this.owned.add(new Flow(shell.clock, () => this.sendPatches()));
    this.limit = new RateLimit(shell.clock);
    const { feed, transcript } = this;
    this.steering = new Steering({ shell, connection: options.connection, feed, transcript });
    this.bodies = new RowBodies(feed, transcript, options.bodies);
    this.names = new SessionNamesLookup(shell.clients.for(options.connection), () => this.flow.request());
    this.owned.add(webview.onDidReceiveMessage((value: unknown) => this.receive(value)));
    this.owned.add(this.feed.onDidChange(() => this.flow.request()));
    this.owned.add(this.feed.onDidChangePreview(() => this.flow.request()));
    this.owned.add(this.feed.onDidChangeStatus(() => this.flow.request()));
  }

  /** Shows a row of this session, for somebody who comes from elsewhere. */
  reveal(key: string): void {
    this.wanted = { ...this.wanted, reveal: key };
    this.sendWanted();
  }

  focusComposer(): void {
    this.wanted = { ...this.wanted, focusComposer: true };
    this.sendWanted();
  }

  /** The page cannot be seen, and may be gone: it says `ready` when it is back. */
  hide(): void {
    this.isOpen = false;
    this.flow.close();
  }

  dispose(): void {
    this.owned.dispose();
  }

  // ---- to the page ----

  private post(message: HostMessage): void {
    void this.options.webview.postMessage(message);
  }

  private sendOpen(): void {
    const { shell, connection, sessionId } = this.options;
    const header = this.header();
    const banner = bannerOf(this.feed.status, connection, shell.auth.of(connection), shell.l10n);
    this.lastHeader = JSON.stringify(header);
    this.lastFeed = JSON.stringify([this.feed.status, banner]);
    this.post({
      type: 'open',
      seq: this.seq,
      header,
      feed: this.feed.status,
      banner,
      ...this.rows.open(),
      strings: pageStrings(shell.l10n),
      draft: shell.workspaceState.get(draftKey(connection, sessionId), ''),
      enterSends: vscode.workspace.getConfiguration().get(settings.enterSends, true),
      locale: vscode.env.language,
    });
    this.isOpen = true;
    this.flow.open();
    this.sendWanted();
  }

  private sendPatches(): void {
    const { shell, connection } = this.options;
    const patches = [...this.rows.patches()];
    const header = this.header();
    const headerText = JSON.stringify(header);
    if (headerText !== this.lastHeader) {
      this.lastHeader = headerText;
      patches.push({ op: 'header', header });
    }
    const feed = this.feed.status;
    const banner = bannerOf(feed, connection, shell.auth.of(connection), shell.l10n);
    const feedText = JSON.stringify([feed, banner]);
    if (feedText !== this.lastFeed) {
      this.lastFeed = feedText;
      patches.push({ op: 'feed', feed, banner });
    }
    if (patches.length > 0) {
      this.post({ type: 'patches', seq: this.seq + 1, patches });
      this.seq += patches.length;
      this.flow.sent(this.seq);
    }
    this.sendWanted();
  }

  private sendWanted(): void {
    if (!this.isOpen) {
      return;
    }
    const { reveal, focusComposer } = this.wanted;
    const at = reveal === undefined ? undefined : this.transcript.positionOf(reveal);
    if (reveal !== undefined && at !== undefined) {
      this.post({ type: 'reveal', at, key: reveal });
    }
    if (focusComposer === true) {
      this.post({ type: 'focusComposer' });
    }
    this.wanted = reveal !== undefined && at === undefined ? { reveal } : {};
  }

  private header() {
    const { connection, sessionId, knownTitle } = this.options;
    const status = this.transcript.status;
    const isRunning = status?.event.type === 'session.status_running';
    if (!isRunning) {
      this.interruptedAt = undefined;
    }
    const header = headerOf({
      connection,
      sessionId,
      knownTitle,
      session: this.feed.session,
      names: this.names.of(this.feed.session),
      status,
      pending: this.transcript.pending,
      usage: asObject(field(this.transcript.usage?.event.body, 'usage')),
      feed: this.feed.status,
      isStopping: this.interruptedAt !== undefined,
    });
    this.options.onHeader(header.title, header.activity);
    return header;
  }

  // ---- from the page ----

  private receive(value: unknown): void {
    const message = readPageMessage(value);
    if (message === undefined || !this.limit.admit()) {
      this.options.shell.log.warn('a message of the page was refused');
      return;
    }
    this.handle(message);
  }

  private handle(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        return this.sendOpen();
      case 'ack':
        return this.flow.acknowledged(message.seq);
      case 'window':
        this.rows.narrow(message.from, message.end);
        return this.flow.request();
      case 'rows':
        return this.post({
          type: 'rows',
          id: message.id,
          ...this.rows.read(message.from, message.from + message.count),
        });
      case 'draft':
        return this.keepDraft(message.text);
      case 'openLink':
        return void openLink(message.url, this.options.shell.l10n);
      case 'openBody':
        return this.attempt(this.bodies.open(message.key, message.part));
      case 'copyBody':
        return this.attempt(this.bodies.copy(message.key, message.part));
      case 'action':
        return this.act(message.action);
      case 'send':
        return this.answer(message.id, this.sendMessage(message.text));
      case 'interrupt':
        return this.answer(message.id, this.interrupt());
      case 'decide':
        return this.answer(message.id, this.steering.decide(message));
      case 'answerTool':
        return this.answer(
          message.id,
          this.steering.answerTool(message.eventId, message.text, message.isError),
        );
      default:
        assertNever(message);
    }
  }

  /** Every question gets exactly one answer, also where something unforeseen happens. */
  private answer(id: number, outcome: Promise<Outcome>): void {
    outcome
      .catch((error: unknown): Outcome => {
        this.options.shell.log.error('a request of the page failed', error);
        return refusal(
          'unexpected',
          this.options.shell.l10n.t('Something went wrong here. The log has the details.'),
        );
      })
      .then((result) => this.post({ type: 'outcome', id, outcome: result }))
      .catch(() => undefined);
  }

  private async sendMessage(text: string): Promise<Outcome> {
    const outcome = await this.steering.message(text);
    if (outcome.ok) {
      this.keepDraft('');
    }
    return outcome;
  }

  /** Shows at once that the agent is asked to stop; the end of the turn confirms it, a refusal takes it back. */
  private async interrupt(): Promise<Outcome> {
    this.interruptedAt = this.options.shell.clock.now();
    this.flow.request();
    const outcome = await this.steering.interrupt();
    if (!outcome.ok) {
      this.interruptedAt = undefined;
      this.flow.request();
    }
    return outcome;
  }

  private keepDraft(text: string): void {
    const { shell, connection, sessionId } = this.options;
    void shell.workspaceState.update(draftKey(connection, sessionId), text === '' ? undefined : text);
  }

  // ---- what a button asks for ----

  private act(action: PageAction): void {
    const { connection, sessionId } = this.options;
    const target = { connectionId: connection.id, sessionId };
    switch (action) {
      case 'setKey':
        return void vscode.commands.executeCommand(commands.setKey, target);
      case 'showLog':
        return void vscode.commands.executeCommand(commands.showLog);
      case 'runSmokeChecks':
        return void vscode.commands.executeCommand(commands.runSmokeChecks, target);
      case 'reconnect':
        if (this.feed.status.state.kind === 'ended') {
          this.feed.start();
        } else {
          this.feed.poke();
        }
        return;
      case 'loadOlder':
        return this.feed.resync();
      default:
        assertNever(action);
    }
  }

  /** Does something for the user whose failure has no place in the page. */
  private attempt(work: Promise<void>): void {
    const { shell, connection } = this.options;
    work.catch((error: unknown) => void shell.notify.error(error, { connection }));
  }
}

function draftKey(connection: Connection, sessionId: string): string {
  return `draft:${connection.id}:${connection.origin}:${sessionId}`;
}

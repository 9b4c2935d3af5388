import type { ManagedAgentsClient } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import type { Session } from '../../api/resources/session.ts';
import type { L10n } from '../../l10n.ts';
import { MAX_TITLE } from '../../protocol/headerMessages.ts';
import type { Outcome } from '../../protocol/messages.ts';
import { refusal } from './refusal.ts';

export interface SessionTitleOptions {
  readonly client: Pick<ManagedAgentsClient, 'updateSession'>;
  readonly sessionId: string;
  readonly l10n: L10n;
  /** The session as the feed knows it now. */
  readonly session: () => Session | undefined;
  readonly onDidChange: () => void;
  /** The words for an error, redacted. */
  readonly explain: (error: ApiError) => string;
}

/** The title as it is meant to be. */
interface Given {
  readonly title: string;
  /** The description that the feed had when the server said yes; undefined while the question is under way. */
  readonly confirmedOn: Session | 'none' | undefined;
  /** When the server made the change, by its own clock. */
  readonly updatedAt: number | undefined;
}

/**
 * The title of a session that is renamed here: shown at once, taken back where the server refuses it, and let
 * go as soon as the server's description is newer than the change.
 */
export class SessionTitle {
  private readonly options: SessionTitleOptions;
  private given: Given | undefined;

  constructor(options: SessionTitleOptions) {
    this.options = options;
  }

  /** The title to show instead of the described one, empty where it was taken away; undefined for no other. */
  get current(): string | undefined {
    const { given } = this;
    const session = this.options.session();
    if (given?.confirmedOn !== undefined && session !== undefined && session !== given.confirmedOn) {
      const isOlder =
        session.updatedAt !== undefined &&
        given.updatedAt !== undefined &&
        session.updatedAt < given.updatedAt;
      if (!isOlder) {
        this.given = undefined;
      }
    }
    return this.given?.title;
  }

  /** An empty title takes the title away, and the session is then known by its id. */
  async rename(text: string): Promise<Outcome> {
    const { client, sessionId, l10n, session, explain, onDidChange } = this.options;
    const title = text.trim();
    if (title.length > MAX_TITLE) {
      return refusal('tooLong', l10n.t('A title has at most {limit} characters.', { limit: MAX_TITLE }));
    }
    if (this.given !== undefined && this.given.confirmedOn === undefined) {
      return refusal('underWay', l10n.t('The title is being changed already.'));
    }
    const before = this.given;
    this.given = { title, confirmedOn: undefined, updatedAt: undefined };
    onDidChange();
    try {
      const answer = await client.updateSession(sessionId, { title: title === '' ? null : title });
      this.given = {
        title: answer.title ?? title,
        confirmedOn: session() ?? 'none',
        updatedAt: answer.updatedAt,
      };
      return { ok: true };
    } catch (error) {
      this.given = before;
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      return refusal(known.reason, explain(known));
    } finally {
      onDidChange();
    }
  }
}

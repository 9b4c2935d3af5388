import { ApiError } from '../api/errors.ts';
import type { Session } from '../api/resources/session.ts';
import { inTurns } from './inTurns.ts';

/** How many pinned sessions are read at the same time. */
const AT_ONCE = 3;

interface PinOptions {
  readonly ids: () => readonly string[];
  readonly get: (id: string) => Promise<Session>;
  /** Takes pins away whose sessions are gone. */
  readonly unpin: (ids: readonly string[]) => void;
}

/** The pinned sessions, which stand on top although the list may not have come to them yet. */
export class PinnedSessions {
  private readonly options: PinOptions;
  private readonly read = new Map<string, Session>();
  private underway: Promise<void> | undefined;
  private gone = 0;
  private failure: Error | undefined;

  constructor(options: PinOptions) {
    this.options = options;
  }

  /** How many pins were taken away because the server no longer has their sessions. */
  get dropped(): number {
    return this.gone;
  }

  /** Why some could not be read. */
  get error(): Error | undefined {
    return this.failure;
  }

  /** The pinned sessions that are known, in the order of the pins; what the list has is newer. */
  sessions(listed: ReadonlyMap<string, Session>): readonly Session[] {
    return this.options.ids().flatMap((id) => listed.get(id) ?? this.read.get(id) ?? []);
  }

  /** Reads what neither the list nor an earlier reading has brought. Never rejects; two calls are one reading. */
  async complete(listed: ReadonlyMap<string, Session>): Promise<void> {
    await (this.underway ??= this.readMissing(listed).finally(() => {
      this.underway = undefined;
    }));
  }

  /** The next showing reads the sessions again. */
  forget(): void {
    this.read.clear();
    this.gone = 0;
    this.failure = undefined;
  }

  private async readMissing(listed: ReadonlyMap<string, Session>): Promise<void> {
    const missing = this.options.ids().filter((id) => !listed.has(id) && !this.read.has(id));
    const gone: string[] = [];
    this.failure = undefined;
    await inTurns(missing, AT_ONCE, async (id) => {
      try {
        this.read.set(id, await this.options.get(id));
      } catch (error) {
        if (ApiError.is(error, 'notFound')) {
          gone.push(id);
        } else {
          this.failure ??= error instanceof Error ? error : new Error(String(error));
        }
      }
    });
    if (gone.length > 0) {
      this.gone += gone.length;
      this.options.unpin(gone);
    }
  }
}

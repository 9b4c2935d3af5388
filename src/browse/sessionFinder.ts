import type { Cursor, Page } from '../api/pagination.ts';
import { CursorGuard } from '../api/pagination.ts';
import type { Session } from '../api/resources/session.ts';
import { Emitter } from '../util/emitter.ts';
import { matchesTyped } from './matchSession.ts';

/** So many matches are enough to look through; further pages are then read only when asked for. */
const ENOUGH = 20;
/** How many pages are read for one text without being asked to go on. */
const PAGES_AT_ONCE = 10;

interface FinderOptions {
  readonly fetchPage: (cursor: Cursor | undefined, signal: AbortSignal) => Promise<Page<Session>>;
  /** Sessions that are known already, searched at once. */
  readonly known: readonly Session[];
  /** The name of an agent by its id, where sessions name the id only. */
  readonly agentName: (id: string) => string | undefined;
}

/**
 * Searches all sessions of a server, which has no search: what is known at once, and then page after page
 * while a person types. Reads a bounded number of pages, one at a time, and goes on when asked to.
 */
export class SessionFinder {
  private readonly options: FinderOptions;
  private readonly sessions = new Map<string, Session>();
  private readonly changed = new Emitter<void>();
  private readonly guard = new CursorGuard();
  private readonly abort = new AbortController();
  private next: Cursor | undefined;
  private hasBegun = false;
  private typed = '';
  private allowance = 0;
  private underway: Promise<void> | undefined;
  private failure: Error | undefined;
  readonly onDidChange = this.changed.event;

  constructor(options: FinderOptions) {
    this.options = options;
    for (const session of options.known) {
      this.sessions.set(session.id, session);
    }
  }

  /** How many sessions were searched. */
  get searched(): number {
    return this.sessions.size;
  }

  get isBusy(): boolean {
    return this.underway !== undefined;
  }

  /** Whether the server has more than was read. */
  get hasMore(): boolean {
    return !this.hasBegun || this.next !== undefined;
  }

  /** Why reading has stopped. Reading on tries again. */
  get error(): Error | undefined {
    return this.failure;
  }

  /** The sessions that are what was typed; all that are known while nothing is. */
  get matches(): readonly Session[] {
    return [...this.sessions.values()].filter((session) =>
      matchesTyped(session, this.typed, this.agentNameOf(session)),
    );
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  /** Another text is searched for. Resolves when reading rests. */
  async search(typed: string): Promise<void> {
    this.typed = typed.trim();
    this.allowance = this.typed === '' ? 0 : PAGES_AT_ONCE;
    this.failure = undefined;
    this.changed.fire();
    await this.readOn();
  }

  /** Reads further pages, whatever was found so far: one at least. Resolves when reading rests. */
  async readMore(): Promise<void> {
    this.failure = undefined;
    this.allowance = PAGES_AT_ONCE;
    await this.readOn(true);
  }

  /** Ends what is under way; no answer counts any more. */
  dispose(): void {
    this.abort.abort();
    this.changed.dispose();
  }

  private async readOn(isAsked = false): Promise<void> {
    this.underway ??= this.readPages(isAsked).finally(() => {
      this.underway = undefined;
      this.changed.fire();
    });
    await this.underway;
  }

  private async readPages(isAsked: boolean): Promise<void> {
    let mustRead = isAsked;
    while (this.hasMore && this.allowance > 0 && !this.abort.signal.aborted) {
      if (!mustRead && this.matches.length >= ENOUGH) {
        return;
      }
      mustRead = false;
      this.allowance--;
      this.changed.fire();
      try {
        this.accept(await this.options.fetchPage(this.next, this.abort.signal));
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
        return;
      }
    }
  }

  private accept(page: Page<Session>): void {
    this.hasBegun = true;
    for (const session of page.items) {
      this.sessions.set(session.id, session);
    }
    this.next = page.next !== undefined && this.guard.admit(page.next) ? page.next : undefined;
    this.changed.fire();
  }

  private agentNameOf({ agent }: Session): string | undefined {
    return agent.id === undefined ? undefined : this.options.agentName(agent.id);
  }
}

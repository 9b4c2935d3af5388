import { ApiError } from '../api/errors.ts';
import { type Cursor, CursorGuard, type Page } from '../api/pagination.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import { asNumber, field } from '../util/json.ts';
import type { SessionSource } from './sessionSource.ts';

/** The newest part of a session's history. */
export interface Tail {
  /** In the server's order, oldest first. */
  readonly events: readonly SessionEvent[];
  /** Where older events continue; undefined at the beginning of the session. */
  readonly older: Cursor | undefined;
  /** Whether the event that was looked for is among them. */
  readonly reached: boolean;
}

/** The server repeats a cursor: reading on would never end. */
export class CursorLoopError extends Error {
  override readonly name = 'CursorLoopError';
}

/**
 * Where reading starts: at the newest events, so that the end of a long session shows at once, or at the
 * beginning, so that events come in their order.
 */
export type ReadFrom = 'newest' | 'beginning';

const FIRST_PAGE = 100;
const LATER_PAGE = 1_000;
/** Pages without a single event that are followed before a list is given up as endless. */
const MAX_EMPTY_PAGES = 50;

/**
 * Reads a session's history page by page, in whichever way the server pages. Newest first where the server
 * really answers in that order, which shows in the answer and nowhere else; otherwise from the beginning.
 */
export class HistoryReader {
  private readonly source: Pick<SessionSource, 'listEvents'>;
  private readonly sessionId: string;
  private newestFirst: boolean | undefined;
  private sendsLimit = true;

  constructor(source: Pick<SessionSource, 'listEvents'>, sessionId: string, readFrom: ReadFrom = 'newest') {
    this.source = source;
    this.sessionId = sessionId;
    this.newestFirst = readFrom === 'beginning' ? false : undefined;
  }

  /** Whether the server pages newest first; undefined before it was asked. */
  get isNewestFirst(): boolean | undefined {
    return this.newestFirst;
  }

  /**
   * Reads the newest events, back to one that is known or, without such, one page.
   * Answers undefined where the server does not page that way; {@link readForward} is the way then.
   */
  async readTail(
    isKnown: ((event: SessionEvent) => boolean) | undefined,
    signal: AbortSignal,
  ): Promise<Tail | undefined> {
    if (this.newestFirst === false) {
      return undefined;
    }
    const pages: (readonly SessionEvent[])[] = [];
    const steps = new Steps();
    let cursor: Cursor | undefined;
    for (;;) {
      const limit = cursor === undefined ? FIRST_PAGE : LATER_PAGE;
      const page = await this.page({ cursor, order: 'desc', limit }, signal);
      if (this.newestFirst !== true && !this.learnOrder(page)) {
        return undefined;
      }
      pages.push([...page.items].reverse());
      const reached = isKnown !== undefined && page.items.some(isKnown);
      const isEnough = reached || (isKnown === undefined && page.items.length > 0);
      if (page.next === undefined || isEnough) {
        return { events: pages.reverse().flat(), older: page.next, reached };
      }
      cursor = steps.next(page, page.next);
    }
  }

  /** Reads one page of older events, oldest first. */
  async readOlder(cursor: Cursor, signal: AbortSignal): Promise<Tail> {
    const page = await this.page({ cursor, order: 'desc', limit: LATER_PAGE }, signal);
    return { events: [...page.items].reverse(), older: page.next, reached: false };
  }

  /**
   * Reads from the beginning, or from a cursor that was good before, to the end.
   * @param onPage called for each page with the cursor that leads to it, and whether it is the last.
   */
  async readForward(
    from: Cursor | undefined,
    onPage: (events: readonly SessionEvent[], cursor: Cursor | undefined, isLast: boolean) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const steps = new Steps();
    let cursor = from;
    for (;;) {
      const page = await this.page({ cursor, order: undefined, limit: LATER_PAGE }, signal);
      onPage(page.items, cursor, page.next === undefined);
      if (page.next === undefined) {
        return;
      }
      cursor = steps.next(page, page.next);
    }
  }

  /** Looks at a first page that was asked for newest first; true where it can be used as that. */
  private learnOrder(page: Page<SessionEvent>): boolean {
    if (page.next === undefined && page.items.length < 2) {
      return true; // no order to get wrong
    }
    const direction = directionOf(page.items);
    if (direction === 'newestFirst') {
      this.newestFirst = true;
    } else if (direction === 'oldestFirst' || page.next !== undefined) {
      this.newestFirst = false;
    }
    return direction === 'newestFirst';
  }

  private async page(
    options: { cursor: Cursor | undefined; order: 'desc' | undefined; limit: number },
    signal: AbortSignal,
  ): Promise<Page<SessionEvent>> {
    const { cursor, order, limit } = options;
    try {
      return await this.source.listEvents(this.sessionId, {
        cursor,
        order,
        signal,
        ...(this.sendsLimit && { limit }),
      });
    } catch (error) {
      // A server that knows neither parameter may refuse them; then it is asked as plainly as can be.
      if (!ApiError.is(error, 'invalid') || cursor !== undefined || !this.sendsLimit) {
        throw error;
      }
      this.sendsLimit = false;
      this.newestFirst = false;
      return await this.source.listEvents(this.sessionId, { signal });
    }
  }
}

/** Follows cursors, and gives up on a list that leads nowhere. */
class Steps {
  private readonly guard = new CursorGuard();
  private empty = 0;

  next(page: Page<SessionEvent>, cursor: Cursor): Cursor {
    this.empty = page.items.length === 0 ? this.empty + 1 : 0;
    if (this.empty > MAX_EMPTY_PAGES || !this.guard.admit(cursor)) {
      throw new CursorLoopError();
    }
    return cursor;
  }
}

/**
 * The direction in which a page really runs, by times or sequence numbers. A page with an event that has no
 * identity is taken as oldest first, which is what servers without identities send. Queued events have no
 * time and count for nothing.
 */
function directionOf(events: readonly SessionEvent[]): 'newestFirst' | 'oldestFirst' | 'unclear' {
  if (events.some((event) => event.id === undefined)) {
    return 'oldestFirst';
  }
  const ranks = events.filter((event) => !event.queued).map(rankOf);
  const first = ranks[0];
  const last = ranks.at(-1);
  if (first === undefined || last === undefined || first === last) {
    return 'unclear';
  }
  return first > last ? 'newestFirst' : 'oldestFirst';
}

function rankOf(event: SessionEvent): number | undefined {
  return asNumber(field(event.body, 'sequence')) ?? asNumber(field(event.body, 'seq')) ?? event.processedAt;
}

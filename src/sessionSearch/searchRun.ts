import type { ManagedAgentsClient } from '../api/client.ts';
import { ApiError, type ApiErrorReason } from '../api/errors.ts';
import { type Cursor, CursorGuard, type Page } from '../api/pagination.ts';
import type { Session } from '../api/resources/session.ts';
import { Matcher, type SearchQuery } from '../transcript/searchMatcher.ts';
import type { NoticeWords } from '../transcript/searchTexts.ts';
import type { Clock } from '../util/clock.ts';
import { RateGate } from './rateGate.ts';
import { type HistoryLimits, standardLimits } from './readHistory.ts';
import type { CacheProblem, SearchPhase, SearchState, SessionResult } from './searchState.ts';
import type { SessionCache } from './sessionCache.ts';
import { type Searched, SessionSearcher } from './sessionSearcher.ts';

export interface SearchRunOptions {
  readonly query: SearchQuery;
  /** A page of the sessions that may be looked through; the first one without a cursor. */
  readonly listPage: (cursor: Cursor | undefined, signal: AbortSignal) => Promise<Page<Session>>;
  /** Whether a session of such a page is to be looked through. */
  readonly isWanted: (session: Session) => boolean;
  readonly client: Pick<ManagedAgentsClient, 'listEvents' | 'getSession'>;
  readonly words: NoticeWords;
  /** Takes live keys out of whatever is kept or shown. */
  readonly cutKeys: (text: string) => string;
  /** Undefined where nothing is to be kept. */
  readonly cache: SessionCache | undefined;
  readonly clock: Clock;
  readonly onChange: () => void;
  readonly limits?: HistoryLimits;
}

/** Requests that may be under way at once. */
const REQUESTS = 4;
/** Sessions that are looked through at once; the list is read beside them. */
const READERS = 3;
/** Failures that concern all sessions, so that trying the next one is of no use. */
const concernsAll: readonly ApiErrorReason[] = [
  'noKey',
  'badKey',
  'badConnection',
  'unauthorized',
  'forbidden',
  'paymentRequired',
  'rateLimited',
  'proxyAuth',
  'redirected',
];
/** So many sessions in a row that cannot be read: the server is what cannot be reached. */
const MANY_FAILURES = 5;

/**
 * Looks for a text in what is said in the sessions of a server, which has no search of its own: lists them, reads
 * each once and holds nothing but the matches. Can be stopped at any time and goes on where it was.
 */
export class SearchRun {
  private readonly options: SearchRunOptions;
  private readonly gate: RateGate;
  private readonly searcher: SessionSearcher;
  private readonly guard = new CursorGuard();
  /** In the order of the list. */
  private readonly listed = new Map<string, Session>();
  private readonly done = new Map<string, Searched>();
  private readonly unread = new Map<string, unknown>();
  private readonly gone = new Set<string>();
  private readonly queue: Session[] = [];
  private next: Cursor | undefined;
  private isListed = false;
  private believesList = true;
  private failuresInRow = 0;
  private cacheProblem: CacheProblem | undefined;
  private phase: SearchPhase = { kind: 'stopped' };
  private ending: AbortController | undefined;
  private running: Promise<void> | undefined;
  private readonly sleepers = new Set<() => void>();

  constructor(options: SearchRunOptions) {
    const { client, clock, query, words, cutKeys, cache, limits = standardLimits } = options;
    this.options = options;
    this.gate = new RateGate(clock, REQUESTS, (until) => this.waitingChanged(until));
    this.searcher = new SessionSearcher({
      text: query.text,
      matcher: new Matcher(query),
      client: {
        listEvents: async (id, events) => {
          const signal = events?.signal ?? new AbortController().signal;
          return await this.gate.run(() => client.listEvents(id, events), signal);
        },
      },
      words,
      cutKeys,
      cache: cache && this.guarded(cache),
      clock,
      limits,
    });
  }

  get state(): SearchState {
    const results: SessionResult[] = [];
    let hits = 0;
    let unchanged = 0;
    let partial = 0;
    for (const session of this.listed.values()) {
      const searched = this.done.get(session.id);
      if (searched !== undefined) {
        const { found, shortfall, by } = searched;
        hits += found.total;
        unchanged += by === 'reading' ? 0 : 1;
        partial += shortfall === undefined ? 0 : 1;
        if (found.total > 0) {
          results.push({ session, shortfall, ...found });
        }
      }
    }
    return {
      phase: this.phase,
      size: this.listed.size,
      isListed: this.isListed,
      searched: this.done.size + this.gone.size,
      unchanged,
      hits,
      results,
      unread: [...this.unread].flatMap(([id, error]) => {
        const session = this.listed.get(id);
        return session === undefined ? [] : [{ session, error }];
      }),
      gone: this.gone.size,
      partial,
      lacksOrder: this.searcher.lacksOrder,
      cacheProblem: this.cacheProblem,
    };
  }

  /** Begins, or goes on with what is left, sessions that could not be read included. Resolves when it rests. */
  async resume(): Promise<void> {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  /** Ends what is under way and keeps what was found. */
  stop(): void {
    this.ending?.abort();
  }

  private async work(): Promise<void> {
    const ending = new AbortController();
    const { signal } = ending;
    this.ending = ending;
    signal.addEventListener('abort', () => this.wake());
    this.begin();
    let failure: unknown;
    const end = (error: unknown) => {
      // What fails because the others end says nothing.
      failure ??= signal.aborted ? undefined : error;
      ending.abort();
    };
    const tasks = [this.list(signal), ...Array.from({ length: READERS }, () => this.read(signal))];
    await Promise.all(tasks.map((task) => task.catch(end)));
    if (failure !== undefined) {
      this.setPhase({ kind: 'failed', error: failure });
    } else {
      this.setPhase({ kind: signal.aborted ? 'stopped' : 'done' });
    }
  }

  private begin(): void {
    this.gate.reset();
    this.failuresInRow = 0;
    const again = [...this.unread.keys()].flatMap((id) => this.listed.get(id) ?? []);
    this.unread.clear();
    this.queue.unshift(...again);
    this.setPhase({ kind: 'running' });
  }

  // ---- the list ----

  private async list(signal: AbortSignal): Promise<void> {
    const { listPage, isWanted, onChange } = this.options;
    while (!this.isListed) {
      const page = await this.gate.run(() => listPage(this.next, signal), signal);
      signal.throwIfAborted();
      for (const session of page.items) {
        if (isWanted(session) && !this.listed.has(session.id)) {
          this.listed.set(session.id, session);
          this.queue.push(session);
        }
      }
      this.next = page.next;
      this.isListed = page.next === undefined || !this.guard.admit(page.next);
      this.wake();
      onChange();
    }
  }

  // ---- the sessions ----

  private async read(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const session = this.queue.shift();
      if (session !== undefined) {
        await this.searchIn(session, signal);
        this.options.onChange();
      } else if (this.isListed) {
        return;
      } else {
        await new Promise<void>((resolve) => this.sleepers.add(resolve));
      }
    }
  }

  private wake(): void {
    const sleepers = [...this.sleepers];
    this.sleepers.clear();
    sleepers.forEach((resolve) => resolve());
  }

  private async searchIn(session: Session, signal: AbortSignal): Promise<void> {
    try {
      const searched = await this.searcher.search(session, this.believesList, signal);
      this.failuresInRow = 0;
      this.done.set(session.id, searched);
      if (searched.cacheError !== undefined) {
        this.cacheProblem ??= searched.cacheError.reason;
      }
      if (searched.showsListIsWrong) {
        this.stopBelieving();
      }
    } catch (error) {
      if (signal.aborted) {
        this.queue.unshift(session);
        throw error;
      }
      if (isMissing(error) && (await this.isGone(session.id, signal))) {
        this.gone.add(session.id);
        await this.options.cache?.remove(session.id);
        return;
      }
      this.failuresInRow += 1;
      this.unread.set(session.id, error);
      if (ApiError.is(error, ...concernsAll) || this.failuresInRow >= MANY_FAILURES) {
        throw error;
      }
    }
  }

  /** This server moves `updated_at` without regard to events: those that were taken by it are asked about. */
  private stopBelieving(): void {
    if (this.believesList) {
      this.believesList = false;
      for (const session of this.listed.values()) {
        if (this.done.get(session.id)?.by === 'list') {
          this.done.delete(session.id);
          this.queue.push(session);
        }
      }
    }
  }

  /** A session without events that can be read is not a session that is gone. */
  private async isGone(sessionId: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.gate.run(() => this.options.client.getSession(sessionId, signal), signal);
      return false;
    } catch (error) {
      return isMissing(error);
    }
  }

  /** A cache that cannot be written to is not tried again for each session. */
  private guarded(cache: SessionCache): SessionCache {
    return {
      ...cache,
      write: async (...kept) => {
        if (this.cacheProblem === undefined) {
          await cache.write(...kept);
        }
      },
    };
  }

  // ---- what is told ----

  private waitingChanged(until: number | undefined): void {
    if (until !== undefined) {
      this.setPhase({ kind: 'waiting', until });
    } else if (this.phase.kind === 'waiting') {
      this.setPhase({ kind: 'running' });
    }
  }

  private setPhase(phase: SearchPhase): void {
    this.phase = phase;
    this.options.onChange();
  }
}

function isMissing(error: unknown): boolean {
  return ApiError.is(error, 'notFound') || (ApiError.is(error) && error.details.status === 410);
}

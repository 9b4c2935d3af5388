import type { ManagedAgentsClient } from '../api/client.ts';
import type { Session } from '../api/resources/session.ts';
import { newestEvents } from '../browse/newestEvents.ts';
import type { Matcher } from '../transcript/searchMatcher.ts';
import type { NoticeWords } from '../transcript/searchTexts.ts';
import type { Clock } from '../util/clock.ts';
import { isUnchangedByEvents, isUnchangedByList, newestOf, stampOf } from './freshness.ts';
import { inSlices } from './inSlices.ts';
import { type HistoryLimits, readHistory, type Shortfall } from './readHistory.ts';
import { type SaidRow, saidRows } from './saidRow.ts';
import { type FoundInSession, searchRows } from './searchRows.ts';
import { CacheError, type KeptSession, type SessionCache } from './sessionCache.ts';

export interface SearcherOptions {
  /** The text as it was typed. */
  readonly text: string;
  readonly matcher: Matcher;
  readonly client: Pick<ManagedAgentsClient, 'listEvents'>;
  readonly words: NoticeWords;
  readonly cutKeys: (text: string) => string;
  readonly cache: SessionCache | undefined;
  readonly clock: Clock;
  readonly limits: HistoryLimits;
}

export interface Searched {
  readonly found: FoundInSession;
  readonly shortfall: Shortfall | undefined;
  /** How it is known that what was looked through is what the session holds. */
  readonly by: 'list' | 'newest' | 'reading';
  /** What is kept of it shows that the list is not to be believed. */
  readonly showsListIsWrong: boolean;
  /** What could not be kept, and why. */
  readonly cacheError: CacheError | undefined;
}

/** Longest text of a session that is held to be kept, in UTF-16 units. */
const MOST_KEPT = 32 * 1024 * 1024;

/** Looks for a text in one session after another: in what is kept of it where that is all, else in what it holds. */
export class SessionSearcher {
  private readonly options: SearcherOptions;
  private cannotTellNewest = false;

  constructor(options: SearcherOptions) {
    this.options = options;
  }

  /** Whether the server was found to give no newest page of a session. */
  get lacksOrder(): boolean {
    return this.cannotTellNewest;
  }

  /** Throws an ApiError. @param believesList whether a session that the list shows unchanged is taken as that. */
  async search(session: Session, believesList: boolean, signal: AbortSignal): Promise<Searched> {
    const { cache } = this.options;
    const kept = await cache?.read(session.id);
    const showsListIsWrong = kept?.stamp.isBehind === true;
    const by = kept && (await this.unchangedBy(session, kept, believesList, signal));
    if (kept !== undefined && by !== undefined) {
      const rows = kept.rowsWith(this.options.text);
      const found = await inSlices(searchRows(rows, this.options.matcher), this.options.clock, signal);
      return { found, shortfall: undefined, by, showsListIsWrong, cacheError: undefined };
    }
    return { ...(await this.read(session, signal)), by: 'reading', showsListIsWrong };
  }

  private async unchangedBy(
    session: Session,
    { stamp }: KeptSession,
    believesList: boolean,
    signal: AbortSignal,
  ): Promise<'list' | 'newest' | undefined> {
    if (believesList && isUnchangedByList(stamp, session)) {
      return 'list';
    }
    if (this.cannotTellNewest) {
      return undefined;
    }
    const { client, cache, clock } = this.options;
    const askedAt = clock.now();
    const newest = await newestEvents(client, session.id, signal);
    this.cannotTellNewest ||= newest === undefined;
    if (newest === undefined || !isUnchangedByEvents(stamp, newest)) {
      return undefined;
    }
    await cache?.renew(session.id, stampOf(session, newest, askedAt));
    return 'newest';
  }

  private async read(
    session: Session,
    signal: AbortSignal,
  ): Promise<Pick<Searched, 'found' | 'shortfall' | 'cacheError'>> {
    const { client, clock, limits, words, cutKeys, matcher, cache } = this.options;
    const askedAt = clock.now();
    const { store, transcript, shortfall } = await readHistory(client, session.id, { clock, limits, signal });
    try {
      const kept = new KeptRows();
      const rows = saidRows(transcript, store, words, cutKeys);
      const passing = cache === undefined || shortfall !== undefined ? rows : kept.passing(rows);
      const found = await inSlices(searchRows(passing, matcher), clock, signal);
      let cacheError: CacheError | undefined;
      if (cache !== undefined && kept.rows !== undefined && shortfall === undefined) {
        const stamp = stampOf(session, newestOf(store), askedAt);
        await cache.write(session.id, stamp, kept.rows).catch((error: unknown) => {
          cacheError = error instanceof CacheError ? error : new CacheError('failed', error);
        });
      }
      return { found, shortfall, cacheError };
    } finally {
      transcript.dispose();
    }
  }
}

/** Rows as they pass by, unless they are too many to be kept. */
class KeptRows {
  private held: SaidRow[] | undefined = [];
  private length = 0;

  get rows(): readonly SaidRow[] | undefined {
    return this.held;
  }

  *passing(rows: Iterable<SaidRow>): Generator<SaidRow> {
    for (const row of rows) {
      this.length += row.texts.reduce(
        (sum, { text, source }) => sum + text.length + (source?.length ?? 0),
        0,
      );
      this.held = this.length > MOST_KEPT ? undefined : this.held;
      this.held?.push(row);
      yield row;
    }
  }
}

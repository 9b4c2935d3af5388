import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import { type Hit, SearchHits } from './searchHits.ts';
import { Matcher, type SearchQuery } from './searchMatcher.ts';
import { countIn, matchIn, type RowMatch, type SaidPlace } from './searchRow.ts';
import type { SaidText } from './searchTexts.ts';

/** The rows in which is searched, by their keys. */
export interface SearchSource {
  /** Keys of all rows, first to last. */
  keys(): readonly string[];
  /** Where a row is at present, or undefined where it is no longer there. */
  positionOf(key: string): number | undefined;
  /** What is said in a row. */
  said(key: string): Iterable<SaidText>;
  /** Tells the key of each row that came, went, moved or may read differently. */
  observe(changed: (key: string) => void): Disposable;
}

/** The match that the reader is taken to. */
interface CurrentMatch extends RowMatch {
  readonly key: string;
  readonly position: number;
}

export interface SearchState {
  /** Matches that were found so far. */
  readonly total: number;
  /** How many matches lie before the current one; undefined where there is none, and until all are found. */
  readonly index: number | undefined;
  /** Rows that were looked through, and how many there are to look through. */
  readonly searched: number;
  readonly size: number;
  /** True as soon as every row was looked through once. */
  readonly isDone: boolean;
  readonly current: CurrentMatch | undefined;
  /** Goes up each time the reader is to be taken to the current match. */
  readonly moves: number;
}

/** Longest time for which others have to wait, in milliseconds. */
export const SLICE_MS = 8;
/** Between two slices, in which others work. */
const PAUSE_MS = 1;
/** Between two reports of progress. */
const REPORT_MS = 100;

interface Current {
  readonly key: string;
  ordinal: number;
  match: RowMatch | undefined;
}

type Work = Generator<undefined, void>;

/** Where a search begins, and which match there is the one to go to. */
interface ScanStart {
  readonly from: number;
  readonly ordinal: number;
  /** The match that the reader was at, where they stay in its row. */
  readonly near: { readonly key: string; readonly place: SaidPlace } | undefined;
}

/**
 * A search through all rows of a session. Works in short slices, first from the reader's place on to the end,
 * then from the beginning; afterwards follows whatever changes. Holds a number for each row with matches,
 * and no text.
 */
export class SessionSearch implements Disposable {
  private readonly source: SearchSource;
  private readonly clock: Clock;
  private readonly changed: () => void;
  private matcher: Matcher | undefined;
  private readonly hits: SearchHits;
  private dirty = new Set<string>();
  private scan: Work | undefined;
  private locating: Work | undefined;
  private timer: Disposable | undefined;
  private observation: Disposable | undefined;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private current: Current | undefined;
  /** Where to go on from where there is no current match. */
  private anchor = 0;
  private searched = 0;
  private size = 0;
  private isComplete = false;
  private moves = 0;

  constructor(source: SearchSource, clock: Clock, changed: () => void) {
    this.source = source;
    this.clock = clock;
    this.changed = changed;
    this.hits = new SearchHits((key) => source.positionOf(key));
  }

  /**
   * Begins anew. The first match at or behind a place becomes the current one; where the old one is in the row
   * at that place, it is where the old one begins. What only says more than before is looked for only where
   * that was found.
   * @param ordinal which match of the row at `from` is wanted, counted from 0.
   */
  start(query: SearchQuery, from: number, ordinal = 0): void {
    const old = this.current;
    const isHere = old !== undefined && this.source.positionOf(old.key) === from;
    const matcher = new Matcher(query);
    const isNarrower = this.isComplete && this.dirty.size === 0 && this.matcher?.covers(matcher) === true;
    const keys = isNarrower ? this.hits.keys() : undefined;
    this.halt();
    this.matcher = matcher;
    this.anchor = from;
    if (matcher.needle === '') {
      this.isComplete = true;
      this.report();
      return;
    }
    const near = isHere && old.match !== undefined ? { key: old.key, place: old.match.place } : undefined;
    this.observation = this.source.observe((key) => this.rowChanged(key));
    this.scan = this.scanAll(matcher, keys ?? this.source.keys(), { from, ordinal, near });
    this.work();
  }

  /** Goes to the next match or to the previous one, around the ends. */
  step(direction: 'next' | 'previous'): void {
    const found = this.neighbour(direction);
    if (found !== undefined) {
      this.goTo(found.key, found.ordinal);
      this.work();
    }
  }

  /** Ends the search and lets go of what it holds. */
  stop(): void {
    this.halt();
    this.matcher = undefined;
  }

  dispose(): void {
    this.stop();
  }

  get state(): SearchState {
    const { current, hits } = this;
    const position = current && this.source.positionOf(current.key);
    const shown =
      current?.match === undefined || position === undefined
        ? undefined
        : { ...current.match, key: current.key, position };
    const before = current && hits.before(current.key);
    return {
      total: hits.total,
      index:
        current === undefined || before === undefined || !this.isComplete
          ? undefined
          : before + current.ordinal,
      searched: this.searched,
      size: this.size,
      isDone: this.isComplete,
      current: shown,
      moves: this.moves,
    };
  }

  private halt(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.observation?.dispose();
    this.observation = undefined;
    this.scan = undefined;
    this.locating = undefined;
    this.dirty.clear();
    this.hits.clear();
    this.current = undefined;
    this.searched = 0;
    this.size = 0;
    this.isComplete = false;
    this.reportedAt = Number.NEGATIVE_INFINITY;
  }

  // ---- the work, slice by slice ----

  private work(): void {
    this.timer?.dispose();
    this.timer = undefined;
    const began = this.clock.now();
    do {
      if (!this.advance()) {
        this.report();
        return;
      }
    } while (this.clock.now() - began < SLICE_MS);
    if (this.clock.now() - this.reportedAt >= REPORT_MS) {
      this.report();
    }
    this.timer = this.clock.after(PAUSE_MS, () => this.work());
  }

  /** One step of what is to be done first. False where nothing is to be done. */
  private advance(): boolean {
    if (this.locating !== undefined) {
      if (this.locating.next().done === true) {
        this.locating = undefined;
        this.report();
      }
      return true;
    }
    if (this.scan === undefined && this.dirty.size > 0 && this.matcher !== undefined) {
      this.scan = this.scanChanged(this.matcher);
    }
    if (this.scan?.next().done === true) {
      this.scan = undefined;
    }
    return this.isBusy();
  }

  private isBusy(): boolean {
    return this.scan !== undefined || this.locating !== undefined || this.dirty.size > 0;
  }

  private report(): void {
    this.reportedAt = this.clock.now();
    this.changed();
  }

  private *scanAll(matcher: Matcher, keys: readonly string[], { from, ordinal, near }: ScanStart): Work {
    this.size = keys.length;
    const start = firstAt(keys, from, (key) => this.source.positionOf(key));
    yield;
    for (const [begin, end] of [[start, keys.length] as const, [0, start] as const]) {
      for (let index = begin; index < end; index++) {
        const key = keys[index];
        this.searched += 1;
        // A row that changed meanwhile has its turn with the other changes.
        if (key === undefined || this.dirty.has(key)) {
          continue;
        }
        const isNear = key === near?.key;
        const { count, before } = yield* countIn(
          this.source.said(key),
          matcher,
          isNear ? near.place : undefined,
        );
        if (count > 0) {
          this.hits.append({ key, count }, begin === 0);
          if (this.current === undefined && before < count) {
            const isWanted = ordinal > 0 && this.source.positionOf(key) === from;
            this.goTo(key, isWanted ? Math.min(ordinal, count - 1) : before);
          }
        }
        yield;
      }
    }
    this.isComplete = true;
    const first = this.hits.first;
    if (this.current === undefined && first !== undefined) {
      this.goTo(first.key, 0);
    }
  }

  /** Looks again through the rows that changed. */
  private *scanChanged(matcher: Matcher): Work {
    const keys = this.dirty;
    this.dirty = new Set();
    const fresh: Hit[] = [];
    for (const key of keys) {
      if (this.source.positionOf(key) !== undefined) {
        const { count } = yield* countIn(this.source.said(key), matcher);
        if (count > 0) {
          fresh.push({ key, count });
        }
      }
      yield;
    }
    // Rows that changed once more meanwhile may stand anywhere now; they come again with the next look.
    const again = this.dirty;
    this.hits.replace(
      new Set([...keys, ...again]),
      fresh.filter(({ key }) => !again.has(key)),
    );
    const { current } = this;
    if (current !== undefined && keys.has(current.key) && !again.has(current.key)) {
      this.currentChanged(current);
    }
  }

  private currentChanged(current: Current): void {
    const count = this.hits.countOf(current.key);
    if (count === undefined) {
      this.anchor = this.source.positionOf(current.key) ?? this.anchor;
      this.current = undefined;
      return;
    }
    current.ordinal = Math.min(current.ordinal, count - 1);
    this.locating = this.locate(current);
  }

  private rowChanged(key: string): void {
    this.dirty.add(key);
    this.timer ??= this.clock.after(PAUSE_MS, () => this.work());
  }

  // ---- the current match ----

  private goTo(key: string, ordinal: number): void {
    this.current = { key, ordinal, match: undefined };
    this.anchor = this.source.positionOf(key) ?? this.anchor;
    this.moves += 1;
    this.locating = this.locate(this.current);
  }

  private *locate(current: Current): Work {
    if (this.matcher !== undefined) {
      current.match = yield* matchIn(this.source.said(current.key), this.matcher, current.ordinal);
    }
  }

  private neighbour(
    direction: 'next' | 'previous',
  ): { readonly key: string; readonly ordinal: number } | undefined {
    const { current, hits } = this;
    const isNext = direction === 'next';
    const count = current === undefined ? undefined : hits.countOf(current.key);
    if (current !== undefined && count !== undefined) {
      const ordinal = current.ordinal + (isNext ? 1 : -1);
      if (ordinal >= 0 && ordinal < count) {
        return { key: current.key, ordinal };
      }
    }
    const from = (current && this.source.positionOf(current.key)) ?? this.anchor;
    const isBeside = count !== undefined;
    const hit = isNext ? hits.atOrBehind(isBeside ? from + 1 : from) : hits.lastBefore(from);
    return hit && { key: hit.key, ordinal: isNext ? 0 : hit.count - 1 };
  }
}

/** Index of the first key whose row is at or behind a position. */
function firstAt(
  keys: readonly string[],
  position: number,
  positionOf: (key: string) => number | undefined,
): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positionOf(keys[middle] ?? '') ?? Number.NEGATIVE_INFINITY) < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

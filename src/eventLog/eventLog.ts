import type { SessionEvent } from '../api/resources/event.ts';
import { type LogKind, logKinds, type LogRange } from '../protocol/logMessages.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../stream/eventStore.ts';
import type { Disposable } from '../util/disposable.ts';
import { PositionedList } from '../util/positionedList.ts';
import { kindMask, maskOf } from './eventKind.ts';

/** Which events are shown. */
export interface LogFilter {
  /** Empty: all. */
  readonly kinds: readonly LogKind[];
  /** A part of type or id, in any case; empty: all. */
  readonly text: string;
}

export const NO_FILTER: LogFilter = { kinds: [], text: '' };

/** The parts of a store that the log follows. */
export type LogSource = Pick<EventStore, 'first' | 'end' | 'size' | 'at' | 'get' | 'observe'>;

interface Item {
  readonly source: StoredEvent;
  position: number;
}

/**
 * The events of a session as a log that can be filtered. Follows the store change by change: what passes the
 * filter is an index that a change costs what it changes; only a new filter looks at all events once. Without
 * a filter the store itself is the log.
 *
 * Invariants: the index holds exactly the events of the store that pass, in the store's order; `counts` are
 * those of the whole store.
 */
export class EventLog implements Disposable, StoreObserver {
  private readonly source: LogSource;
  private readonly subscription: Disposable;
  private readonly numbers = logKinds.map(() => 0);
  private index: PositionedList<Item> | undefined;
  private readonly items = new Map<StoredEvent, Item>();
  private mask = 0;
  private text = '';
  private changes = 0;

  constructor(source: LogSource) {
    this.source = source;
    this.subscription = source.observe(this);
    for (let position = source.first; position < source.end; position++) {
      const stored = source.at(position);
      if (stored !== undefined) {
        this.count(stored.event, 1);
      }
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Another one after every change. */
  get version(): number {
    return this.changes;
  }

  get total(): number {
    return this.source.size;
  }

  /** How many events there are of each of `logKinds`. A failed tool call counts twice: as tool and as error. */
  get counts(): readonly number[] {
    return this.numbers;
  }

  get range(): LogRange {
    const { first, end } = this.index ?? this.source;
    return { first, end };
  }

  at(position: number): StoredEvent | undefined {
    return this.index === undefined ? this.source.at(position) : this.index.at(position)?.source;
  }

  /** The place of a held event, or undefined where it does not pass the filter. */
  positionOf(stored: StoredEvent): number | undefined {
    return this.index === undefined ? stored.position : this.items.get(stored)?.position;
  }

  /** The place of the first event that passes at or behind a held one; the end where there is none. */
  placeOf(stored: StoredEvent): number {
    return this.index === undefined ? stored.position : lowerBound(this.index, stored.position);
  }

  /** Looks at every event once; afterwards the filter is followed change by change. */
  setFilter(filter: LogFilter): void {
    this.mask = maskOf(filter.kinds);
    this.text = filter.text.toLowerCase();
    this.items.clear();
    this.index = undefined;
    this.changes++;
    if (this.mask !== 0 || this.text !== '') {
      const index = new PositionedList<Item>();
      this.enter(this.source.first, this.source.size).forEach((item) => index.append(item));
      this.index = index;
    }
  }

  // ---- the store tells ----

  inserted(at: number, count: number): void {
    this.countAll(at, count);
    if (this.index === undefined) {
      return;
    }
    const fresh = this.enter(at, count);
    if (at + count === this.source.end) {
      fresh.forEach((item) => this.index?.append(item));
    } else if (fresh.length > 0) {
      this.index.insert(lowerBound(this.index, at), fresh);
    }
  }

  prepended(count: number): void {
    const { first } = this.source;
    this.countAll(first, count);
    this.index?.prepend(this.enter(first, count));
  }

  updated(stored: StoredEvent, before: SessionEvent): void {
    this.count(before, -1);
    this.count(stored.event, 1);
    this.changes++;
    if (this.index === undefined) {
      return;
    }
    const item = this.items.get(stored);
    if (item !== undefined && !this.passes(stored.event)) {
      this.leave(item);
    } else if (item === undefined && this.passes(stored.event)) {
      this.index.insert(lowerBound(this.index, stored.position), this.enter(stored.position, 1));
    }
  }

  removed(stored: StoredEvent): void {
    this.count(stored.event, -1);
    this.changes++;
    const item = this.items.get(stored);
    if (item !== undefined) {
      this.leave(item);
    }
  }

  trimmed(entries: readonly StoredEvent[]): void {
    let gone = 0;
    for (const stored of entries) {
      this.count(stored.event, -1);
      gone += this.items.delete(stored) ? 1 : 0;
    }
    this.changes++;
    this.index?.shift(gone);
  }

  // ---- events come and go ----

  /** Items for the events at these places that pass. */
  private enter(at: number, count: number): Item[] {
    const fresh: Item[] = [];
    for (let position = at; position < at + count; position++) {
      const source = this.source.at(position);
      if (source !== undefined && this.passes(source.event)) {
        const item = { source, position: Number.NaN };
        this.items.set(source, item);
        fresh.push(item);
      }
    }
    return fresh;
  }

  private leave(item: Item): void {
    this.index?.remove(item);
    this.items.delete(item.source);
  }

  private passes(event: SessionEvent): boolean {
    if (this.mask !== 0 && (kindMask(event) & this.mask) === 0) {
      return false;
    }
    const { text } = this;
    return (
      text === '' ||
      event.type.toLowerCase().includes(text) ||
      event.id?.toLowerCase().includes(text) === true
    );
  }

  private countAll(at: number, count: number): void {
    this.changes++;
    for (let position = at; position < at + count; position++) {
      const stored = this.source.at(position);
      if (stored !== undefined) {
        this.count(stored.event, 1);
      }
    }
  }

  private count(event: SessionEvent, by: 1 | -1): void {
    for (let mask = kindMask(event); mask !== 0; mask &= mask - 1) {
      const index = 31 - Math.clz32(mask & -mask);
      this.numbers[index] = (this.numbers[index] ?? 0) + by;
    }
  }
}

/** The place of the first item whose event stands at or behind a place of the store. */
function lowerBound(index: PositionedList<Item>, storePosition: number): number {
  let low = index.first;
  let high = index.end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = index.at(middle);
    if (item !== undefined && item.source.position < storePosition) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

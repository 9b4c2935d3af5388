import type { SessionEvent } from '../../api/resources/event.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../../stream/eventStore.ts';
import type { Disposable } from '../../util/disposable.ts';

/** Why a row is told: it is new, it stands elsewhere now, or it says something else than it did. */
export type RowChange =
  | { readonly kind: 'new' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'updated'; readonly before: SessionEvent };

/** Where rows are told. An upsert of a known key replaces it, wherever it stood. */
export interface RowSink {
  /** @param index the row's place now among those that are told, counted from the session's first event. */
  upsert(entry: StoredEvent, index: number, change: RowChange): void;
  remove(entry: StoredEvent): void;
}

/**
 * Tells a store's rows from the first one on. What stands behind the point that {@link reach} has come to is
 * held back, since older rows may still come before it; what changes before that point is told at once.
 *
 * Invariant: whoever replays what was told holds the rows of the store up to that point, in its order.
 */
export class RowReporter implements StoreObserver, Disposable {
  private readonly store: EventStore;
  private readonly sink: RowSink;
  private readonly subscription: Disposable;
  /** Position of the first row that is not told yet. */
  private next: number;
  private forgotten = 0;
  /** A told row that was taken out of its place, to be put in elsewhere. */
  private moving: StoredEvent | undefined;

  /** @param store an empty one: rows that it holds already count as not told. */
  constructor(store: EventStore, sink: RowSink) {
    this.store = store;
    this.sink = sink;
    this.next = store.first;
    this.subscription = store.observe(this);
  }

  /** Rows of the session so far, those included that the store has let go. */
  get count(): number {
    return this.store.size + this.forgotten;
  }

  /** Tells what stands before a position. */
  reach(end: number): void {
    for (; this.next < end; this.next++) {
      this.tell(this.next, { kind: 'new' });
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }

  inserted(at: number, count: number): void {
    const entry = this.store.at(at);
    const change = this.changeOf(entry);
    if (at < this.next) {
      this.next += count;
      this.tellRange(at, count, change);
    } else if (change.kind === 'moved' && entry !== undefined) {
      // Those who replay must not keep it in its old place: it goes behind what is told, and what is due
      // before it follows now.
      this.sink.upsert(entry, this.indexOf(this.next), change);
      this.reach(at);
      this.next = at + 1;
    }
  }

  prepended(count: number): void {
    const change = this.changeOf(this.store.at(this.store.first));
    if (this.next > this.store.first + count) {
      this.tellRange(this.store.first, count, change);
    } else {
      this.next = this.store.first;
    }
  }

  updated(entry: StoredEvent, before: SessionEvent): void {
    if (entry.position < this.next) {
      this.sink.upsert(entry, this.indexOf(entry.position), { kind: 'updated', before });
    }
  }

  removed(entry: StoredEvent, at: number): void {
    if (at >= this.next) {
      return;
    }
    this.next--;
    // An event with an identity is never taken back: it comes again at once, in another place.
    if (entry.event.id === undefined) {
      this.sink.remove(entry);
    } else {
      this.moving = entry;
    }
  }

  trimmed(entries: readonly StoredEvent[]): void {
    for (const entry of entries) {
      if (entry.position >= this.next) {
        this.sink.upsert(entry, this.forgotten, { kind: 'new' });
        this.next = entry.position + 1;
      }
      this.forgotten++;
    }
  }

  private changeOf(entry: StoredEvent | undefined): RowChange {
    const isMoving = entry !== undefined && entry === this.moving;
    this.moving = undefined;
    return { kind: isMoving ? 'moved' : 'new' };
  }

  private tellRange(at: number, count: number, change: RowChange): void {
    for (let position = at; position < at + count; position++) {
      this.tell(position, change);
    }
  }

  private tell(position: number, change: RowChange): void {
    const entry = this.store.at(position);
    if (entry !== undefined) {
      this.sink.upsert(entry, this.indexOf(position), change);
    }
  }

  private indexOf(position: number): number {
    return position - this.store.first + this.forgotten;
  }
}

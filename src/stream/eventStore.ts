import type { SessionEvent } from '../api/resources/event.ts';
import { type Disposable, toDisposable } from '../util/disposable.ts';
import { PositionedList } from '../util/positionedList.ts';
import { contentDigest, laterOf } from './eventIdentity.ts';
import { withoutRepeats } from './withoutRepeats.ts';

/** One event as the store holds it. */
export interface StoredEvent {
  /** Unique in the store and stable: the server's identity, or one made up for an event without. */
  readonly key: string;
  /** The latest state that was seen. */
  readonly event: SessionEvent;
  /** Place in the session; changes when something is put in before it, except at the very front. */
  readonly position: number;
  /** Size of the event as it came, in UTF-16 units of JSON. */
  readonly weight: number;
}

/** Told of each change at once, while positions mean what they say. */
export interface StoreObserver {
  /** New entries at the end, or, where `at` is not the old end, between others, which moved up. */
  inserted(at: number, count: number): void;
  /** New entries before the first; nothing moved. */
  prepended(count: number): void;
  /** An entry has a later state than `before`. */
  updated(entry: StoredEvent, before: SessionEvent): void;
  /** An entry went away; those behind it moved down. */
  removed(entry: StoredEvent, at: number): void;
  /** The oldest entries were let go to keep within bounds; nothing moved. */
  trimmed(entries: readonly StoredEvent[]): void;
}

interface Entry extends StoredEvent {
  event: SessionEvent;
  position: number;
  /** Digest by which an event without identity is matched, and when it came; undefined for the others. */
  readonly nameless: { readonly digest: string; readonly receivedAt: number } | undefined;
  weight: number;
}

/** A part of the server's history, in its order. */
export interface Segment {
  readonly events: readonly SessionEvent[];
  /** Where the segment begins: before everything, behind an entry, or at an entry. */
  readonly start: 'front' | { readonly behind: StoredEvent } | { readonly at: StoredEvent };
  /** The entry behind which the server has the segment's end, where it is known: all of it goes before. */
  readonly before?: StoredEvent | undefined;
  /** Whether history had nothing behind the segment when the server was asked. */
  readonly reachesEnd: boolean;
  /** When the server was asked, epoch milliseconds: what came later may be missing from the answer. */
  readonly askedAt: number;
}

/** What became of a segment. */
export interface Merged {
  /** The entries of its first and its last event. */
  readonly first: StoredEvent | undefined;
  readonly last: StoredEvent | undefined;
  /**
   * The first entry without identity that is held and that the segment lacks, where it is too young to tell
   * whether it was counted twice. From here on history has to be looked at again.
   */
  readonly doubt: StoredEvent | undefined;
}

/** Entries without identity that history lacks are let go once they are older than this, in milliseconds. */
const DOUBT_MS = 1_500;
/** How far ahead an event without identity is looked for. */
const LOOK_AHEAD = 1_000;

/**
 * All events of a session, each once, in the server's order, in their latest state.
 *
 * Invariants: entries lie at positions `first` to `end - 1` without holes; a key stands for one entry;
 * order is the order of history wherever history was seen, and the order of arrival behind that.
 */
export class EventStore {
  private readonly list = new PositionedList<Entry>();
  private readonly byKey = new Map<string, Entry>();
  private readonly observers = new Set<StoreObserver>();
  private namelessCount = 0;
  private total = 0;

  get first(): number {
    return this.list.first;
  }

  get end(): number {
    return this.list.end;
  }

  get size(): number {
    return this.list.size;
  }

  /** Size of everything that is held, in UTF-16 units of JSON. */
  get weight(): number {
    return this.total;
  }

  at(position: number): StoredEvent | undefined {
    return this.list.at(position);
  }

  get(key: string): StoredEvent | undefined {
    return this.byKey.get(key);
  }

  observe(observer: StoreObserver): Disposable {
    this.observers.add(observer);
    return toDisposable(() => this.observers.delete(observer));
  }

  /**
   * Takes an event that has just happened. A new one goes to the end; a later state of a held one replaces
   * it, and moves to the end when that is what processing did to it.
   */
  arrive(event: SessionEvent, now: number, weight = weigh(event)): StoredEvent {
    const held = event.id === undefined ? undefined : this.byKey.get(event.id);
    if (held === undefined) {
      const entry = this.makeEntry(event, now, weight);
      this.list.append(entry);
      for (const observer of this.observers) {
        observer.inserted(entry.position, 1);
      }
      return entry;
    }
    const wasQueued = held.event.queued;
    this.update(held, event, weight);
    if (wasQueued && !held.event.queued && held.position !== this.end - 1) {
      this.move(held, this.end);
    }
    return held;
  }

  /**
   * Takes a part of history: afterwards the store holds these events in this order. Held entries that the
   * part does not have stay behind their predecessor, since they may be newer than the answer; only those
   * without identity that are too old for that are let go, because they were counted twice.
   */
  merge(segment: Segment): Merged {
    const { start } = segment;
    const events = withoutRepeats(segment.events);
    const known = new Set(events.flatMap((event) => event.id ?? []));
    let place = this.placeOf(start);
    let first: Entry | undefined;
    let last: Entry | undefined;
    let doubt: Entry | undefined;
    let run: Entry[] = [];
    const flush = () => {
      if (run.length > 0) {
        const fresh = run;
        run = [];
        place = this.insertAt(place, fresh) + fresh.length;
      }
    };
    for (const event of events) {
      const held = event.id === undefined ? undefined : this.byKey.get(event.id);
      if (event.id === undefined) {
        flush();
      }
      const match = held ?? (event.id === undefined ? this.findNameless(event, place, known) : undefined);
      if (match === undefined) {
        last = this.makeEntry(event, segment.askedAt, weigh(event));
        first ??= last;
        run.push(last);
        continue;
      }
      flush();
      this.update(match, event, undefined);
      const isBehindEnd = segment.before !== undefined && match.position >= segment.before.position;
      if (match.position < place || isBehindEnd) {
        this.move(match, place);
      } else {
        doubt ??= this.dropDoubles(place, match.position, segment.askedAt);
      }
      place = match.position + 1;
      last = match;
      first ??= match;
    }
    flush();
    if (segment.reachesEnd) {
      doubt ??= this.dropDoubles(place, this.end, segment.askedAt);
    }
    return { first, last, doubt };
  }

  /** Lets go of the oldest entries beyond `limit` in number, or `weightLimit` in size; the newest one stays. */
  trim(limit: number, weightLimit = Number.POSITIVE_INFINITY): void {
    let excess = Math.max(0, this.size - limit);
    let weight = this.total;
    for (let position = this.first; position < this.end - 1; position++) {
      if (position >= this.first + excess && weight <= weightLimit) {
        break;
      }
      weight -= this.list.at(position)?.weight ?? 0;
      excess = Math.max(excess, position - this.first + 1);
    }
    if (excess === 0) {
      return;
    }
    const gone = this.list.shift(excess);
    for (const entry of gone) {
      this.byKey.delete(entry.key);
      this.total -= entry.weight;
    }
    this.tell((observer) => observer.trimmed(gone));
  }

  /** Where a segment begins; at the front where what it begins with was let go. */
  private placeOf(start: Segment['start']): number {
    if (start === 'front') {
      return this.first;
    }
    return Math.max(this.first, 'at' in start ? start.at.position : start.behind.position + 1);
  }

  private makeEntry(event: SessionEvent, receivedAt: number, weight: number): Entry {
    const nameless = event.id === undefined ? { digest: contentDigest(event), receivedAt } : undefined;
    const key = event.id ?? `~${nameless?.digest ?? ''}~${this.namelessCount++}`;
    // A position that is a whole number from the start takes no memory of its own.
    const entry = { key, event, position: 0, nameless, weight };
    this.total += weight;
    this.byKey.set(key, entry);
    return entry;
  }

  private update(entry: Entry, incoming: SessionEvent, weight: number | undefined): void {
    const before = entry.event;
    const later = laterOf(before, incoming);
    if (later !== before && !isSameState(before, later)) {
      entry.event = later;
      const now = weight ?? weigh(later);
      this.total += now - entry.weight;
      entry.weight = now;
      this.tell((observer) => observer.updated(entry, before));
    }
  }

  /** Puts entries in at a position and answers with the position they really got. */
  private insertAt(position: number, fresh: Entry[]): number {
    if (position === this.first && this.size > 0) {
      this.list.prepend(fresh);
      this.tell((observer) => observer.prepended(fresh.length));
      return this.first;
    }
    this.list.insert(position, fresh);
    for (const observer of this.observers) {
      observer.inserted(position, fresh.length);
    }
    return position;
  }

  private remove(entry: Entry): void {
    const at = entry.position;
    this.list.remove(entry);
    this.byKey.delete(entry.key);
    this.total -= entry.weight;
    this.tell((observer) => observer.removed(entry, at));
  }

  /** Moves an entry so that it stands before what is now at `target`. */
  private move(entry: Entry, target: number): void {
    const at = entry.position;
    this.remove(entry);
    this.byKey.set(entry.key, entry);
    this.total += entry.weight;
    this.insertAt(target > at ? target - 1 : target, [entry]);
  }

  /**
   * The next held copy of an event without identity, from `place` on. The search ends at an entry that the
   * segment names later: a copy beyond it is another one.
   */
  private findNameless(event: SessionEvent, place: number, known: ReadonlySet<string>): Entry | undefined {
    const digest = contentDigest(event);
    for (let position = place; position < Math.min(this.end, place + LOOK_AHEAD); position++) {
      const entry = this.list.at(position);
      if (entry === undefined || known.has(entry.key)) {
        return undefined;
      }
      if (entry.nameless?.digest === digest && mayBeSame(entry.event, event)) {
        return entry;
      }
    }
    return undefined;
  }

  /**
   * Lets go of the entries without identity in a range for which history has none.
   * @returns the first of them that is too young for that.
   */
  private dropDoubles(from: number, end: number, askedAt: number): Entry | undefined {
    let doubt: Entry | undefined;
    for (let position = end - 1; position >= from; position--) {
      const entry = this.list.at(position);
      if (entry?.nameless !== undefined) {
        if (entry.nameless.receivedAt < askedAt - DOUBT_MS) {
          this.remove(entry);
        } else {
          doubt = entry;
        }
      }
    }
    return doubt;
  }

  private tell(call: (observer: StoreObserver) => void): void {
    for (const observer of this.observers) {
      call(observer);
    }
  }
}

/** Weight of an event that is nested too deep to be written; such a one is hardly ever honest. */
const DEEP = 1_000_000;

/** Size of an event, where nobody has counted it yet. */
function weigh(event: SessionEvent): number {
  try {
    return JSON.stringify(event.raw).length;
  } catch {
    return DEEP;
  }
}

/** Whether two copies of equal content can be one event: its time may be missing in one, but not another. */
function mayBeSame(held: SessionEvent, incoming: SessionEvent): boolean {
  return (
    held.processedAt === incoming.processedAt ||
    held.processedAt === undefined ||
    incoming.processedAt === undefined
  );
}

/** Whether two copies say the same, as most copies that come again do. */
function isSameState(held: SessionEvent, incoming: SessionEvent): boolean {
  if (held.raw === incoming.raw) {
    return true;
  }
  try {
    return JSON.stringify(held.raw) === JSON.stringify(incoming.raw);
  } catch {
    return false; // nested too deep to be written; taking it as changed does no harm
  }
}

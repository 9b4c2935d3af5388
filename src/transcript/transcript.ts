import type { SessionEvent } from '../api/resources/event.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../stream/eventStore.ts';
import type { SessionFeed } from '../stream/sessionFeed.ts';
import type { Disposable } from '../util/disposable.ts';
import { PositionedList } from '../util/positionedList.ts';
import { Answers } from './answers.ts';
import { confirmationOf, isPlain, isToolUse, resultOf } from './eventFacts.ts';
import { Latest } from './latest.ts';
import type { Row, RowSlot } from './row.ts';
import { completes, makesRow, type RowContext, rowOf } from './rowOf.ts';
import { Tail } from './tail.ts';
import { Turns } from './turns.ts';

interface Slot {
  readonly source: StoredEvent;
  readonly key: string;
  position: number;
  stamp: string;
  cached: Row | undefined;
  readonly row: () => Row;
}

/** The parts of a feed that a transcript reads. */
export type TranscriptSource = Pick<SessionFeed, 'store' | 'previews' | 'outbox'>;

/**
 * Folds a session's events into the rows that a person reads. Follows the store change by change, so that
 * one event costs the same however long the session is; rows themselves are made when somebody looks.
 * Behind the rows of the store come the messages that the agent is writing, then those that we are sending.
 *
 * Invariant: the rows are those that a transcript made anew of the same store would have, but for answers to
 * calls that were let go with the oldest events, which stay without a row.
 */
export class Transcript implements Disposable, StoreObserver {
  private readonly store: EventStore;
  private readonly tail: Tail;
  private readonly slots = new PositionedList<Slot>();
  private readonly byKey = new Map<string, Slot>();
  private readonly results = new Answers();
  private readonly confirmations = new Answers();
  /** Rows of answers whose call is not held, by the call's id. */
  private readonly lonely = new Map<string, Set<string>>();
  private readonly turns: Turns;
  private readonly latestUsage: Latest;
  private stamps = 0;
  private readonly subscription: Disposable;
  private readonly context: RowContext;

  constructor(source: TranscriptSource) {
    const { store } = source;
    this.store = source.store;
    this.tail = new Tail(source);
    this.latestUsage = new Latest(store, ({ type }) => type === 'session.usage');
    const { results, confirmations } = this;
    this.turns = new Turns({
      store,
      results,
      confirmations,
      touch: (key) => this.touch(key),
      shown: () => this.shown(),
    });
    this.context = {
      result: (id) => results.get(id)?.event,
      confirmation: (id) => confirmations.get(id)?.event,
      isAwaited: (id) => this.turns.isAwaited(id),
      isTurnOver: (stored) => this.turns.isTurnOver(stored),
      before: (stored) => store.at(stored.position - 1)?.event,
      isDropped: (stored) => this.turns.isDropped(stored),
    };
    this.subscription = store.observe(this);
    if (store.size > 0) {
      this.inserted(store.first, store.size);
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }

  get first(): number {
    return this.slots.first;
  }

  get end(): number {
    return this.slots.end + this.tail.size;
  }

  /** The latest event that says what the session is doing. */
  get status(): StoredEvent | undefined {
    return this.turns.status;
  }

  /** Ids of the tool calls that wait for the user, oldest first; those that are not held come last. */
  get pending(): readonly string[] {
    return this.turns.pending;
  }

  /** The latest snapshot of what the session has used. */
  get usage(): StoredEvent | undefined {
    return this.latestUsage.current;
  }

  /** The result of a tool call, by the id of the call's event. */
  resultOf(useId: string): SessionEvent | undefined {
    return this.results.get(useId)?.event;
  }

  at(position: number): RowSlot | undefined {
    return this.slots.at(position) ?? this.tail.at(position - this.slots.end);
  }

  /** The position of a row, or undefined where there is none with that key. */
  positionOf(key: string): number | undefined {
    const slot = this.byKey.get(key);
    if (slot !== undefined) {
      return slot.position;
    }
    const index = this.tail.keys().indexOf(key);
    return index === -1 ? undefined : this.slots.end + index;
  }

  // ---- the store tells ----

  inserted(at: number, count: number): void {
    const fresh = this.enter(at, count);
    if (at + count === this.store.end) {
      fresh.forEach((slot) => this.slots.append(slot));
    } else if (fresh.length > 0) {
      this.slots.insert(this.placeBehind(at - 1), fresh);
    }
    this.show(fresh);
    this.touchAt(at + count);
    this.turns.settle();
  }

  prepended(count: number): void {
    const { first } = this.store;
    const fresh = this.enter(first, count);
    this.slots.prepend(fresh);
    this.show(fresh);
    this.touchAt(first + count);
    this.turns.settle();
  }

  updated(stored: StoredEvent, before: SessionEvent): void {
    const { event } = stored;
    if (event.type === before.type && isPlain(event)) {
      this.touch(stored.key);
      this.turns.changed(stored);
      this.touchAt(stored.position + 1);
    } else {
      this.leave(stored, before);
      this.inserted(stored.position, 1);
    }
  }

  removed(stored: StoredEvent, at: number): void {
    this.leave(stored, stored.event);
    this.touchAt(at);
    this.turns.settle();
  }

  trimmed(entries: readonly StoredEvent[]): void {
    let rows = 0;
    for (const stored of entries) {
      rows += this.byKey.delete(stored.key) ? 1 : 0;
      this.forgetAnswer(stored, stored.event);
    }
    this.slots.shift(rows);
    this.turns.trimmed(entries);
    this.latestUsage.trimmed();
    this.touchAt(this.store.first);
    this.turns.settle();
  }

  // ---- events come and go ----

  /** Notes what the events at these places say, and makes slots for those that have rows. */
  private enter(at: number, count: number): Slot[] {
    const { store } = this;
    const fresh: Slot[] = [];
    for (let position = at; position < at + count; position++) {
      const stored = store.at(position);
      if (stored === undefined) {
        continue;
      }
      this.noteAnswer(stored);
      this.turns.entered(stored);
      this.latestUsage.entered(stored);
      const slot = this.slotOf(stored);
      if (slot !== undefined) {
        fresh.push(slot);
      }
    }
    return fresh;
  }

  /** Enters slots that have their place, and takes out the rows of answers whose call has come. */
  private show(fresh: readonly Slot[]): void {
    for (const slot of fresh) {
      this.byKey.set(slot.key, slot);
    }
    for (const { source } of fresh) {
      if (isToolUse(source.event)) {
        const answers = this.lonely.get(source.key) ?? [];
        this.lonely.delete(source.key);
        for (const key of answers) {
          this.hide(key);
        }
      }
    }
  }

  private hide(key: string): void {
    const slot = this.byKey.get(key);
    if (slot !== undefined) {
      this.slots.remove(slot);
      this.byKey.delete(key);
    }
  }

  /** Takes back all that an event said while it was `before`. */
  private leave(stored: StoredEvent, before: SessionEvent): void {
    this.hide(stored.key);
    this.forgetAnswer(stored, before);
    this.turns.left(stored);
    this.latestUsage.left(stored);
    if (isToolUse(before)) {
      this.showLonelyAnswers(stored.key);
    }
  }

  private showLonelyAnswers(useId: string): void {
    for (const answer of [...this.results.all(useId), ...this.confirmations.all(useId)]) {
      const slot = this.slotOf(answer);
      if (slot !== undefined && !this.byKey.has(slot.key)) {
        this.slots.insert(this.placeBehind(answer.position - 1), [slot]);
        this.byKey.set(slot.key, slot);
      }
    }
  }

  private slotOf(stored: StoredEvent): Slot | undefined {
    const answered = completes(stored.event);
    if (answered !== undefined) {
      const call = this.store.get(answered);
      if (call !== undefined && isToolUse(call.event)) {
        return undefined;
      }
      this.lonely.set(answered, (this.lonely.get(answered) ?? new Set()).add(stored.key));
    }
    if (!makesRow(stored.event)) {
      return undefined;
    }
    const slot: Slot = {
      source: stored,
      key: stored.key,
      position: Number.NaN,
      stamp: this.nextStamp(),
      cached: undefined,
      row: () => (slot.cached ??= rowOf(stored, this.context)),
    };
    return slot;
  }

  private noteAnswer(stored: StoredEvent): void {
    const answered = resultOf(stored.event);
    if (answered !== undefined) {
      this.results.add(answered, stored);
      this.answerChanged(answered);
    }
    const confirmed = confirmationOf(stored.event);
    if (confirmed !== undefined) {
      this.confirmations.add(confirmed, stored);
      this.answerChanged(confirmed);
    }
  }

  private forgetAnswer(stored: StoredEvent, before: SessionEvent): void {
    const answered = completes(before);
    if (answered === undefined) {
      return;
    }
    this.results.remove(answered, stored);
    this.confirmations.remove(answered, stored);
    this.answerChanged(answered);
    const lonely = this.lonely.get(answered);
    lonely?.delete(stored.key);
    if (lonely?.size === 0) {
      this.lonely.delete(answered);
    }
  }

  private answerChanged(useId: string): void {
    this.touch(useId);
    this.turns.answered(useId);
  }

  private *shown(): Generator<StoredEvent> {
    for (let position = this.slots.first; position < this.slots.end; position++) {
      const slot = this.slots.at(position);
      if (slot !== undefined) {
        yield slot.source;
      }
    }
  }

  private touch(key: string): void {
    const slot = this.byKey.get(key);
    if (slot !== undefined) {
      slot.stamp = this.nextStamp();
      slot.cached = undefined;
    }
  }

  /** A thought is as long as the time since the event before it, so it changes with its neighbour. */
  private touchAt(storePosition: number): void {
    const stored = this.store.at(storePosition);
    if (stored?.event.type === 'agent.thinking') {
      this.touch(stored.key);
    }
  }

  /** Never the same twice: a row that is taken out and put in again may read differently. */
  private nextStamp(): string {
    return String(this.stamps++);
  }

  /** Where a row goes whose event stands right behind a place of the store. */
  private placeBehind(storePosition: number): number {
    const { store } = this;
    for (let position = storePosition; position >= store.first; position--) {
      const slot = this.byKey.get(store.at(position)?.key ?? '');
      if (slot !== undefined) {
        return slot.position + 1;
      }
    }
    return this.slots.first;
  }
}

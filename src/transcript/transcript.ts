import type { SessionEvent } from '../api/resources/event.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../stream/eventStore.ts';
import type { SessionFeed } from '../stream/sessionFeed.ts';
import { type Disposable, toDisposable } from '../util/disposable.ts';
import { field } from '../util/json.ts';
import { PositionedList } from '../util/positionedList.ts';
import { CallAnswers, modelIdOf } from './callAnswers.ts';
import { isPlain, isToolUse } from './eventFacts.ts';
import { Latest } from './latest.ts';
import { Mentions } from './mentions.ts';
import type { Row, RowSlot } from './row.ts';
import { completes, makesRow, type RowContext, rowOf } from './rowOf.ts';
import { Tail } from './tail.ts';
import { turnEndBehind, turnFactsOf } from './turnFacts.ts';
import { Turns } from './turns.ts';

/** A row's place. There is one for nearly every event, so it holds neither closures nor texts of its own. */
class Slot implements RowSlot {
  readonly source: StoredEvent;
  private readonly context: RowContext;
  private cached: Row | undefined = undefined;
  private version: number;
  position = 0;

  constructor(source: StoredEvent, context: RowContext, version: number) {
    this.source = source;
    this.context = context;
    this.version = version;
  }

  get key(): string {
    return this.source.key;
  }

  get stamp(): string {
    return String(this.version);
  }

  row(): Row {
    return (this.cached ??= rowOf(this.source, this.context));
  }

  peek(): Row {
    return this.cached ?? rowOf(this.source, this.context);
  }

  touch(version: number): void {
    this.version = version;
    this.cached = undefined;
  }
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
  private readonly answers: CallAnswers;
  private readonly mentions = new Mentions();
  /** Rows of answers whose call is not held, by the id that they name. */
  private readonly lonely = new Map<string, Set<string>>();
  private readonly turns: Turns;
  private readonly latestUsage: Latest;
  private readonly watchers = new Set<(key: string) => void>();
  private stamps = 0;
  private readonly subscription: Disposable;
  private readonly context: RowContext;

  constructor(source: TranscriptSource) {
    const { store } = source;
    this.store = source.store;
    this.tail = new Tail(source);
    this.latestUsage = new Latest(store, ({ type }) => type === 'session.usage');
    const answers = new CallAnswers(store);
    this.answers = answers;
    this.turns = new Turns({
      store,
      answers,
      touch: (key) => this.touch(key),
      shown: () => this.shown(),
    });
    this.context = {
      result: (callKey) => answers.result(callKey)?.event,
      confirmation: (callKey) => answers.confirmation(callKey)?.event,
      isAwaited: (callKey) => this.turns.isAwaited(callKey),
      isTurnOver: (stored) => this.turns.isTurnOver(stored),
      turnFacts: (stored) => turnFactsOf(store, stored),
      told: (subject) => this.mentions.get(subject),
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

  /** The latest event that ended a turn. */
  get turnEnd(): StoredEvent | undefined {
    return this.turns.lastTurnEnd;
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
    return this.answers.result(useId)?.event;
  }

  /** The id by which the server knows a call that waits: that of its event, or the one the model gave it. */
  askedId(callKey: string): string {
    return this.turns.askedId(callKey);
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

  /** The row of an event, without keeping it: for one who goes through all of them. */
  peek(key: string): Row | undefined {
    return this.byKey.get(key)?.peek();
  }

  /** Keys of the rows of the store, first to last. */
  keys(): string[] {
    const keys: string[] = [];
    for (let position = this.slots.first; position < this.slots.end; position++) {
      keys.push(this.slots.at(position)?.key ?? '');
    }
    return keys;
  }

  /** Tells the key of each row that comes, goes, moves or may read differently, while that happens. */
  watch(listener: (key: string) => void): Disposable {
    this.watchers.add(listener);
    return toDisposable(() => this.watchers.delete(listener));
  }

  private tell(key: string): void {
    for (const watcher of this.watchers) {
      watcher(key);
    }
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
    this.touchBehind(at + count);
    this.turns.settle();
  }

  prepended(count: number): void {
    const { first } = this.store;
    const fresh = this.enter(first, count);
    this.slots.prepend(fresh);
    this.show(fresh);
    this.touchBehind(first + count);
    this.turns.settle();
  }

  updated(stored: StoredEvent, before: SessionEvent): void {
    const { event } = stored;
    if (event.type === before.type && isPlain(event) && !isOtherCall(stored, before)) {
      this.touch(stored.key);
      this.turns.changed(stored);
      this.touchThought(stored.position + 1);
    } else {
      this.leave(stored, before);
      this.inserted(stored.position, 1);
    }
  }

  removed(stored: StoredEvent, at: number): void {
    this.leave(stored, stored.event);
    this.touchBehind(at);
    this.turns.settle();
  }

  trimmed(entries: readonly StoredEvent[]): void {
    let rows = 0;
    for (const stored of entries) {
      rows += this.byKey.delete(stored.key) ? 1 : 0;
      this.tell(stored.key);
      this.forgetAnswer(stored, stored.event);
      this.touchAll(this.mentions.left(stored, stored.event));
    }
    this.slots.shift(rows);
    this.turns.trimmed(entries);
    this.latestUsage.trimmed();
    this.touchBehind(this.store.first);
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
      this.touchAll(this.mentions.entered(stored));
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
      this.tell(slot.key);
    }
    for (const { source } of fresh) {
      for (const id of callIds(source, source.event)) {
        const answers = this.lonely.get(id) ?? [];
        this.lonely.delete(id);
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
      this.tell(key);
    }
  }

  /** Takes back all that an event said while it was `before`. */
  private leave(stored: StoredEvent, before: SessionEvent): void {
    this.hide(stored.key);
    this.forgetAnswer(stored, before);
    this.touchAll(this.mentions.left(stored, before));
    this.turns.left(stored);
    this.latestUsage.left(stored);
    callIds(stored, before).forEach((id) => this.showLonelyAnswers(id));
  }

  private showLonelyAnswers(useId: string): void {
    for (const answer of this.answers.answersTo(useId)) {
      const slot = this.slotOf(answer);
      if (slot !== undefined && !this.byKey.has(slot.key)) {
        this.slots.insert(this.placeBehind(answer.position - 1), [slot]);
        this.byKey.set(slot.key, slot);
        this.tell(slot.key);
      }
    }
  }

  private slotOf(stored: StoredEvent): Slot | undefined {
    const answered = completes(stored.event);
    if (answered !== undefined) {
      if (this.answers.isHeld(answered)) {
        return undefined;
      }
      this.lonely.set(answered, (this.lonely.get(answered) ?? new Set()).add(stored.key));
    }
    if (!makesRow(stored.event)) {
      return undefined;
    }
    return new Slot(stored, this.context, this.stamps++);
  }

  private noteAnswer(stored: StoredEvent): void {
    this.answers.entered(stored).forEach((id) => this.answerChanged(id));
  }

  private forgetAnswer(stored: StoredEvent, before: SessionEvent): void {
    this.answers.left(stored, before).forEach((id) => this.answerChanged(id));
    const answered = completes(before);
    const lonely = answered === undefined ? undefined : this.lonely.get(answered);
    lonely?.delete(stored.key);
    if (answered !== undefined && lonely?.size === 0) {
      this.lonely.delete(answered);
    }
  }

  /** A call reads differently: by what answers it, or by which call an id names now. */
  private answerChanged(id: string): void {
    this.touch(this.answers.keyOf(id));
    this.turns.answered(id);
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
    // Never the same number twice: a row that is taken out and put in again may read differently.
    this.byKey.get(key)?.touch(this.stamps++);
    this.tell(key);
  }

  private touchAll(keys: readonly string[]): void {
    keys.forEach((key) => this.touch(key));
  }

  /** Other events lie before a place now: the sum of the turn that ends behind it is another. */
  private touchBehind(storePosition: number): void {
    this.touchThought(storePosition);
    const turnEnd = turnEndBehind(this.store, storePosition);
    if (turnEnd !== undefined) {
      this.touch(turnEnd);
    }
  }

  /** A thought is as long as the time since the event before it, so it changes with its neighbour. */
  private touchThought(storePosition: number): void {
    const stored = this.store.at(storePosition);
    if (stored?.event.type === 'agent.thinking') {
      this.touch(stored.key);
    }
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

/** Whether a call goes by another id, or belongs to another thread, than it did before. */
function isOtherCall(stored: StoredEvent, before: SessionEvent): boolean {
  const { event } = stored;
  return (
    isToolUse(event) &&
    (modelIdOf(stored, event) !== modelIdOf(stored, before) ||
      field(event.body, 'session_thread_id') !== field(before.body, 'session_thread_id'))
  );
}

/** The ids by which answers may name a call; none for any other event. */
function callIds(stored: StoredEvent, event: SessionEvent): readonly string[] {
  if (!isToolUse(event)) {
    return [];
  }
  const modelId = modelIdOf(stored, event);
  return modelId === undefined ? [stored.key] : [stored.key, modelId];
}

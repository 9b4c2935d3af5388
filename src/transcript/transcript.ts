import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent, StoreObserver } from '../stream/eventStore.ts';
import type { SessionFeed } from '../stream/sessionFeed.ts';
import type { Disposable } from '../util/disposable.ts';
import { PositionedList } from '../util/positionedList.ts';
import { awaitedIds, confirmationOf, isStatus, isToolUse, resultOf } from './eventFacts.ts';
import type { Row } from './row.ts';
import { completes, makesRow, outgoingRow, previewRow, type RowContext, rowOf } from './rowOf.ts';

/** A row by its place: what it is known by, and a stamp that differs whenever it would read differently. */
export interface RowSlot {
  readonly key: string;
  readonly stamp: string;
  /** Makes the row; kept until the version changes. */
  readonly row: () => Row;
}

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
 */
export class Transcript implements Disposable, StoreObserver {
  private readonly source: TranscriptSource;
  private readonly slots = new PositionedList<Slot>();
  private readonly byKey = new Map<string, Slot>();
  private readonly results = new Map<string, SessionEvent>();
  private readonly confirmations = new Map<string, SessionEvent>();
  /** Calls without a result, whose rows depend on what the session is doing. */
  private readonly openCalls = new Set<string>();
  private readonly queued = new Set<string>();
  private latestStatus: StoredEvent | undefined;
  private latestUsage: StoredEvent | undefined;
  private awaited: ReadonlySet<string> = new Set();
  private readonly subscription: Disposable;
  private readonly context: RowContext;

  constructor(source: TranscriptSource) {
    this.source = source;
    this.context = {
      result: (id) => this.results.get(id),
      confirmation: (id) => this.confirmations.get(id),
      isAwaited: (id) => this.awaited.has(id),
      isTurnOver: (stored) => this.isIdleAfter(stored),
      before: (stored) => this.source.store.at(stored.position - 1)?.event,
      isDropped: (stored) => this.isIdleAfter(stored),
    };
    this.subscription = source.store.observe(this);
    if (source.store.size > 0) {
      this.inserted(source.store.first, source.store.size);
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }

  get first(): number {
    return this.slots.first;
  }

  get end(): number {
    return this.slots.end + this.tailKeys().length;
  }

  /** The latest event that says what the session is doing. */
  get status(): StoredEvent | undefined {
    return this.latestStatus;
  }

  /** Ids of the tool calls that wait for the user, oldest first. */
  get pending(): readonly string[] {
    return [...this.awaited];
  }

  /** The latest snapshot of what the session has used. */
  get usage(): StoredEvent | undefined {
    return this.latestUsage;
  }

  /** The result of a tool call, by the id of the call's event. */
  resultOf(useId: string): SessionEvent | undefined {
    return this.results.get(useId);
  }

  at(position: number): RowSlot | undefined {
    const slot = this.slots.at(position);
    return slot ?? this.tailSlot(position - this.slots.end);
  }

  /** The position of a row, or undefined where there is none with that key. */
  positionOf(key: string): number | undefined {
    const slot = this.byKey.get(key);
    if (slot !== undefined) {
      return slot.position;
    }
    const index = this.tailKeys().indexOf(key);
    return index === -1 ? undefined : this.slots.end + index;
  }

  // ---- the store tells ----

  inserted(at: number, count: number): void {
    const { store } = this.source;
    const isAtEnd = at + count === store.end;
    const fresh = this.take(at, count);
    if (isAtEnd) {
      fresh.forEach((slot) => this.slots.append(slot));
    } else if (fresh.length > 0) {
      this.slots.insert(this.placeBehind(at - 1), fresh);
    }
    this.register(fresh);
    for (let position = at; position < at + count; position++) {
      const stored = store.at(position);
      if (
        stored !== undefined &&
        isStatus(stored.event) &&
        (this.latestStatus === undefined || stored.position >= this.latestStatus.position)
      ) {
        this.setStatus(stored);
      }
    }
    this.updateAwaited();
  }

  prepended(count: number): void {
    const { store } = this.source;
    const fresh = this.take(store.first, count);
    this.slots.prepend(fresh);
    this.register(fresh);
    if (this.latestStatus === undefined) {
      this.findStatus(store.first + count);
    }
    this.updateAwaited();
  }

  updated(stored: StoredEvent): void {
    this.note(stored.event);
    this.touch(stored.key);
    if (stored.event.queued) {
      this.queued.add(stored.key);
    } else {
      this.queued.delete(stored.key);
    }
    this.updateAwaited();
  }

  removed(stored: StoredEvent): void {
    const slot = this.byKey.get(stored.key);
    if (slot !== undefined) {
      this.slots.remove(slot);
      this.byKey.delete(stored.key);
    }
    if (this.latestStatus === stored) {
      this.findStatus();
    }
    this.updateAwaited();
  }

  trimmed(entries: readonly StoredEvent[]): void {
    let rows = 0;
    for (const { key, event } of entries) {
      rows += this.byKey.delete(key) ? 1 : 0;
      this.openCalls.delete(key);
      this.queued.delete(key);
      const answered = completes(event);
      if (answered !== undefined) {
        this.results.delete(answered);
        this.confirmations.delete(answered);
      }
    }
    this.slots.shift(rows);
  }

  // ---- rows ----

  /** Makes slots for the events at these places that have rows, and notes what the others say. */
  private take(at: number, count: number): Slot[] {
    const fresh: Slot[] = [];
    for (let position = at; position < at + count; position++) {
      const stored = this.source.store.at(position);
      if (stored === undefined) {
        continue;
      }
      this.note(stored.event);
      if (
        stored.event.type === 'session.usage' &&
        !(this.latestUsage !== undefined && this.latestUsage.position > position)
      ) {
        this.latestUsage = stored;
      }
      if (isToolUse(stored.event) && !this.results.has(stored.event.id ?? stored.key)) {
        this.openCalls.add(stored.key);
      }
      if (stored.event.queued) {
        this.queued.add(stored.key);
      }
      const completed = completes(stored.event);
      if (completed !== undefined && this.source.store.get(completed) !== undefined) {
        continue;
      }
      if (makesRow(stored.event)) {
        fresh.push(this.makeSlot(stored));
      }
    }
    return fresh;
  }

  /** Enters slots, and takes out the rows of answers whose call has come. */
  private register(fresh: readonly Slot[]): void {
    for (const slot of fresh) {
      this.byKey.set(slot.key, slot);
    }
    for (const { source } of fresh) {
      if (isToolUse(source.event)) {
        this.dropLonelyAnswers(source.event.id ?? source.key);
      }
    }
  }

  private readonly lonely = new Map<string, Set<string>>();

  private dropLonelyAnswers(useId: string): void {
    for (const key of this.lonely.get(useId) ?? []) {
      const slot = this.byKey.get(key);
      if (slot !== undefined) {
        this.slots.remove(slot);
        this.byKey.delete(key);
      }
    }
    this.lonely.delete(useId);
  }

  private makeSlot(stored: StoredEvent): Slot {
    const completed = completes(stored.event);
    if (completed !== undefined) {
      const keys = this.lonely.get(completed) ?? new Set();
      this.lonely.set(completed, keys.add(stored.key));
    }
    const slot: Slot = {
      source: stored,
      key: stored.key,
      position: Number.NaN,
      stamp: '0',
      cached: undefined,
      row: () => (slot.cached ??= rowOf(stored, this.context)),
    };
    return slot;
  }

  /** What an event says about another one's row. */
  private note(event: SessionEvent): void {
    const answered = resultOf(event);
    if (answered !== undefined) {
      this.results.set(answered, event);
      this.openCalls.delete(answered);
      this.touch(answered);
    }
    const confirmed = confirmationOf(event);
    if (confirmed !== undefined) {
      this.confirmations.set(confirmed, event);
      this.touch(confirmed);
    }
  }

  private touch(key: string): void {
    const slot = this.byKey.get(key);
    if (slot !== undefined) {
      slot.stamp = String(Number(slot.stamp) + 1);
      slot.cached = undefined;
    }
  }

  /** Where a row goes whose event stands right behind a place of the store. */
  private placeBehind(storePosition: number): number {
    const { store } = this.source;
    for (let position = storePosition; position >= store.first; position--) {
      const slot = this.byKey.get(store.at(position)?.key ?? '');
      if (slot !== undefined) {
        return slot.position + 1;
      }
    }
    return this.slots.first;
  }

  // ---- what the session is doing ----

  private setStatus(status: StoredEvent | undefined): void {
    if (status !== this.latestStatus) {
      this.latestStatus = status;
      for (const key of [...this.openCalls, ...this.queued]) {
        this.touch(key);
      }
    }
  }

  /** Looks for the latest status before a place of the store. */
  private findStatus(before = this.source.store.end): void {
    const { store } = this.source;
    for (let position = before - 1; position >= store.first; position--) {
      const stored = store.at(position);
      if (stored !== undefined && isStatus(stored.event)) {
        this.setStatus(stored);
        return;
      }
    }
    this.setStatus(undefined);
  }

  private isIdleAfter(stored: StoredEvent): boolean {
    const status = this.latestStatus;
    const isRunning =
      status?.event.type === 'session.status_running' || status?.event.type === 'session.status_rescheduled';
    return status !== undefined && !isRunning && status.position > stored.position;
  }

  private updateAwaited(): void {
    const asked = this.latestStatus === undefined ? [] : awaitedIds(this.latestStatus.event);
    const now = asked.filter((id) => !this.results.has(id) && !this.confirmations.has(id));
    if (now.length === this.awaited.size && now.every((id) => this.awaited.has(id))) {
      return;
    }
    const before = this.awaited;
    this.awaited = new Set(now);
    for (const id of new Set([...before, ...now])) {
      this.touch(id);
    }
  }

  // ---- what is not in the store ----

  private tailKeys(): readonly string[] {
    return [
      ...this.source.previews.current.map(({ eventId }) => eventId),
      ...this.visibleOutgoing().map(({ key }) => key),
    ];
  }

  private visibleOutgoing() {
    return this.source.outbox.current.filter(({ event }) => event['type'] === 'user.message');
  }

  private tailSlot(index: number): RowSlot | undefined {
    const previews = this.source.previews.current;
    const preview = previews[index];
    if (preview !== undefined) {
      const length = preview.blocks.reduce((sum, text) => sum + text.length + 1, 0);
      return { key: preview.eventId, stamp: `preview ${length}`, row: () => previewRow(preview) };
    }
    const outgoing = this.visibleOutgoing()[index - previews.length];
    if (outgoing === undefined) {
      return undefined;
    }
    return { key: outgoing.key, stamp: outgoing.state, row: () => outgoingRow(outgoing) };
  }
}

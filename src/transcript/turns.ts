import type { SessionEvent } from '../api/resources/event.ts';
import type { EventStore, StoredEvent } from '../stream/eventStore.ts';
import { type CallAnswers, modelIdOf } from './callAnswers.ts';
import { awaitedIds, endsTurn, flushesQueue, isStatus, isToolUse } from './eventFacts.ts';
import { Latest } from './latest.ts';

/** What the turns of a session are followed with. */
export interface TurnsOptions {
  readonly store: EventStore;
  readonly answers: CallAnswers;
  /** A row that depends on what the session is doing may read differently now. */
  readonly touch: (key: string) => void;
  /** The events that have rows. */
  readonly shown: () => Iterable<StoredEvent>;
}

/**
 * What the session is doing, and what that means for its open ends: calls that are running, interrupted or
 * waiting for the user, messages that are queued or were dropped.
 */
export class Turns {
  private readonly options: TurnsOptions;
  private readonly latestStatus: Latest;
  private readonly turnEnd: Latest;
  private readonly flush: Latest;
  private seenTurnEnd: StoredEvent | undefined;
  private seenFlush: StoredEvent | undefined;
  /** Calls that may still be running, and messages that may still be worked on. */
  private readonly openCalls = new Set<string>();
  private readonly queued = new Set<string>();
  /** What the latest status asks for, answered or not, by the ids that the server named. */
  private asked: { readonly by: SessionEvent; readonly ids: ReadonlySet<string> } | undefined;
  private isAskedAnswered = false;
  private awaited: ReadonlySet<string> = new Set();

  constructor(options: TurnsOptions) {
    this.options = options;
    this.latestStatus = new Latest(options.store, isStatus);
    this.turnEnd = new Latest(options.store, endsTurn);
    this.flush = new Latest(options.store, flushesQueue);
  }

  /** The latest event that says what the session is doing. */
  get status(): StoredEvent | undefined {
    return this.latestStatus.current;
  }

  /** The latest event that ended a turn. */
  get lastTurnEnd(): StoredEvent | undefined {
    return this.turnEnd.current;
  }

  /** Ids of the tool calls that wait for the user, oldest first; those that are not held come last. */
  get pending(): readonly string[] {
    const place = (id: string) => this.options.store.get(id)?.position ?? Number.MAX_SAFE_INTEGER;
    return [...this.awaited].sort((one, other) => place(one) - place(other));
  }

  isAwaited(callKey: string): boolean {
    return this.awaited.has(callKey);
  }

  /** The id under which the server asked about a call: that of its event, or the model's. */
  askedId(callKey: string): string {
    const { answers } = this.options;
    return [...(this.asked?.ids ?? [])].find((id) => answers.keyOf(id) === callKey) ?? callKey;
  }

  isTurnOver(stored: StoredEvent): boolean {
    return this.turnEnd.covers(stored);
  }

  isDropped(stored: StoredEvent): boolean {
    return this.flush.covers(stored);
  }

  entered(stored: StoredEvent): void {
    for (const latest of this.latests()) {
      latest.entered(stored);
    }
    this.reopen(stored);
  }

  left(stored: StoredEvent): void {
    for (const latest of this.latests()) {
      latest.left(stored);
    }
    this.close(stored);
  }

  trimmed(entries: readonly StoredEvent[]): void {
    for (const latest of this.latests()) {
      latest.trimmed();
    }
    entries.forEach((entry) => this.close(entry));
  }

  /** An event may have gone into the queue or out of it. */
  changed(stored: StoredEvent): void {
    this.close(stored);
    this.reopen(stored);
  }

  /** A call was answered, or an answer taken back, or it is known now which call an id names. */
  answered(id: string): void {
    const { store, answers } = this.options;
    const key = answers.keyOf(id);
    const call = store.get(key);
    this.isAskedAnswered ||= [id, key, call && modelIdOf(call, call.event)].some(
      (each) => each !== undefined && this.asked?.ids.has(each) === true,
    );
    if (call !== undefined) {
      this.changed(call);
    }
  }

  /** Brings the rows up to date, after something changed. */
  settle(): void {
    this.seenTurnEnd = this.cover(this.turnEnd, this.seenTurnEnd, this.openCalls, (call) =>
      this.isOpenCall(call),
    );
    this.seenFlush = this.cover(this.flush, this.seenFlush, this.queued, ({ event }) => event.queued);
    const status = this.latestStatus.current?.event;
    if (status !== this.asked?.by || this.isAskedAnswered) {
      this.asked = status && { by: status, ids: new Set(awaitedIds(status)) };
      this.isAskedAnswered = false;
      this.updateAwaited();
    }
  }

  private latests(): readonly Latest[] {
    return [this.latestStatus, this.turnEnd, this.flush];
  }

  private reopen(stored: StoredEvent): void {
    if (stored.event.queued) {
      this.queued.add(stored.key);
    }
    if (this.isOpenCall(stored)) {
      this.openCalls.add(stored.key);
    }
  }

  private close({ key }: StoredEvent): void {
    this.openCalls.delete(key);
    this.queued.delete(key);
  }

  private isOpenCall({ event, key }: StoredEvent): boolean {
    return isToolUse(event) && this.options.answers.result(key) === undefined;
  }

  /**
   * Touches the rows that an end has come to cover. They stay covered while ends follow each other, so each is
   * looked at once; only an end that is taken back makes a look at all rows necessary.
   * @returns the end that was seen.
   */
  private cover(
    end: Latest,
    seen: StoredEvent | undefined,
    open: Set<string>,
    isOpen: (stored: StoredEvent) => boolean,
  ): StoredEvent | undefined {
    if (end.current === seen) {
      return seen;
    }
    const { store, touch, shown } = this.options;
    if (seen !== undefined && !end.covers(seen)) {
      for (const stored of shown()) {
        if (isOpen(stored)) {
          open.add(stored.key);
          touch(stored.key);
        }
      }
    }
    for (const key of open) {
      const stored = store.get(key);
      if (stored === undefined || end.covers(stored)) {
        open.delete(key);
        touch(key);
      }
    }
    return end.current;
  }

  private updateAwaited(): void {
    const before = this.awaited;
    const keys = [...(this.asked?.ids ?? [])].map((id) => this.options.answers.keyOf(id));
    this.awaited = new Set(keys.filter((key) => !this.isAnswered(key)));
    for (const id of [...before, ...this.awaited]) {
      if (before.has(id) !== this.awaited.has(id)) {
        this.options.touch(id);
      }
    }
  }

  /** A decision counts when it came after the session asked: a server that asks again has not taken it. */
  private isAnswered(callKey: string): boolean {
    const { answers } = this.options;
    const confirmation = answers.confirmation(callKey);
    return (
      answers.result(callKey) !== undefined ||
      (confirmation !== undefined && !this.latestStatus.covers(confirmation))
    );
  }
}

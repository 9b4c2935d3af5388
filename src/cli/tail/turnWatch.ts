import type { SessionEvent } from '../../api/resources/event.ts';
import type { Session } from '../../api/resources/session.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../../stream/eventStore.ts';
import {
  confirmationOf,
  endsTurn,
  flushesQueue,
  isStatus,
  resultOf,
  stopReason,
} from '../../transcript/eventFacts.ts';
import { Latest } from '../../transcript/latest.ts';
import type { Disposable } from '../../util/disposable.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { isPlainError, startsWork } from './turnFailure.ts';

/** What a session's events say about its work; `unclear` where only the server's description can tell. */
export type TurnVerdict = 'working' | 'waiting' | 'idle' | 'ended' | 'unclear';

/** Watches whether a session is at work, waits for somebody, or is done. */
export class TurnWatch implements StoreObserver, Disposable {
  private readonly store: EventStore;
  private readonly subscription: Disposable;
  private readonly latest: Latest;
  private readonly flush: Latest;
  private readonly queued = new Set<StoredEvent>();
  private changes = 0;

  constructor(store: EventStore) {
    this.store = store;
    this.latest = new Latest(store, isTelling);
    this.flush = new Latest(store, flushesQueue);
    this.subscription = store.observe(this);
  }

  /** A number that is another after every change of the events. */
  get version(): number {
    return this.changes;
  }

  /** Whether the session is gone, and not only at its end. */
  get isDeleted(): boolean {
    return this.latest.current?.event.type === 'session.deleted';
  }

  get verdict(): TurnVerdict {
    const event = this.latest.current?.event;
    switch (event?.type) {
      case 'session.status_running':
      case 'session.status_rescheduled':
        return 'working';
      case 'session.status_terminated':
      case 'session.deleted':
        return 'ended';
      case 'session.status_idle':
        if (stopReason(event) === 'requires_action') {
          return 'waiting';
        }
        return flushesQueue(event) ? 'idle' : this.atTurnEnd();
      case 'session.turn_released':
        return this.atTurnEnd();
      default:
        return 'unclear';
    }
  }

  /** Whether nothing more is to come, by the server's description, where the events are unclear. */
  isOverBy(session: Session): boolean {
    const latest = this.latest.current;
    const isLikelyOver =
      latest !== undefined &&
      (endsTurn(latest.event) || (isPlainError(latest.event) && !this.hasWorkedSince(latest)));
    if (isLikelyOver) {
      return session.status !== 'running' && session.status !== 'rescheduling';
    }
    const reason = field(session.raw, 'stop_reason');
    const waits = (asText(reason) ?? asText(field(asObject(reason), 'type'))) === 'requires_action';
    return session.status === 'idle' && this.queued.size === 0 && !waits && !this.hasOpenQuestion();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  inserted(at: number, count: number): void {
    this.changes++;
    for (let position = at; position < at + count; position++) {
      const entry = this.store.at(position);
      if (entry !== undefined) {
        this.enter(entry);
      }
    }
  }

  prepended(count: number): void {
    this.inserted(this.store.first, count);
  }

  updated(entry: StoredEvent): void {
    this.changes++;
    this.leave(entry);
    this.enter(entry);
  }

  removed(entry: StoredEvent): void {
    this.changes++;
    this.leave(entry);
  }

  trimmed(entries: readonly StoredEvent[]): void {
    entries.forEach((entry) => this.queued.delete(entry));
    this.latest.trimmed();
    this.flush.trimmed();
  }

  /** What was queued when a turn was given up stays in the history for ever, and is never worked on. */
  private atTurnEnd(): TurnVerdict {
    if (this.queued.size === 0) {
      return 'idle';
    }
    return this.flush.current === undefined ? 'working' : 'unclear';
  }

  private enter(entry: StoredEvent): void {
    this.latest.entered(entry);
    this.flush.entered(entry);
    if (entry.event.queued && entry.event.type.startsWith('user.')) {
      this.queued.add(entry);
    }
  }

  private leave(entry: StoredEvent): void {
    this.queued.delete(entry);
    this.latest.left(entry);
    this.flush.left(entry);
  }

  private hasWorkedSince({ position }: StoredEvent): boolean {
    for (let later = position + 1; later < this.store.end; later++) {
      if (this.store.at(later)?.event.type.startsWith('agent.') === true) {
        return true;
      }
    }
    return false;
  }

  /** Whether a call waits for a person's word, or for a result that a client must bring. */
  private hasOpenQuestion(): boolean {
    const open = new Set<string>();
    for (let position = this.store.first; position < this.store.end; position++) {
      const event = this.store.at(position)?.event;
      if (event?.id !== undefined && asks(event)) {
        open.add(event.id);
      } else if (event !== undefined) {
        open.delete(resultOf(event) ?? confirmationOf(event) ?? '');
      }
    }
    return open.size > 0;
  }
}

function isTelling(event: SessionEvent): boolean {
  return isStatus(event) || startsWork(event) || isPlainError(event);
}

function asks(event: SessionEvent): boolean {
  return event.type === 'agent.custom_tool_use' || field(event.body, 'evaluated_permission') === 'ask';
}

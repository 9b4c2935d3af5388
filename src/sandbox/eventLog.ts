import type { StoredEvent } from './records.ts';

export type Order = 'asc' | 'desc';

/** How far a reader of the log has come: `processed` is an index, `queued` an event's sequence. */
export interface LogPosition {
  readonly processed: number;
  readonly queued?: number;
}

interface Step {
  readonly event: StoredEvent;
  readonly after: LogPosition;
}

export interface LogPage {
  readonly events: StoredEvent[];
  readonly next: LogPosition | undefined;
}

/**
 * A session's history in the order of `processed_at`, with the events still queued at its tail.
 * Processed events are only ever appended, so an index into them is a cursor that stays true;
 * a queued event that is processed between two pages shows up again, which readers take as an update.
 */
export class EventLog {
  private readonly processed: StoredEvent[] = [];
  private readonly queued: StoredEvent[] = [];
  private sequence = 0;

  get size(): number {
    return this.processed.length + this.queued.length;
  }

  add(event: Omit<StoredEvent, 'sequence'>): StoredEvent {
    this.sequence += 1;
    const stored = { ...event, sequence: this.sequence };
    (stored.processedAt === null ? this.queued : this.processed).push(stored);
    return stored;
  }

  /** Gives a queued event its time and its place among the processed ones. */
  stamp(event: StoredEvent, time: number): void {
    const index = this.queued.indexOf(event);
    if (index < 0) {
      return;
    }
    this.queued.splice(index, 1);
    event.processedAt = time;
    this.processed.push(event);
  }

  page(request: {
    order: Order;
    limit: number;
    from: LogPosition | undefined;
    matches: (event: StoredEvent) => boolean;
  }): LogPage {
    const events: StoredEvent[] = [];
    let last: LogPosition | undefined;
    for (const step of this.walk(request.order, request.from)) {
      if (!request.matches(step.event)) {
        continue;
      }
      if (events.length === request.limit) {
        return { events, next: last };
      }
      events.push(step.event);
      last = step.after;
    }
    return { events, next: undefined };
  }

  private walk(order: Order, from: LogPosition | undefined): Generator<Step> {
    return order === 'asc' ? this.forward(from) : this.backward(from);
  }

  private *forward(from: LogPosition | undefined): Generator<Step> {
    for (let index = from?.processed ?? 0; index < this.processed.length; index += 1) {
      const event = this.processed[index];
      if (event !== undefined) {
        yield { event, after: { processed: index + 1 } };
      }
    }
    for (const event of [...this.queued]) {
      if (event.sequence > (from?.queued ?? 0)) {
        yield { event, after: { processed: this.processed.length, queued: event.sequence } };
      }
    }
  }

  private *backward(from: LogPosition | undefined): Generator<Step> {
    const start = from?.processed ?? this.processed.length;
    for (const event of [...this.queued].reverse()) {
      if (event.sequence < (from?.queued ?? Number.POSITIVE_INFINITY)) {
        yield { event, after: { processed: start, queued: event.sequence } };
      }
    }
    for (let index = Math.min(start, this.processed.length) - 1; index >= 0; index -= 1) {
      const event = this.processed[index];
      if (event !== undefined) {
        yield { event, after: { processed: index, queued: 0 } };
      }
    }
  }
}

import type { ListEventsOptions } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Page } from '../api/pagination.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import type { SessionSource } from './sessionSource.ts';

/** A session that is not on a server any more, but written down: it can be read, and that is all. */
export class RecordedSource implements SessionSource {
  private readonly session: Session;
  private readonly events: readonly SessionEvent[];

  constructor(session: Session, events: readonly SessionEvent[]) {
    this.session = session;
    this.events = events;
  }

  openStream(): Promise<never> {
    return Promise.reject(new ApiError('readOnly'));
  }

  listEvents(_sessionId: string, { cursor, limit = 1_000 }: ListEventsOptions): Promise<Page<SessionEvent>> {
    const from = cursor === undefined ? 0 : Number(cursor.value);
    const end = from + limit;
    return Promise.resolve({
      items: this.events.slice(from, end),
      next: end < this.events.length ? { parameter: 'after_sequence', value: String(end) } : undefined,
      skipped: 0,
    });
  }

  getSession(): Promise<Session> {
    return Promise.resolve(this.session);
  }

  sendEvents(): Promise<never> {
    return Promise.reject(new ApiError('readOnly'));
  }
}

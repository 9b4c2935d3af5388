import type { ListEventsOptions } from '../api/client.ts';
import type { EventStream } from '../api/eventStream.ts';
import type { Page } from '../api/pagination.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import type { JsonObject } from '../util/json.ts';

/**
 * What a feed needs of a server, as the API client offers it. Every method throws
 * {@link import('../api/errors.ts').ApiError} only.
 */
export interface SessionSource {
  openStream(sessionId: string, signal: AbortSignal, deltas?: boolean): Promise<EventStream>;
  listEvents(sessionId: string, options: ListEventsOptions): Promise<Page<SessionEvent>>;
  getSession(sessionId: string, signal?: AbortSignal): Promise<Session>;
  sendEvents(
    sessionId: string,
    events: readonly JsonObject[],
    signal?: AbortSignal,
  ): Promise<readonly SessionEvent[]>;
}

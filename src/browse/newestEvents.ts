import type { ManagedAgentsClient } from '../api/client.ts';
import type { SessionEvent } from '../api/resources/event.ts';

/** How many of a session's newest events are read to see what it does. */
export const NEWEST_EVENTS = 20;

/**
 * A session's newest events, the newest first; undefined where the server gave the oldest instead and there
 * are more. Throws an ApiError.
 */
export async function newestEvents(
  client: Pick<ManagedAgentsClient, 'listEvents'>,
  sessionId: string,
  signal?: AbortSignal,
): Promise<readonly SessionEvent[] | undefined> {
  const { items, next } = await client.listEvents(sessionId, { limit: NEWEST_EVENTS, order: 'desc', signal });
  if (!isAscending(items)) {
    return items;
  }
  // A server that does not know this order answers with the oldest; without a further page that is all there is.
  return next === undefined ? items.toReversed() : undefined;
}

function isAscending(events: readonly SessionEvent[]): boolean {
  const times = events.flatMap(({ processedAt }) => processedAt ?? []);
  return (times.at(0) ?? 0) < (times.at(-1) ?? 0);
}

import { createHash } from 'node:crypto';
import type { SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import { NEWEST_EVENTS } from '../browse/newestEvents.ts';
import { contentDigest } from '../stream/eventIdentity.ts';
import type { EventStore } from '../stream/eventStore.ts';

/** What a session was like when it was read, by which is told whether it has changed since. */
export interface Stamp {
  /** As the list gave it, epoch milliseconds. */
  readonly updatedAt: number | undefined;
  /** The newest events, each with its state; in no order. */
  readonly newest: readonly string[];
  /**
   * Whether the session rested when it was read: what it said is then known to be all that belongs to `updatedAt`.
   */
  readonly isSettled: boolean;
  /** Whether its last event is later than `updatedAt`, so that this server moves it without regard to events. */
  readonly isBehind: boolean;
}

/** A session that changed less than this before it was read may still be changing, in milliseconds. */
const SETTLED_MS = 10_000;
/** Servers write the last events of a turn a little after they note the change. */
const TOLERANCE_MS = 2_000;

/**
 * @param newest the newest events, {@link NEWEST_EVENTS} at most.
 * @param askedAt when they were read, epoch milliseconds.
 */
export function stampOf(session: Session, newest: readonly SessionEvent[], askedAt: number): Stamp {
  const { updatedAt, status } = session;
  const lastAt = Math.max(0, ...newest.map(({ processedAt }) => processedAt ?? 0));
  const isResting = status !== 'running' && status !== 'rescheduling';
  return {
    updatedAt,
    newest: marksOf(newest),
    isSettled: isResting && updatedAt !== undefined && askedAt - updatedAt > SETTLED_MS,
    isBehind: isResting && updatedAt !== undefined && lastAt - updatedAt > TOLERANCE_MS,
  };
}

/** Whether the list alone shows that nothing was said since. Only where the server moves `updated_at` with events. */
export function isUnchangedByList(stamp: Stamp, { updatedAt, status }: Session): boolean {
  return (
    stamp.isSettled &&
    !stamp.isBehind &&
    updatedAt !== undefined &&
    updatedAt === stamp.updatedAt &&
    status !== 'running' &&
    status !== 'rescheduling'
  );
}

/** Whether the newest events are those that were read. */
export function isUnchangedByEvents(stamp: Stamp, newest: readonly SessionEvent[]): boolean {
  const marks = marksOf(newest);
  return marks.length === stamp.newest.length && marks.every((mark, index) => mark === stamp.newest[index]);
}

/** Digests: an id is a server's to choose, and may be of any length and hold anything. */
function marksOf(events: readonly SessionEvent[]): readonly string[] {
  return events
    .map((event) => {
      const name = event.id === undefined ? contentDigest(event) : digest(event.id);
      return `${name} ${event.processedAt ?? ''}`;
    })
    .sort();
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** The newest events of those that were read. */
export function newestOf(store: EventStore): readonly SessionEvent[] {
  const newest: SessionEvent[] = [];
  for (let at = store.end - 1; at >= store.first && newest.length < NEWEST_EVENTS; at--) {
    const event = store.at(at)?.event;
    if (event !== undefined) {
      newest.push(event);
    }
  }
  return newest;
}

import type { Session } from '../api/resources/session.ts';
import type { Activity } from './activity.ts';
import type { Seen } from './attention.ts';

/**
 * What the row of a session says that it does; undefined where that is the server's own word. A panel that
 * follows the session knows best; then the list, where it is clear; then what was seen last.
 */
export function shownActivity(
  { status, archivedAt, updatedAt }: Session,
  seen: Pick<Seen, 'activity' | 'isLive'> | undefined,
): Exclude<Activity, 'unknown'> | undefined {
  if (archivedAt !== undefined || seen === undefined || seen.activity === 'unknown') {
    return undefined;
  }
  const isFollowed = seen.isLive?.() === true;
  if (seen.activity === 'idle' && status !== 'idle' && updatedAt === undefined && !isFollowed) {
    return undefined; // nothing in such a list tells when the session is at work again
  }
  const isClear = status === 'running' || status === 'rescheduling' || status === 'terminated';
  return isClear && !isFollowed ? undefined : seen.activity;
}

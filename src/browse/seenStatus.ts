import type { Session } from '../api/resources/session.ts';
import { assertNever } from '../util/assertNever.ts';
import type { Activity } from './activity.ts';

/**
 * The session with the status that its row shows, where the server has only a word for all that live: a filter
 * should go by what a person sees.
 * @param shown what is known beyond the list; undefined where nothing is.
 */
export function withSeenStatus(session: Session, shown: Exclude<Activity, 'unknown'> | undefined): Session {
  const isVague = session.status === 'active' || session.status === 'other';
  return isVague && shown !== undefined ? { ...session, status: statusOf(shown) } : session;
}

function statusOf(activity: Exclude<Activity, 'unknown'>): Session['status'] {
  switch (activity) {
    case 'running':
      return 'running';
    case 'needsYou':
    case 'idle':
    case 'failed':
      return 'idle';
    case 'ended':
      return 'terminated';
    default:
      return assertNever(activity);
  }
}

import type { SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import type { EventStore } from './eventStore.ts';
import type { FeedEnd } from './feedState.ts';

/** How far back the latest status is looked for. A turn may be longer; then the server's word counts. */
const LOOK_BACK = 200;

/** The latest event that says what the session is doing, as far as it is not too long ago. */
export function latestStatus(store: EventStore): SessionEvent | undefined {
  for (let position = store.end - 1; position >= Math.max(store.first, store.end - LOOK_BACK); position--) {
    const event = store.at(position)?.event;
    switch (event?.type) {
      case 'session.status_running':
      case 'session.status_rescheduled':
      case 'session.status_idle':
      case 'session.turn_released':
      case 'session.status_terminated':
      case 'session.deleted':
        return event;
      default:
        break;
    }
  }
  return undefined;
}

/** Whether the agent works on a turn, as far as events tell; where they do not, as the session is described. */
export function isAtWork(store: EventStore, description: Session | undefined): boolean {
  const status = latestStatus(store);
  if (status === undefined) {
    return store.size > 0 && description?.status !== 'idle' && description?.status !== 'terminated';
  }
  return status.type === 'session.status_running' || status.type === 'session.status_rescheduled';
}

/** The end of the session that an event stands for, if it stands for one. */
export function overBy(event: SessionEvent): FeedEnd | undefined {
  switch (event.type) {
    case 'session.status_terminated':
      return 'sessionTerminated';
    case 'session.deleted':
      return 'sessionDeleted';
    default:
      return undefined;
  }
}

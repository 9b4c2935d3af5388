import type { SessionEvent } from '../api/resources/event.ts';
import { isStatus, stopReason } from '../transcript/eventFacts.ts';
import { waitingCalls } from '../transcript/waitingCalls.ts';
import { assertNever } from '../util/assertNever.ts';

/** What a session does, as far as a person has to know. `unknown`: alive, and nobody has looked closer. */
export type Activity = 'running' | 'needsYou' | 'idle' | 'failed' | 'ended' | 'unknown';

export interface ToldActivity {
  readonly activity: Exclude<Activity, 'unknown'>;
  /** How many calls wait for the user. */
  readonly waiting: number;
}

/**
 * What a session does, from its newest events alone.
 * @param newest the newest event first, without gaps.
 * @returns undefined where these events do not tell.
 */
export function activityOfEvents(newest: readonly SessionEvent[]): ToldActivity | undefined {
  const status = newest.find(isStatus);
  switch (status?.type) {
    case undefined:
      return undefined;
    case 'session.status_running':
    case 'session.status_rescheduled':
      return { activity: 'running', waiting: 0 };
    case 'session.status_terminated':
    case 'session.deleted':
      return { activity: 'ended', waiting: 0 };
    default:
      break;
  }
  const waiting = waitingCalls(newest)?.length ?? 0;
  if (waiting > 0) {
    return { activity: 'needsYou', waiting };
  }
  const hasGivenUp = status !== undefined && stopReason(status) === 'retries_exhausted';
  return { activity: hasGivenUp ? 'failed' : 'idle', waiting: 0 };
}

/** What happened to a session that a person may want to be told. */
export type NoticeKind = 'needsYou' | 'finished' | 'failed';

/** What it means for a person that a session did the one thing and now does the other. */
export function noticeOf(before: Activity, now: Activity): NoticeKind | undefined {
  if (before === now) {
    return undefined;
  }
  switch (now) {
    case 'needsYou':
      return 'needsYou';
    case 'failed':
      return 'failed';
    case 'ended': // the service ends a session by itself only when it cannot go on
      return before === 'running' ? 'failed' : undefined;
    case 'idle':
      return before === 'running' || before === 'needsYou' ? 'finished' : undefined;
    case 'running':
    case 'unknown':
      return undefined;
    default:
      return assertNever(now);
  }
}

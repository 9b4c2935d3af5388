import type { FeedEnd } from '../../stream/feedState.ts';
import { assertNever } from '../../util/assertNever.ts';

/** Why a tail has ended. */
export type TailEnd =
  | FeedEnd
  | 'idle' // the session waits for nobody
  | 'failed' // the session came to its end, and not to a good one
  | 'unreachable' // the server was never reached
  | 'interrupted' // somebody here wanted no more
  | 'outputClosed'; // nobody reads what is written

/** The exit code for an end: 0 it went well, 1 the session failed, 2 it could not be followed. */
export function exitCodeOf(end: TailEnd): 0 | 1 | 2 {
  switch (end) {
    case 'idle':
    case 'sessionTerminated':
    case 'sessionDeleted':
    case 'sessionArchived':
    case 'recording':
    case 'interrupted':
    case 'outputClosed':
      return 0;
    case 'failed':
      return 1;
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'serverClosed':
    case 'notOffered':
    case 'unreachable':
      return 2;
    default:
      return assertNever(end);
  }
}

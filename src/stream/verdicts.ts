import { ApiError } from '../api/errors.ts';
import type { FeedEnd } from './feedState.ts';

/** How a connection came to its end: by itself, given up for its silence, or with an error. */
export type ConnectionEnd = ApiError | 'closed' | 'silent';

/** What to do about a connection that failed or ended. */
export type Verdict =
  | { readonly kind: 'retry' }
  | { readonly kind: 'end'; readonly why: FeedEnd }
  /** The stream is of no use for now; history is polled, and the stream is tried again after a while. */
  | { readonly kind: 'poll'; readonly tryStreamAgainMs: number };

/** Answers of the wrong kind that are borne before the stream is given up for a while. */
const PATIENCE = 3;
const TRY_AGAIN_MS = 60_000;

/**
 * What a failure of the stream calls for. Refusals end the feed with their reason, because asking again
 * would only be refused again; everything that may pass is retried.
 * @param failuresInARow how often the stream has failed to open since it last did.
 */
export function afterFailure(failure: ConnectionEnd, failuresInARow: number): Verdict {
  if (!ApiError.is(failure)) {
    return { kind: 'retry' };
  }
  const end = endOf(failure);
  if (end !== undefined) {
    return { kind: 'end', why: end };
  }
  if (failure.reason === 'notOffered' || failure.reason === 'invalid') {
    return { kind: 'poll', tryStreamAgainMs: Number.POSITIVE_INFINITY };
  }
  if (ApiError.is(failure, 'notEventStream', 'redirected', 'refusedByServer') && failuresInARow >= PATIENCE) {
    return { kind: 'poll', tryStreamAgainMs: TRY_AGAIN_MS };
  }
  return { kind: 'retry' };
}

/** The end that an answer stands for, if it stands for one. */
export function endOf(error: ApiError): FeedEnd | undefined {
  if (error.details.status === 204) {
    return 'serverClosed';
  }
  if (error.details.status === 410) {
    return 'notFound';
  }
  switch (error.reason) {
    case 'unauthorized':
    case 'noKey':
    case 'badKey':
      return 'unauthorized';
    case 'forbidden':
      return 'forbidden';
    case 'notFound':
    case 'badId':
      return 'notFound';
    default:
      return undefined;
  }
}

/** Whether an error leaves no doubt that the server has not taken what was posted. */
export function isSettledBy(error: ApiError): boolean {
  return error.details.sent === false || error.details.status !== undefined;
}

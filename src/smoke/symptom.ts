import { ApiError, type ApiErrorReason } from '../api/errors.ts';
import type { HttpMethod } from '../api/operations.ts';
import type { SmokeCheckId } from './checks.ts';
import { type Silence, SilentTurnError } from './silentTurn.ts';

/** Why a check failed, as facts; the runbook makes a cause and a next step of them. */
export interface Symptom {
  readonly check: SmokeCheckId;
  /**
   * A reason of the API layer, or one of our own: the check's time was up, the status was another 2xx than
   * the runbook's, a turn was silent, or something threw that never should.
   */
  readonly reason: ApiErrorReason | Silence | 'timeLimit' | 'otherStatus' | 'unexpected';
  readonly status?: number | undefined;
  readonly serverSaid?: string | undefined;
  readonly requestId?: string | undefined;
  readonly contentType?: string | undefined;
  /** The host that could not be reached, or the origin that a redirect named. */
  readonly origin?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Id or title of a session that could not be archived. */
  readonly leftBehind?: string | undefined;
  readonly method?: HttpMethod | undefined;
  /** Path below the connection's prefix. */
  readonly path?: string | undefined;
}

/** Takes the facts out of what a check threw. */
export function symptomOf(check: SmokeCheckId, error: unknown): Symptom {
  if (error instanceof SilentTurnError) {
    return { check, reason: error.silence, serverSaid: error.serverSaid };
  }
  if (!ApiError.is(error)) {
    return { check, reason: 'unexpected' };
  }
  const { status, serverMessage, requestId, contentType, origin, retryAfterMs, method, path } = error.details;
  return {
    check,
    reason: error.reason,
    status,
    serverSaid: serverMessage,
    requestId,
    contentType,
    origin,
    retryAfterMs,
    method,
    path,
  };
}

/** Whether the server answered that it does not have what was asked for. */
export function isAbsent(symptom: Symptom): boolean {
  return symptom.reason === 'notFound' || symptom.reason === 'notOffered';
}

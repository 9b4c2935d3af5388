import { ApiError, type ApiErrorReason } from '../api/errors.ts';
import type { L10n } from '../l10n.ts';
import { describeError } from '../text/describeError.ts';
import { type ErrorPlace, sentences } from '../text/explanation.ts';
import { assertNever } from '../util/assertNever.ts';
import { type CauseFacts, causeTexts, type SmokeCause } from './causes.ts';
import { silences } from './silentTurn.ts';
import { isAbsent, type Symptom } from './symptom.ts';

/** Causes whose words are those of the catalogue of errors. */
type CatalogueCause =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'tls'
  | 'broken'
  | 'proxyAuth'
  | 'redirected'
  | 'overloaded'
  | 'rateLimited'
  | 'payment'
  | 'noKey'
  | 'connection'
  | 'badId';

/** Everything that a failing check can be put down to. */
export type CauseId = SmokeCause | CatalogueCause;

/** What is probably wrong, and what a person can do about it. */
export interface Diagnosis {
  readonly cause: CauseId;
  readonly likelyCause: string;
  readonly nextStep: string;
}

/** Maps facts to a cause; never looks at the text of a message. */
export function causeOf(symptom: Symptom): CauseId {
  const { reason } = symptom;
  switch (reason) {
    case 'serviceConfig':
      return 'proxyConfig';
    case 'unauthorized':
    case 'forbidden':
      return 'edgeAuth';
    case 'notFound':
      // A path with an id in it can be missing because of the id.
      return isAboutSession(symptom) ? 'sessionUnknown' : 'operationMismatch';
    case 'notOffered':
      return 'operationMismatch';
    case 'invalid':
      // A read of ours carries nothing that could be invalid but its headers.
      return symptom.method === 'POST' ? 'requestInvalid' : 'operationMismatch';
    case 'refused':
    case 'dns':
    case 'unreachable':
    case 'tls':
    case 'proxyAuth':
    case 'redirected':
    case 'rateLimited':
    case 'overloaded':
    case 'conflict':
    case 'otherStatus':
    case 'noKey':
    case 'badId':
    case 'unexpected':
    case 'notPosted':
    case 'nothingArrives':
    case 'buffered':
    case 'noReply':
    case 'turnFailed':
    case 'lost':
      return reason;
    case 'repeated':
      return 'lost';
    case 'cutOff':
      return 'idleCut';
    case 'connectTimeout':
    case 'headersTimeout':
    case 'timeLimit':
      return 'noAnswer';
    case 'reset':
    case 'network':
    case 'cancelled': // ours is told apart before; here the transport gave up by itself
      return 'broken';
    case 'server':
      return 'serverFault';
    case 'paymentRequired':
      return 'payment';
    case 'notJson':
      return 'page';
    case 'notEventStream':
      return isPage(symptom.contentType) ? 'page' : 'wrongContentType';
    case 'malformed':
    case 'responseTooLarge':
    case 'tooLarge':
    case 'refusedByServer':
      return 'unreadable';
    case 'badKey':
      return 'noKey';
    case 'badConnection':
    case 'readOnly': // a full run of a read-only connection is not begun
      return 'connection';
    default:
      return assertNever(reason);
  }
}

/**
 * The cause in words, and the next step.
 * @param cause {@link causeOf} the symptom, or what the whole run points to.
 */
export function diagnose(
  cause: CauseId,
  symptom: Symptom,
  facts: CauseFacts,
  place: ErrorPlace,
  l10n: L10n,
): Diagnosis {
  if (isSmokeCause(cause)) {
    return { cause, ...causeTexts[cause](l10n, facts) };
  }
  const { title, why, next } = describeError(errorOf(symptom), place, l10n);
  return { cause, likelyCause: sentences(title, why), nextStep: next };
}

function isSmokeCause(cause: CauseId): cause is SmokeCause {
  return Object.hasOwn(causeTexts, cause);
}

/** The error behind a symptom, for its words; what the server said is shown beside them. */
function errorOf({ reason, status, origin, retryAfterMs }: Symptom): ApiError {
  // The reasons that are not the API's have words of their own and do not come here.
  return new ApiError(isApiReason(reason) ? reason : 'network', {
    ...(status !== undefined && { status }),
    ...(origin !== undefined && { origin }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function isApiReason(reason: Symptom['reason']): reason is ApiErrorReason {
  return (
    reason !== 'timeLimit' &&
    reason !== 'otherStatus' &&
    reason !== 'unexpected' &&
    !silences.some((silence) => silence === reason)
  );
}

/**
 * Whether the whole surface is gone: something was asked, and everything that was asked is not there.
 * One missing operation is an allow-list's doing; all of them missing is another matter.
 */
export function isRetired(failures: readonly Symptom[], passed: number): boolean {
  return passed === 0 && failures.length > 1 && failures.every(isAbsent);
}

function isAboutSession(symptom: Symptom): boolean {
  return symptom.path?.startsWith('/sessions/') === true;
}

function isPage(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*(?:text\/html|application\/xhtml)/i.test(contentType);
}

import type { HttpMethod } from './operations.ts';

/**
 * Why a call failed, as a closed set that code may branch on. Texts for people are made from it
 * elsewhere; nothing may ever match on a message.
 */
export type ApiErrorReason =
  // what the caller gave us cannot be sent
  | 'noKey' // no key is stored for this connection
  | 'badKey' // the key has a form that no header can carry
  | 'badConnection' // the base URL is not one we may talk to
  | 'badId' // an id that would change the meaning of the path
  | 'readOnly' // the connection is for looking only, and the call would change something
  // the server answered, and said no
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'paymentRequired' // 402
  | 'notFound' // 404
  | 'notOffered' // 405, 410, 501: the server does not have this operation
  | 'conflict' // 409
  | 'invalid' // 400, 422
  | 'tooLarge' // 413
  | 'rateLimited' // 429
  | 'serviceConfig' // 5xx that names the backend's own missing configuration
  | 'server' // any other 5xx
  | 'overloaded' // 503, 529
  | 'proxyAuth' // 407
  | 'redirected' // 3xx: never followed
  | 'refusedByServer' // any other 4xx
  // the server answered, and it cannot be understood
  | 'notJson' // a page or plain text where JSON was due
  | 'malformed' // JSON of another shape
  | 'notEventStream' // a stream was due and the content type is another
  | 'responseTooLarge' // more bytes than we are willing to hold
  // no answer
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'connectTimeout'
  | 'headersTimeout' // the answer, or the rest of it, did not come in time
  | 'tls'
  | 'reset' // the connection broke after it was made
  | 'network' // any other failure below HTTP
  | 'cancelled'; // the caller gave up; never shown, never logged as an error

/** One complaint about one field of a request body. */
export interface FieldError {
  /** Dotted path in the body, without the leading `body`; empty where the server named none. */
  readonly path: string;
  readonly message: string;
}

export interface ApiErrorDetails {
  /** Method and path of the request, without origin, query values or headers. */
  readonly method?: HttpMethod;
  readonly path?: string;
  readonly status?: number;
  /** The server's own code: `details.error_code`, else the error's type. */
  readonly code?: string;
  /** What the server said, as plain text of at most 500 characters. Untrusted. */
  readonly serverMessage?: string;
  readonly requestId?: string;
  readonly fieldErrors?: readonly FieldError[];
  /** Milliseconds that the server asked us to wait, already clamped. */
  readonly retryAfterMs?: number;
  /** False only when no byte of the request can have reached the server. */
  readonly sent?: boolean;
  /** The origin that a redirect or a refused base URL named, or the host that could not be reached. */
  readonly origin?: string;
  /** The content type that came instead of the one that was due. */
  readonly contentType?: string;
  readonly cause?: unknown;
}

/** A part that is loaded later brings a copy of the class along; the mark is what all copies share. */
const mark = Symbol.for('managedAgents.ApiError');

/** The one error that leaves the API layer. */
export class ApiError extends Error {
  readonly [mark] = true;
  override readonly name = 'ApiError';
  readonly reason: ApiErrorReason;
  readonly details: ApiErrorDetails;

  constructor(reason: ApiErrorReason, details: ApiErrorDetails = {}) {
    super(summarise(reason, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.details = details;
  }

  /** Whether a value is such an error, and, where reasons are given, one of those. */
  static is(value: unknown, ...reasons: ApiErrorReason[]): value is ApiError {
    return isMarked(value) && (reasons.length === 0 || reasons.includes(value.reason));
  }
}

function isMarked(value: unknown): value is ApiError {
  return value instanceof Error && mark in value;
}

function summarise(reason: ApiErrorReason, details: ApiErrorDetails): string {
  const request = details.path === undefined ? '' : ` ${details.method ?? 'GET'} ${details.path}`;
  const status = details.status === undefined ? '' : ` ${details.status}`;
  const said = details.serverMessage === undefined ? '' : `: ${details.serverMessage}`;
  return `${reason}${request}${status}${said}`;
}

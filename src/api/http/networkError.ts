import { ApiError, type ApiErrorReason } from '../errors.ts';

/** What each code of Node, OpenSSL and undici means, and whether the request can have been sent by then. */
const codes: readonly (readonly [pattern: RegExp, reason: ApiErrorReason, sent: boolean])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_FAIL)$/, 'dns', false],
  [/^ECONNREFUSED$/, 'refused', false],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/, 'unreachable', false],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connectTimeout', false],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'headersTimeout', true],
  // Where nobody on our side gave up, this is a proxy that would not open a tunnel.
  [/^UND_ERR_ABORTED$/, 'unreachable', false],
  [/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH)/, 'tls', false],
  // With TLS 1.3 the other side's alert can come when the request is already on its way.
  [/^(ERR_SSL_|EPROTO)/, 'tls', true],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|ECONNABORTED|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/,
    'reset',
    true,
  ],
  [/^(HPE_|UND_ERR_|ERR_INVALID_)/, 'network', true],
];

interface Failure {
  readonly code: string;
  /** Whether it befell a connection that stood already, by the system call that failed. */
  readonly stood: boolean;
  /** What a proxy answered instead of opening a tunnel, where the editor says so. */
  readonly proxyStatus: number | undefined;
}

/**
 * Makes an {@link ApiError} of what a transport threw, by its code anywhere in the chain of causes.
 * The cause is kept for the log only, as a name and a code: the error objects of HTTP libraries hold the
 * request with its headers, and with them the key.
 */
export function networkError(error: unknown, signal: AbortSignal, host: string): ApiError {
  if (ApiError.is(error)) {
    return error;
  }
  if (signal.aborted) {
    return ApiError.is(signal.reason) ? signal.reason : new ApiError('cancelled');
  }
  const failures = failuresIn(error);
  for (const { code, stood, proxyStatus } of failures) {
    if (proxyStatus === 407) {
      return new ApiError('proxyAuth', { sent: false, origin: host, code, cause: harmless(error, code) });
    }
    const known = codes.find(([pattern]) => pattern.test(code));
    if (known !== undefined) {
      const [, reason, sent] = known;
      const details = { origin: host, code, cause: harmless(error, code) };
      return stood && isOfConnecting(reason)
        ? new ApiError('reset', { ...details, sent: true })
        : new ApiError(reason, { ...details, sent });
    }
  }
  return new ApiError('network', { sent: true, origin: host, cause: harmless(error, failures[0]?.code) });
}

/** A network that goes away under a connection has the same codes as one that was never there. */
function isOfConnecting(reason: ApiErrorReason): boolean {
  return reason === 'unreachable' || reason === 'connectTimeout';
}

/** The codes of an error, its causes, and the attempts that an AggregateError holds; nearest first. */
function failuresIn(error: unknown, depth = 0): readonly Failure[] {
  if (!(error instanceof Error) || depth > 5) {
    return [];
  }
  const stood = 'syscall' in error && (error.syscall === 'read' || error.syscall === 'write');
  const proxyStatus =
    'connectResponseStatusCode' in error && typeof error.connectResponseStatusCode === 'number'
      ? error.connectResponseStatusCode
      : undefined;
  const own =
    'code' in error && typeof error.code === 'string' ? [{ code: error.code, stood, proxyStatus }] : [];
  const attempts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [...own, ...[error.cause, ...attempts].flatMap((inner) => failuresIn(inner, depth + 1))];
}

function harmless(error: unknown, code: string | undefined): Error {
  return new Error(
    `${error instanceof Error ? error.name : typeof error}${code === undefined ? '' : ` ${code}`}`,
  );
}

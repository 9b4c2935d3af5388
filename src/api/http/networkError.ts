import { ApiError, type ApiErrorReason } from '../errors.ts';

/** What each code of Node, OpenSSL and undici means, and whether the request can have been sent by then. */
const codes: readonly (readonly [pattern: RegExp, reason: ApiErrorReason, sent: boolean])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_FAIL)$/, 'dns', false],
  [/^ECONNREFUSED$/, 'refused', false],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/, 'unreachable', false],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connectTimeout', false],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'headersTimeout', true],
  [/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|EPROTO)/, 'tls', false],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|ECONNABORTED|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/,
    'reset',
    true,
  ],
  [/^(HPE_|UND_ERR_|ERR_INVALID_)/, 'network', true],
];

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
  const codesSeen = errorCodes(error);
  for (const code of codesSeen) {
    const known = codes.find(([pattern]) => pattern.test(code));
    if (known !== undefined) {
      return new ApiError(known[1], { sent: known[2], origin: host, code, cause: harmless(error, code) });
    }
  }
  return new ApiError('network', { sent: true, origin: host, cause: harmless(error, codesSeen[0]) });
}

/** The codes of an error, its causes, and the attempts that an AggregateError holds; nearest first. */
function errorCodes(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 5) {
    return [];
  }
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const attempts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [...own, ...[error.cause, ...attempts].flatMap((inner) => errorCodes(inner, depth + 1))];
}

function harmless(error: unknown, code: string | undefined): Error {
  return new Error(
    `${error instanceof Error ? error.name : typeof error}${code === undefined ? '' : ` ${code}`}`,
  );
}

import type { ApiErrorReason } from '../api/errors.ts';

const requestReasons = ['noKey', 'badKey', 'badConnection', 'badId', 'readOnly', 'cancelled'] as const;
const connectionReasons = [
  'dns',
  'refused',
  'unreachable',
  'connectTimeout',
  'headersTimeout',
  'tls',
  'reset',
  'network',
  'proxyAuth',
] as const;

/** What stopped a request before it went out. */
export type RequestReason = (typeof requestReasons)[number];
/** What stood between us and the server. */
export type ConnectionReason = (typeof connectionReasons)[number];
/** What the server itself answered. */
export type AnswerReason = Exclude<ApiErrorReason, RequestReason | ConnectionReason>;

/** Whether nothing went out at all. */
export function isRequestReason(reason: ApiErrorReason): reason is RequestReason {
  return (requestReasons as readonly string[]).includes(reason);
}

/** Whether nothing came back from the server: the case in which it may be down or out of reach. */
export function isConnectionReason(reason: ApiErrorReason): reason is ConnectionReason {
  return (connectionReasons as readonly string[]).includes(reason);
}

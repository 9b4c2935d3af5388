import type { ApiError } from '../api/errors.ts';
import { decodeErrorAnswer } from '../api/http/decodeError.ts';
import { decodeEvent, type SessionEvent } from '../api/resources/event.ts';
import { boundJson } from '../util/boundJson.ts';
import type { StreamFrame } from './sse.ts';

/** What a frame of a session's stream is. */
export type FrameContent =
  /** `weight`: its size in UTF-16 units of JSON. */
  | { readonly kind: 'event'; readonly event: SessionEvent; readonly weight: number }
  /** A sign of life, or the end marker that some servers send before they close. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly data: string }
  /** The server says what went wrong, and ends the stream behind it. */
  | { readonly kind: 'error'; readonly error: ApiError };

const nothing: FrameContent = { kind: 'nothing' };

/**
 * Reads a frame. What it holds is decided by its JSON, since servers of this API name their frames
 * differently or not at all; only `error` and `ping` mean something by name.
 */
export function readFrame(frame: StreamFrame): FrameContent {
  const { type: name, data } = frame;
  if (name === 'error') {
    return { kind: 'error', error: errorOf(data) };
  }
  if (data === '' || data === '[DONE]' || name === 'ping') {
    return nothing;
  }
  const event = eventIn(data);
  if (event === undefined) {
    return { kind: 'unreadable', data };
  }
  return event.type === 'ping' || event.type === 'heartbeat'
    ? nothing
    : { kind: 'event', event, weight: data.length };
}

function eventIn(data: string): SessionEvent | undefined {
  const bounded = boundJson(data);
  try {
    return bounded === undefined ? undefined : decodeEvent(JSON.parse(bounded));
  } catch {
    return undefined;
  }
}

/** The HTTP status that an error's type stands for (the API's table of errors). */
const statusByType = new Map<string, number>([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['conflict_error', 409],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

function errorOf(data: string): ApiError {
  const said = decodeErrorAnswer(
    { status: 500, header: () => undefined },
    data,
    { method: 'GET', path: '' },
    0,
  );
  const status = statusByType.get(said.details.code ?? '') ?? 500;
  return decodeErrorAnswer({ status, header: () => undefined }, data, { method: 'GET', path: '' }, 0);
}

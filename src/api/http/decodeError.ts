import { asArray, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { ApiError, type ApiErrorDetails, type ApiErrorReason, type FieldError } from '../errors.ts';
import type { HttpMethod } from '../operations.ts';
import { parseRetryAfter } from './retryAfter.ts';
import type { HttpResponse } from './transport.ts';

const MAX_MESSAGE = 500;

interface ServerSays {
  readonly message?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly fieldErrors?: readonly FieldError[];
}

/**
 * Makes one error of any answer that says no. Knows Anthropic's envelope, Synth's `detail` as a text, a list
 * or an object, Zod's issues, bare `error` and `message` fields, plain text and HTML; an empty body leaves the
 * status.
 * @param now for a `Retry-After` that names a date, epoch milliseconds.
 * @param clean takes out of a text what nobody may see. It is asked once the texts are decoded, because a server
 * may have escaped them in ways in which nothing is found.
 */
export function decodeErrorAnswer(
  response: Pick<HttpResponse, 'status' | 'header'>,
  body: string,
  request: { readonly method: HttpMethod; readonly path: string },
  now: number,
  clean: (text: string) => string = (text) => text,
): ApiError {
  const said = cleaned(readAnswer(body), clean);
  const requestId = requestIdOf(response) ?? said.requestId;
  const retryAfterMs = parseRetryAfter(response, now);
  const location =
    response.status >= 300 && response.status < 400 ? originOf(response.header('location')) : undefined;
  const details: ApiErrorDetails = {
    method: request.method,
    path: request.path,
    status: response.status,
    sent: true,
    ...(said.message !== undefined && { serverMessage: said.message }),
    ...(said.code !== undefined && { code: said.code }),
    ...(said.fieldErrors !== undefined && { fieldErrors: said.fieldErrors }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(location !== undefined && { origin: location }),
  };
  return new ApiError(reasonOf(response.status, said), details);
}

function cleaned(said: ServerSays, clean: (text: string) => string): ServerSays {
  const { message, code, requestId, fieldErrors } = said;
  return {
    ...(message !== undefined && { message: clean(message) }),
    ...(code !== undefined && { code: clean(code) }),
    ...(requestId !== undefined && { requestId: clean(requestId) }),
    ...(fieldErrors !== undefined && {
      fieldErrors: fieldErrors.map((each) => ({ path: clean(each.path), message: clean(each.message) })),
    }),
  };
}

/** The id by which the server's people can find the request; servers disagree on the header's name. */
export function requestIdOf(response: Pick<HttpResponse, 'header'>): string | undefined {
  const id = asText(response.header('request-id')) ?? asText(response.header('x-request-id'));
  return id === undefined ? undefined : plain(id).slice(0, 128);
}

function reasonOf(status: number, said: ServerSays): ApiErrorReason {
  if (status >= 300 && status < 400) {
    return 'redirected';
  }
  if (status >= 500 && said.message?.includes('HORIZONS_PRIVATE_') === true && status !== 501) {
    return 'serviceConfig';
  }
  const known = byStatus.get(status);
  return known ?? (status >= 500 ? 'server' : 'refusedByServer');
}

const byStatus = new Map<number, ApiErrorReason>([
  [400, 'invalid'],
  [401, 'unauthorized'],
  [402, 'paymentRequired'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [405, 'notOffered'],
  [407, 'proxyAuth'],
  [409, 'conflict'],
  [410, 'notOffered'],
  [413, 'tooLarge'],
  [422, 'invalid'],
  [429, 'rateLimited'],
  [501, 'notOffered'],
  [503, 'overloaded'],
  [529, 'overloaded'],
]);

function readAnswer(body: string): ServerSays {
  const trimmed = body.trim();
  if (trimmed === '') {
    return {};
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch {
    return { message: clip(plain(withoutTags(trimmed)), 200) };
  }
  const object = asObject(parsed);
  if (object === undefined) {
    return typeof parsed === 'string' ? { message: clip(plain(parsed)) } : {};
  }
  const requestId = asText(field(object, 'request_id'));
  return {
    ...readFields(object, 0),
    ...(requestId !== undefined && { requestId: clip(plain(requestId), 128) }),
  };
}

function readFields(object: JsonObject, depth: number): ServerSays {
  const error = field(object, 'error');
  const detail = field(object, 'detail');
  // Where a text stands beside `error`, that is only the status in words.
  const message =
    asText(field(object, 'message')) ?? asText(field(object, 'msg')) ?? asText(error) ?? asText(detail);
  const code =
    asText(field(asObject(field(object, 'details')), 'error_code')) ??
    asText(field(object, 'code')) ??
    asText(field(object, 'kind')) ??
    (depth > 0 ? asText(field(object, 'type')) : undefined);
  const own = {
    ...(message !== undefined && { message: clip(plain(message)) }),
    ...(code !== undefined && { code: clip(plain(code), 100) }),
  };
  const inner = asObject(error) ?? asObject(detail);
  if (inner !== undefined && depth < 3) {
    return { ...own, ...readFields(inner, depth + 1) };
  }
  const lists = [detail, field(object, 'issues'), field(object, 'errors'), error, listIn(message)];
  return { ...own, ...readFieldErrors(asArray(lists.find(Array.isArray))) };
}

/** Zod's errors carry their issues as JSON in the message. */
function listIn(message: string | undefined): unknown {
  if (message?.startsWith('[') !== true) {
    return undefined;
  }
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

/**
 * FastAPI's list of `{loc, msg, type}`, Zod's of `{path, message, code}`, or one of texts. The leading `body`
 * of a location says nothing to a person.
 */
function readFieldErrors(list: readonly unknown[]): ServerSays {
  const entries = list.slice(0, 20).map((entry) => ({ object: asObject(entry), text: asText(entry) }));
  const fieldErrors = entries
    .map(({ object, text }): FieldError => {
      const steps = [...asArray(field(object, 'loc')), ...asArray(field(object, 'path'))].map(String);
      const path = (steps[0] === 'body' ? steps.slice(1) : steps).join('.');
      const message = text ?? asText(field(object, 'msg')) ?? asText(field(object, 'message')) ?? '';
      return { path: clip(plain(path), 100), message: clip(plain(message), 200) };
    })
    .filter(({ path, message }) => path !== '' || message !== '');
  if (fieldErrors.length === 0) {
    return {};
  }
  const first = entries[0]?.object;
  const code = asText(field(first, 'type')) ?? asText(field(first, 'code'));
  const message = fieldErrors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return { fieldErrors, message: clip(message), ...(code !== undefined && { code: clip(plain(code), 100) }) };
}

function originOf(location: string | undefined): string | undefined {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : undefined;
}

/** Only for reading: an error page's text without its markup. Linear, and never parsed as HTML. */
function withoutTags(text: string): string {
  return text
    .slice(0, 8_192)
    .replace(/<(script|style)\b[^<]*(?:<(?!\/\1)[^<]*)*/gi, ' ')
    .replace(/<[^<>]*>/g, ' ');
}

/** One line without control characters, which could forge lines in a log or colours in a terminal. */
function plain(text: string): string {
  return text
    .slice(0, 16_384)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function clip(text: string, limit = MAX_MESSAGE): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

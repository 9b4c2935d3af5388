import { asNumber, asObject, field, type JsonObject } from '../util/json.ts';
import { invalid } from './errors.ts';
import type { LogPosition } from './eventLog.ts';
import type { ListPosition } from './paging.ts';

/**
 * What a cursor belongs to: the list, its order and its time window. The real service refuses a cursor
 * that is used with another order or window; its limit and other filters may change.
 */
export interface CursorScope {
  readonly list: string;
  readonly order: string;
  readonly window: string;
}

function encode(scope: CursorScope, position: JsonObject): string {
  const body = { l: scope.list, o: scope.order, w: scope.window, ...position };
  return `page_${Buffer.from(JSON.stringify(body)).toString('base64url')}`;
}

function decode(scope: CursorScope, text: string): JsonObject {
  const body = text.startsWith('page_') ? parse(text.slice('page_'.length)) : undefined;
  if (body === undefined || field(body, 'l') !== scope.list) {
    throw invalid('page: not a cursor of this list');
  }
  if (field(body, 'o') !== scope.order) {
    throw invalid('page: the cursor was made for another order');
  }
  if (field(body, 'w') !== scope.window) {
    throw invalid('page: the cursor was made for another created_at window');
  }
  return body;
}

function parse(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function index(body: JsonObject, name: string): number {
  const value = asNumber(field(body, name));
  if (value === undefined || !Number.isSafeInteger(value) || value < 0) {
    throw invalid('page: not a cursor of this list');
  }
  return value;
}

export function encodeListCursor(scope: CursorScope, position: ListPosition): string {
  return encode(scope, { a: position.at, b: position.back ? 1 : 0 });
}

/** @throws SandboxError of kind `invalid` for a cursor that is not from this list, order and window. */
export function decodeListCursor(scope: CursorScope, text: string): ListPosition {
  const body = decode(scope, text);
  return { at: index(body, 'a'), back: index(body, 'b') === 1 };
}

export function encodeLogCursor(scope: CursorScope, position: LogPosition): string {
  return encode(scope, {
    p: position.processed,
    ...(position.queued === undefined ? {} : { q: position.queued }),
  });
}

/** @throws SandboxError of kind `invalid` for a cursor that is not from this list, order and window. */
export function decodeLogCursor(scope: CursorScope, text: string): LogPosition {
  const body = decode(scope, text);
  const processed = index(body, 'p');
  return Object.hasOwn(body, 'q') ? { processed, queued: index(body, 'q') } : { processed };
}

import { asArray, asNumber, asObject, asText, field, type JsonObject, type JsonValue } from '../util/json.ts';

/** Where the next page of a list begins: the query parameter to add, and its value. */
export interface Cursor {
  readonly parameter: 'page' | 'cursor' | 'after_id' | 'after_sequence';
  readonly value: string;
}

/** One page of a list, items still as they came. */
export interface RawPage {
  readonly items: readonly JsonValue[];
  readonly next: Cursor | undefined;
}

/** One page of a list of known things. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: Cursor | undefined;
  /** Entries that could not be understood, and are not among the items. */
  readonly skipped: number;
}

/**
 * Takes a list answer of any known server apart. The items stand under `data`, `events`, `items`, the
 * resource's plural, or are the answer itself; the cursor is `next_page`, `next_cursor`,
 * `next_after_sequence`, or `last_id` together with `has_more`.
 * Answers undefined where there is no list at all.
 */
export function decodePage(answer: unknown, plural: string): RawPage | undefined {
  if (Array.isArray(answer)) {
    return { items: answer as JsonValue[], next: undefined };
  }
  const object = asObject(answer);
  if (object === undefined) {
    return undefined;
  }
  const next = nextCursor(object);
  const names = ['data', 'events', 'items', plural];
  for (const name of names) {
    const list = field(object, name);
    if (Array.isArray(list)) {
      return { items: list, next };
    }
  }
  // A list that is null, or missing beside what belongs to a page, or an empty object, is an empty page.
  const isEmptyPage =
    Object.keys(object).length === 0 ||
    names.some((name) => field(object, name) === null) ||
    ['next_page', 'has_more'].some((name) => Object.hasOwn(object, name)) ||
    next !== undefined;
  return isEmptyPage ? { items: [], next } : undefined;
}

function nextCursor(page: JsonObject): Cursor | undefined {
  const named = asText(field(page, 'next_page'));
  if (named !== undefined) {
    return { parameter: 'page', value: named };
  }
  const cursor = asText(field(page, 'next_cursor'));
  if (cursor !== undefined) {
    return { parameter: 'cursor', value: cursor };
  }
  const sequence = asNumber(field(page, 'next_after_sequence'));
  if (sequence !== undefined) {
    return { parameter: 'after_sequence', value: String(sequence) };
  }
  const last = asText(field(page, 'last_id'));
  return last !== undefined && field(page, 'has_more') === true
    ? { parameter: 'after_id', value: last }
    : undefined;
}

/** Refuses a cursor that was already followed, since a server that repeats one would be read for ever. */
export class CursorGuard {
  private readonly seen = new Set<string>();

  /** True the first time a cursor is seen; false when it was followed before. */
  admit(cursor: Cursor): boolean {
    const key = `${cursor.parameter}=${cursor.value}`;
    if (this.seen.has(key)) {
      return false;
    }
    this.seen.add(key);
    return true;
  }
}

/** The number of entries that an answer to a POST echoed back, and the entries. */
export function echoedItems(answer: unknown): readonly JsonValue[] {
  return decodePage(answer, 'events')?.items ?? asArray(answer);
}

import type { Row } from '../../src/transcript/row.ts';

/** Positions `from` (inclusive) to `end` (exclusive). */
export interface Span {
  readonly from: number;
  readonly end: number;
}

/** Rows that lie next to each other, the first at position `from`. */
export interface Slice {
  readonly from: number;
  readonly rows: readonly Row[];
}

export function sliceEnd(slice: Slice): number {
  return slice.from + slice.rows.length;
}

export function spanOf(slice: Slice): Span {
  return { from: slice.from, end: sliceEnd(slice) };
}

export function isSameSpan(one: Span, other: Span | undefined): boolean {
  return one.from === other?.from && one.end === other.end;
}

export function rowAt(slice: Slice, at: number): Row | undefined {
  return at < slice.from ? undefined : slice.rows[at - slice.from];
}

export function withRow(slice: Slice, at: number, row: Row): Slice {
  if (rowAt(slice, at) === undefined) {
    return slice;
  }
  return { from: slice.from, rows: slice.rows.with(at - slice.from, row) };
}

/** Both slices as one where they touch or overlap (the newer wins), else the newer alone. */
export function merged(older: Slice, newer: Slice): Slice {
  if (newer.rows.length === 0) {
    return older;
  }
  const olderEnd = sliceEnd(older);
  const newerEnd = sliceEnd(newer);
  if (older.rows.length === 0 || newer.from > olderEnd || newerEnd < older.from) {
    return newer;
  }
  const before = older.rows.slice(0, Math.max(0, newer.from - older.from));
  const after = older.rows.slice(Math.max(0, newerEnd - older.from));
  return { from: Math.min(older.from, newer.from), rows: [...before, ...newer.rows, ...after] };
}

/** The part of a slice that lies inside a span. */
export function clipped(slice: Slice, span: Span): Slice {
  const from = Math.max(slice.from, span.from);
  const end = Math.min(sliceEnd(slice), span.end);
  if (from === slice.from && end === sliceEnd(slice)) {
    return slice;
  }
  return from >= end
    ? { from: span.from, rows: [] }
    : { from, rows: slice.rows.slice(from - slice.from, end - slice.from) };
}

/** At most `size` positions out of `whole`, with the middle of `around` as near to the middle as the ends allow. */
export function spanAround(whole: Span, around: Span, size: number): Span {
  const middle = Math.floor((around.from + around.end) / 2);
  const from = Math.max(whole.from, Math.min(middle - Math.floor(size / 2), whole.end - size));
  return { from, end: Math.min(whole.end, from + size) };
}

/** How near the reader may come to an edge of what the page holds before more is asked for. */
const NEAR_EDGE = 40;

/**
 * What the page should hold for a reader at `reader`, or undefined where what it holds will do.
 * `whole` are the rows that exist, `held` those that the page has.
 */
export function wantedSpan(whole: Span, held: Span, reader: Span, size: number): Span | undefined {
  const nearStart = held.from > whole.from && reader.from < held.from + NEAR_EDGE;
  const nearEnd = held.end < whole.end && reader.end > held.end - NEAR_EDGE;
  if ((!nearStart && !nearEnd) || whole.from >= whole.end) {
    return undefined;
  }
  return spanAround(whole, reader, size);
}

/** The piece of `wanted` that is not held: one side where they touch, all of it where they do not. */
export function missingPart(held: Span, wanted: Span): Span {
  const apart = held.from >= held.end || wanted.from > held.end || wanted.end < held.from;
  if (apart || (wanted.from < held.from && wanted.end > held.end)) {
    return wanted;
  }
  return wanted.from < held.from
    ? { from: wanted.from, end: held.from }
    : { from: Math.min(held.end, wanted.end), end: wanted.end };
}

/**
 * Rows drawn beyond the visible ones on each side: as many again, since rows so tall that few are seen are also
 * heavy; and how near to the edge a reader may come.
 */
const LEAST_OVERSCAN = 5;
const MOST_OVERSCAN = 15;
const MARGIN = 3;
const MOST_DRAWN = 100;

/** Who follows rows that pour in sees the last ones, and nothing around them is worth its drawing. */
export function pouredSpan(held: Span, visible: Span): Span {
  const end = Math.min(visible.end, held.end);
  return { from: Math.min(end, Math.max(held.from, visible.from - MARGIN)), end };
}

/** Where nothing is drawn yet, so many rows are the first ones. */
const FIRST_ROWS = 5;

/**
 * What to draw first where nothing, or little more, is drawn yet: the rows where the reader begins, then all that
 * are seen. Everything takes long when it is done for the first time, and one drawing of all would be felt.
 * Undefined where the beginning is made.
 */
export function firstSpan(held: Span, visible: Span, drawn: Span): Span | undefined {
  const from = Math.max(visible.from, held.from);
  const end = Math.min(visible.end, held.end);
  if (drawn.from >= drawn.end) {
    const isAtEnd = end === held.end;
    const first = isAtEnd
      ? { from: Math.max(from, end - FIRST_ROWS), end }
      : { from, end: Math.min(end, from + FIRST_ROWS) };
    return from < end ? first : undefined;
  }
  const isFirst = drawn.end - drawn.from <= FIRST_ROWS && drawn.from >= from && drawn.end <= end;
  return isFirst && drawn.end - drawn.from < end - from ? { from, end } : undefined;
}

/** Whether a reader sees the edge of what is drawn, and more could be drawn there. */
export function showsEdge(held: Span, onScreen: Span, drawn: Span): boolean {
  const isEdge =
    (onScreen.from === drawn.from && drawn.from > held.from) ||
    (onScreen.end === drawn.end && drawn.end < held.end);
  return isEdge && drawn.end - drawn.from < MOST_DRAWN;
}

/** Which of the held rows to put in the document. What is drawn already is kept as long as it will do. */
export function drawnSpan(held: Span, visible: Span, drawn: Span): Span {
  const seen = visible.end - visible.from;
  const overscan = Math.min(MOST_OVERSCAN, Math.max(LEAST_OVERSCAN, seen));
  const kept = { from: Math.max(drawn.from, held.from), end: Math.min(drawn.end, held.end) };
  const coversStart = kept.from === held.from || kept.from <= visible.from - MARGIN;
  const coversEnd = kept.end === held.end || kept.end >= visible.end + MARGIN;
  const isFew = kept.end - kept.from <= seen + 2 * overscan + 2 * MARGIN;
  if (coversStart && coversEnd && isFew && kept.end > kept.from) {
    return kept;
  }
  const from = Math.max(held.from, Math.min(visible.from - overscan, held.end - 2 * overscan));
  const end = Math.min(held.end, Math.max(visible.end + overscan, held.from + 2 * overscan));
  return { from, end: Math.min(end, from + MOST_DRAWN) };
}

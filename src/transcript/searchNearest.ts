import { foldMapped } from './searchFold.ts';
import type { Matcher } from './searchMatcher.ts';

/** What is known of a match besides itself: see `RowMatch`. */
export interface MatchContext {
  readonly before: string;
  readonly after: string;
  readonly twin: number;
}

/** A piece of a text, in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** What stands around a match must agree at least half, or in so many characters next to it. */
const ENOUGH = 6;

/**
 * Finds a match again in a text that is nearly the one in which it was found: drawn, written as JSON, or with
 * words of the page between. Of those that look alike the one with the same number is it.
 */
export function nearestMatch(text: string, matcher: Matcher, wanted: MatchContext): TextSpan | undefined {
  const mapped = foldMapped(text, matcher.matchCase);
  const starts = matcher.all(mapped.folded);
  const best = nearestOf(mapped.folded, starts, matcher.needle.length, wanted);
  const at = best === undefined ? undefined : starts[best];
  return at === undefined
    ? undefined
    : { start: mapped.start(at), end: mapped.end(at + matcher.needle.length - 1) };
}

/** Which of the matches it is, by its index; undefined where none is near enough. */
export function nearestOf(
  folded: string,
  starts: readonly number[],
  length: number,
  { before, after, twin }: MatchContext,
): number | undefined {
  let best = -1;
  let alike: number[] = [];
  for (const [index, at] of starts.entries()) {
    const agreement = commonEnd(folded, at, before) + commonStart(folded, at + length, after);
    if (agreement > best) {
      best = agreement;
      alike = [];
    }
    if (agreement === best) {
      alike.push(index);
    }
  }
  const enough = Math.min(ENOUGH, (before.length + after.length) / 2);
  return best < enough ? undefined : alike[Math.min(twin, alike.length - 1)];
}

function commonEnd(folded: string, end: number, before: string): number {
  let count = 0;
  while (
    count < before.length &&
    count < end &&
    folded[end - 1 - count] === before[before.length - 1 - count]
  ) {
    count += 1;
  }
  return count;
}

function commonStart(folded: string, start: number, after: string): number {
  let count = 0;
  while (count < after.length && folded[start + count] === after[count]) {
    count += 1;
  }
  return count;
}

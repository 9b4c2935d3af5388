import type { PaintedMark } from './pageProbe.ts';

/**
 * For each of the events from `first` on: when the first sight of it, or of one behind it, was had. What was
 * passed over, because many came at once, counts as seen with what came instead.
 */
export function firstSights(seen: readonly PaintedMark[], first: number, count: number): readonly number[] {
  const sights = new Array<number>(count).fill(Number.POSITIVE_INFINITY);
  let from = 0;
  for (const { mark, at } of seen) {
    const index = Math.min(count - 1, mark - first);
    for (; from <= index; from += 1) {
      sights[from] = at;
    }
  }
  return sights;
}

/** The differences of two lists of moments, in milliseconds. */
export function between(from: readonly number[], to: readonly number[]): readonly number[] {
  return from.map((at, index) => (to[index] ?? Number.POSITIVE_INFINITY) - at);
}

/**
 * The time of day in milliseconds, to a fraction of one, as far as processes of one machine can agree on it.
 * `Date.now` alone knows whole milliseconds only; the moments at which it steps tell the rest.
 */
export function wallClock(): () => number {
  let offset = Number.NEGATIVE_INFINITY;
  const until = performance.now() + 20;
  while (performance.now() < until) {
    offset = Math.max(offset, Date.now() - performance.now());
  }
  return () => performance.now() + offset;
}

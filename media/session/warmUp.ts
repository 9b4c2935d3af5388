import type { Clock } from '../../src/util/clock.ts';
import type { Format } from './format.ts';

/** The browser loads tables with the first formatter of a kind: better while the host is asked than behind it. */
export function warmUp(format: Format, clock: Clock): void {
  const now = clock.now();
  const loads = [
    () => format.rough(1_000),
    () => format.time(now),
    () => format.compact(1_200),
    () => format.day(now, now),
  ];
  for (const load of loads) {
    clock.after(0, load);
  }
}

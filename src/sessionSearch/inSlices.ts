import { type Clock, sleep } from '../util/clock.ts';

/** Longest time for which others have to wait, in milliseconds. */
const SLICE_MS = 8;
/** Between two slices, in which others work. */
const PAUSE_MS = 1;

/** Runs work to its end in short slices. Rejects with the signal's reason where it is aborted between two. */
export async function inSlices<T>(
  work: Generator<undefined, T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const began = clock.now();
    do {
      const step = work.next();
      if (step.done === true) {
        return step.value;
      }
    } while (clock.now() - began < SLICE_MS);
    await sleep(clock, PAUSE_MS, signal);
  }
}

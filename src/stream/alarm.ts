import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';

/** A timer that fires this late has slept: the machine was suspended. */
const SLEPT_MS = 30_000;
/** Longest time without a look, so that a sleep is noticed. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 50;

/** One timer for everything that is due, so that an idle session hardly ever wakes the editor. */
export class Alarm implements Disposable {
  private readonly clock: Clock;
  private readonly ring: (slept: boolean) => void;
  private timer: Disposable | undefined;

  /** @param ring called when something is due; `slept` where that is long past, as after a suspension. */
  constructor(clock: Clock, ring: (slept: boolean) => void) {
    this.clock = clock;
    this.ring = ring;
  }

  /** Rings at a time (epoch milliseconds), or in a minute at the latest. Replaces what was set before. */
  set(at: number): void {
    this.timer?.dispose();
    const now = this.clock.now();
    const due = Math.max(now + SHORTEST_MS, Math.min(at, now + LONGEST_MS));
    this.timer = this.clock.after(due - now, () => this.ring(this.clock.now() - due > SLEPT_MS));
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}

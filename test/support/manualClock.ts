import type { Clock } from '../../src/util/clock.ts';
import { type Disposable, toDisposable } from '../../src/util/disposable.ts';

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  private time: number;
  private readonly timers = new Set<{ readonly due: number; readonly callback: () => void }>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  /** Timers that are waiting. */
  get pending(): number {
    return this.timers.size;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): Disposable {
    const timer = { due: this.time + ms, callback };
    this.timers.add(timer);
    return toDisposable(() => this.timers.delete(timer));
  }

  /** Lets time pass as a suspended machine does: what falls due is called once, at the end, late. */
  sleep(ms: number): void {
    this.time += ms;
    this.advance(0);
  }

  /** Lets time pass; what falls due in it is called in its order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) {
        break;
      }
      this.timers.delete(next);
      this.time = Math.max(this.time, next.due);
      next.callback();
    }
    this.time = end;
  }
}

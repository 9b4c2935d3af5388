import { ApiError } from '../api/errors.ts';
import { type Clock, sleep } from '../util/clock.ts';

/** Where a server names no time. */
const PAUSE_MS = 5_000;
/** Beyond this the person decides. */
const LONGEST_MS = 120_000;
/** So often in a row a limit is waited for. */
const PATIENCE = 5;

/** Lets a few requests through at a time, and one at a time once the server has said that it is too much. */
export class RateGate {
  private readonly clock: Clock;
  private readonly changed: (until: number | undefined) => void;
  private width: number;
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private until = 0;
  private refusals = 0;

  /**
   * @param width how many requests may be under way.
   * @param changed told when waiting begins, with its end in epoch milliseconds, and when it is over.
   */
  constructor(clock: Clock, width: number, changed: (until: number | undefined) => void) {
    this.clock = clock;
    this.width = width;
    this.changed = changed;
  }

  /** Runs a request, again after a pause where the server asks for one. Throws what it fails with at last. */
  async run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.enter();
    try {
      for (;;) {
        await this.pause(signal);
        try {
          const answer = await request();
          this.refusals = 0;
          return answer;
        } catch (error) {
          this.note(error);
        }
      }
    } finally {
      this.leave();
    }
  }

  /** A new beginning, on the user's wish: what was refused before is asked again. */
  reset(): void {
    this.refusals = 0;
    this.until = 0;
  }

  /** Throws whatever is no limit that passes. */
  private note(error: unknown): void {
    if (!ApiError.is(error, 'rateLimited')) {
      throw error;
    }
    const pause = error.details.retryAfterMs ?? PAUSE_MS;
    this.refusals += 1;
    this.width = 1;
    if (pause > LONGEST_MS || this.refusals > PATIENCE) {
      throw error;
    }
    this.until = Math.max(this.until, this.clock.now() + pause);
  }
  private async pause(signal: AbortSignal): Promise<void> {
    let left = this.until - this.clock.now();
    if (left <= 0) {
      return;
    }
    for (; left > 0; left = this.until - this.clock.now()) {
      this.changed(this.until);
      await sleep(this.clock, left, signal);
    }
    this.changed(undefined);
  }

  private async enter(): Promise<void> {
    while (this.active >= this.width) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.active += 1;
  }

  private leave(): void {
    this.active -= 1;
    this.waiting.shift()?.();
  }
}

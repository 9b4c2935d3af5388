import type { Clock } from '../../util/clock.ts';

const PER_SECOND = 100;
const BURST = 200;

/** How many messages a page may send: plenty for a person, nothing for a loop gone wild. */
export class RateLimit {
  private readonly clock: Clock;
  private tokens = BURST;
  private at: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.at = clock.now();
  }

  admit(): boolean {
    const now = this.clock.now();
    const passed = Math.max(0, now - this.at); // a clock that is set back takes nothing away
    this.tokens = Math.min(BURST, this.tokens + (passed / 1000) * PER_SECOND);
    this.at = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens--;
    return true;
  }
}

import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';

/** Changes that come this close together go out together: two messages per frame of the screen at most. */
const TOGETHER_MS = 8;
/** Batches that may be under way before the page has said that it applied them. */
const CREDIT = 2;

/**
 * Decides when a page is sent what has changed. The first change of a quiet spell goes at once, later ones
 * wait a moment for each other; a page that does not keep up is sent nothing until it says so, and then
 * everything in one.
 */
export class Flow implements Disposable {
  private readonly clock: Clock;
  private readonly flush: () => void;
  private readonly togetherMs: number;
  private timer: Disposable | undefined;
  private lastAt = Number.NEGATIVE_INFINITY;
  private unacknowledged: number[] = [];
  private isDue = false;
  private isOpen = false;

  /** @param togetherMs changes that come closer together than this, in milliseconds, go out together. */
  constructor(clock: Clock, flush: () => void, togetherMs = TOGETHER_MS) {
    this.clock = clock;
    this.flush = flush;
    this.togetherMs = togetherMs;
  }

  /** The page is there and knows everything up to now. */
  open(): void {
    this.isOpen = true;
    this.unacknowledged = [];
    this.isDue = false;
  }

  /** The page is gone or out of sight: nothing is sent, and nothing piles up. */
  close(): void {
    this.isOpen = false;
    this.timer?.dispose();
    this.timer = undefined;
  }

  /** Something changed. */
  request(): void {
    this.isDue = true;
    this.arrange();
  }

  /** A batch went out; `seq` is its last number. */
  sent(seq: number): void {
    this.unacknowledged.push(seq);
  }

  /** The page has applied everything up to `seq`. */
  acknowledged(seq: number): void {
    this.unacknowledged = this.unacknowledged.filter((each) => each > seq);
    this.arrange();
  }

  dispose(): void {
    this.close();
  }

  private arrange(): void {
    if (!this.isOpen || !this.isDue || this.timer !== undefined || this.unacknowledged.length >= CREDIT) {
      return;
    }
    // Never longer than that, also where the machine's clock was set back.
    const wait = Math.min(this.togetherMs, this.lastAt + this.togetherMs - this.clock.now());
    if (wait <= 0) {
      this.go();
    } else {
      this.timer = this.clock.after(wait, () => {
        this.timer = undefined;
        this.go();
      });
    }
  }

  private go(): void {
    this.isDue = false;
    this.lastAt = this.clock.now();
    this.flush();
  }
}

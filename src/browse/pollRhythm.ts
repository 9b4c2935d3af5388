import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';

/** The pause between two polls while something is going on, in milliseconds. */
const FASTEST_POLL_MS = 5_000;
/** The longest pause, reached step by step while nothing changes or the server fails. */
const SLOWEST_POLL_MS = 60_000;

export type PollOutcome = 'changed' | 'same' | 'failed';

export interface RhythmOptions {
  readonly clock: Clock;
  /** Asks once. A rejection counts as a failure. */
  readonly poll: () => Promise<PollOutcome>;
  /** Whether something runs or waits, so that a change is near. */
  readonly isBusy: () => boolean;
}

/**
 * When to ask a server again whose answers somebody looks at. Invariants: nothing is asked while nobody looks,
 * one request is under way at a time, and the pause begins when the answer has come.
 */
export class PollRhythm implements Disposable {
  private readonly options: RhythmOptions;
  private isSeen = false;
  private isPolling = false;
  private isDisposed = false;
  private pause = FASTEST_POLL_MS;
  private lastRead = Number.NEGATIVE_INFINITY;
  private timer: Disposable | undefined;

  constructor(options: RhythmOptions) {
    this.options = options;
  }

  /** When the next poll is due, in epoch milliseconds; undefined where none is planned. */
  get nextPollAt(): number | undefined {
    return this.timer === undefined ? undefined : this.dueAt;
  }

  /** Whether anybody looks. Who looks again after a while gets a poll at once. */
  setSeen(isSeen: boolean): void {
    if (isSeen !== this.isSeen) {
      this.isSeen = isSeen;
      this.pause = FASTEST_POLL_MS;
      this.plan();
    }
  }

  /** The server was read by other means: the pause begins anew. */
  noteRead(): void {
    this.lastRead = this.options.clock.now();
    this.pause = FASTEST_POLL_MS;
    this.plan();
  }

  /** Something is going on: the next poll comes as soon as any may. */
  stir(): void {
    if (this.pause > FASTEST_POLL_MS) {
      this.pause = FASTEST_POLL_MS;
      this.plan();
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.timer?.dispose();
    this.timer = undefined;
  }

  private get dueAt(): number {
    return Math.max(this.options.clock.now(), this.lastRead + this.pause);
  }

  private plan(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.isSeen && !this.isPolling && !this.isDisposed) {
      const { clock } = this.options;
      this.timer = clock.after(this.dueAt - clock.now(), () => void this.beat());
    }
  }

  private async beat(): Promise<void> {
    this.timer = undefined;
    this.isPolling = true;
    let outcome: PollOutcome;
    try {
      outcome = await this.options.poll();
    } catch {
      outcome = 'failed';
    }
    this.isPolling = false;
    this.lastRead = this.options.clock.now();
    const isCalm = outcome === 'failed' || (outcome === 'same' && !this.options.isBusy());
    this.pause = isCalm ? Math.min(this.pause * 2, SLOWEST_POLL_MS) : FASTEST_POLL_MS;
    this.plan();
  }
}

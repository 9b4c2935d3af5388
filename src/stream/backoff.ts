const FLOOR_MS = 1_000;
const CEILING_MS = 30_000;
/** A connection that lived this long has proved itself: its loss is a first loss. */
const PROVEN_MS = 10_000;
/** What a server's `retry:` field may ask for at the least and at the most. */
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 60_000;

/**
 * How long to wait before connecting again: growing, jittered, with a floor, so that neither a server that
 * closes at once nor one that asks for `retry: 1` can make a storm. Only a connection that has proved itself
 * sets the growth back.
 */
export class Backoff {
  private readonly random: () => number;
  private failures = 0;
  private serverMs: number | undefined;

  /** @param random from 0 (inclusive) to 1 (exclusive). */
  constructor(random: () => number) {
    this.random = random;
  }

  /** Failures in a row so far. */
  get attempt(): number {
    return this.failures;
  }

  /** Takes the reconnection time that a stream asked for, in milliseconds, clamped. */
  serverAsks(ms: number): void {
    this.serverMs = Math.min(RETRY_MAX_MS, Math.max(RETRY_MIN_MS, ms));
  }

  /**
   * Counts a failure and answers with the pause after it, in milliseconds.
   * @param livedMs how long the connection stood; 0 where it never did.
   * @param atLeastMs what the server asked for with its answer (`Retry-After`), already clamped.
   */
  next(livedMs: number, atLeastMs = 0): number {
    if (livedMs >= PROVEN_MS) {
      this.failures = 0;
    }
    const growth = Math.min(CEILING_MS, FLOOR_MS * 2 ** Math.min(this.failures, 10));
    this.failures++;
    const jittered = FLOOR_MS + this.random() * (growth - FLOOR_MS / 2);
    return Math.round(Math.max(jittered, atLeastMs, this.serverMs ?? 0));
  }

  /** Forgets the failures: the user asked to try now, or the session has just answered well for a while. */
  reset(): void {
    this.failures = 0;
  }
}

const LEARN_FROM = 3;
const REMEMBER = 8;
const TOLERANCE = 2.5;
const SHORTEST_LIMIT_MS = 10_000;
/** Silence that is suspicious where no heartbeat is known, and silence that is too long anywhere. */
const UNKNOWN_LIMIT_MS = 60_000;
const LONGEST_LIMIT_MS = 300_000;

/**
 * Judges the silence of a stream by its bytes, since comments are heartbeats and a stalled connection looks
 * open to every layer below. Learns the server's own rhythm from chunks that brought no event.
 */
export class Heartbeat {
  private gaps: number[] = [];
  private lastAt: number;

  constructor(now: number) {
    this.lastAt = now;
  }

  get lastByteAt(): number {
    return this.lastAt;
  }

  /** @param quiet true where the bytes held no event: a comment, a ping, or part of something. */
  bytes(now: number, quiet: boolean): void {
    if (quiet && now > this.lastAt) {
      this.gaps = [...this.gaps.slice(1 - REMEMBER), now - this.lastAt];
    }
    this.lastAt = now;
  }

  /** Whether the server has shown a rhythm, so that its silence means something. */
  get isLearned(): boolean {
    return this.gaps.length >= LEARN_FROM;
  }

  /** Silence after which something must be done, in milliseconds. */
  get limitMs(): number {
    if (!this.isLearned) {
      return UNKNOWN_LIMIT_MS;
    }
    return Math.min(LONGEST_LIMIT_MS, Math.max(SHORTEST_LIMIT_MS, TOLERANCE * Math.max(...this.gaps)));
  }

  /** What the present silence calls for: nothing, a look at history, or a new connection. */
  judge(now: number): 'fine' | 'ask' | 'dead' {
    const silence = now - this.lastAt;
    if (silence < this.limitMs) {
      return 'fine';
    }
    return this.isLearned || silence >= LONGEST_LIMIT_MS ? 'dead' : 'ask';
  }
}

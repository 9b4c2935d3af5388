import type { SaidRow } from './saidRow.ts';
import type { Stamp } from './freshness.ts';

/** What is kept of one session. */
export interface KeptSession {
  readonly stamp: Stamp;
  /** Rows in which the text may be found, whatever its case: all that have it, and few others. */
  rowsWith(text: string): readonly SaidRow[];
}

/** Where the texts of sessions are kept between searches, so that those that did not change are not read again. */
export interface SessionCache {
  /** What is kept, or undefined where that is nothing of use. Never rejects. */
  read(sessionId: string): Promise<KeptSession | undefined>;
  /** Keeps a session. Throws a {@link CacheError}. */
  write(sessionId: string, stamp: Stamp, rows: readonly SaidRow[]): Promise<void>;
  /** Notes that what is kept of a session is still all of it. Never rejects. */
  renew(sessionId: string, stamp: Stamp): Promise<void>;
  /** Forgets a session. Never rejects. */
  remove(sessionId: string): Promise<void>;
}

/** Why nothing can be kept. */
export class CacheError extends Error {
  override readonly name = 'CacheError';
  readonly reason: 'full' | 'failed';

  constructor(reason: 'full' | 'failed', cause: unknown) {
    super(cause instanceof Error ? cause.message : reason, { cause });
    this.reason = reason;
  }
}

import { ApiError } from '../api/errors.ts';
import type { Clock } from '../util/clock.ts';
import { DisposableStore, toDisposable } from '../util/disposable.ts';

/** Thrown by {@link withTimeLimit} when the time is up. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

export interface TimeLimit {
  readonly clock: Clock;
  readonly ms: number;
  /** Gives up early when this is aborted. */
  readonly signal: AbortSignal;
  /** Milliseconds that the work may still take after `signal` is aborted; none where not given. */
  readonly graceMs?: number | undefined;
}

/**
 * Runs `work` until it settles, its time is up, or the caller gives up; its own signal is aborted in the
 * latter two cases. Does not wait for work that ignores its signal.
 * @throws TimeLimitError when the time is up; ApiError `cancelled` when the caller gave up.
 */
export async function withTimeLimit<T>(
  limit: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const owned = new DisposableStore();
  const given = new Promise<never>((_, reject) => {
    const stop = (error: Error) => {
      reject(error);
      controller.abort();
    };
    const cancel = () => {
      const leave = () => stop(new ApiError('cancelled'));
      if (limit.graceMs === undefined) {
        leave();
      } else {
        owned.add(limit.clock.after(limit.graceMs, leave));
      }
    };
    owned.add(limit.clock.after(limit.ms, () => stop(new TimeLimitError('The time of a check is up'))));
    if (limit.signal.aborted) {
      cancel();
    } else {
      limit.signal.addEventListener('abort', cancel, { once: true });
      owned.add(toDisposable(() => limit.signal.removeEventListener('abort', cancel)));
    }
  });
  try {
    return await Promise.race([given, work(controller.signal)]);
  } finally {
    owned.dispose();
  }
}

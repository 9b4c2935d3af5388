import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until a check holds: until it neither throws nor rejects nor answers `false`. Answers what the
 * check answered. When time is up, throws what the check threw last.
 */
export async function eventually<T>(
  check: () => T | false | Promise<T | false>,
  options: { readonly timeoutMs?: number; readonly intervalMs?: number } = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 5_000;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown = new Error(`Still false after ${timeoutMs} ms`);
    try {
      const result = await check();
      if (result !== false) {
        return result;
      }
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) {
      throw failure;
    }
    await delay(options.intervalMs ?? 5);
  }
}

import { eventually } from '../../support/eventually.ts';

/** The answer of work that has so long; afterwards an error says what did not come. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`In ${ms / 1_000} s there came no ${what}.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks until a check answers something else than `false`. What never comes is named in the error, also where it is
 * the check itself that never ends, as in a page that has no time for questions.
 */
export async function waitFor<T>(
  what: string,
  check: () => T | false | Promise<T | false>,
  { timeoutMs = 30_000, intervalMs = 50 } = {},
): Promise<T> {
  // The check's own error says more than ours, where it has one.
  return await within(timeoutMs + 5_000, what, eventually(check, { timeoutMs, intervalMs })).catch(
    (error: unknown) => {
      throw new Error(`Waited in vain for: ${what}`, { cause: error });
    },
  );
}

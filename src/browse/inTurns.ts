/**
 * Does one thing for each item, a few at a time, beginning in the order given. Ends early when the signal is
 * aborted: what has begun is waited for, the rest is not begun.
 */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) {
      if (signal?.aborted === true) {
        return;
      }
      await task(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

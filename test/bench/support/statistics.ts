/** The value below which a share of the values lies, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  const value = sorted[rank - 1];
  if (value === undefined) {
    throw new Error('Nothing was measured.');
  }
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of what `measure` says of each. */
export function medianOf<T>(values: readonly T[], measure: (value: T) => number): number {
  return median(values.map(measure));
}

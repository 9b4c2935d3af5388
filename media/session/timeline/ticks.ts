import type { Stretch } from './timeWindow.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that people count time in, in milliseconds. */
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY),
];

/** How precise the labels of an axis must be. */
export type Precision = 'millisecond' | 'second' | 'minute' | 'day';

export interface Axis {
  readonly precision: Precision;
  /** Epoch milliseconds, on round times of the reader's clock. */
  readonly ticks: readonly number[];
}

/** @param most ticks for which there is room. */
export function axisOf({ from, to }: Stretch, most: number): Axis {
  const least = (to - from) / Math.max(1, most);
  const step = steps.find((each) => each >= least) ?? Math.ceil(least / (365 * DAY)) * 365 * DAY;
  const shift = new Date(from).getTimezoneOffset() * MINUTE;
  const ticks: number[] = [];
  for (let tick = Math.ceil((from - shift) / step) * step + shift; tick <= to; tick += step) {
    ticks.push(tick);
  }
  return { precision: precisionOf(step), ticks };
}

function precisionOf(step: number): Precision {
  if (step < SECOND) {
    return 'millisecond';
  }
  return step < MINUTE ? 'second' : step < DAY ? 'minute' : 'day';
}

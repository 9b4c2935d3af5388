import type { HttpResponse } from './transport.ts';

const SHORTEST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long a server asks to be left alone: `retry-after-ms`, else `Retry-After` in seconds or as a date
 * (RFC 9110 section 10.2.3). Clamped to 1 s to 5 min; undefined where nothing sensible was said.
 * @param now epoch milliseconds, for the date form.
 */
export function parseRetryAfter(response: Pick<HttpResponse, 'header'>, now: number): number | undefined {
  const ms = wholeNumber(response.header('retry-after-ms'));
  if (ms !== undefined) {
    return clamp(ms);
  }
  const text = response.header('retry-after');
  const seconds = wholeNumber(text);
  if (seconds !== undefined) {
    return clamp(seconds * 1000);
  }
  const date = httpDate(text);
  return Number.isNaN(date) ? undefined : clamp(date - now);
}

/** The three forms of an HTTP date begin with a weekday; anything else is noise that Date.parse would guess at. */
function httpDate(text: string | undefined): number {
  if (text === undefined || !/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? /.test(text)) {
    return Number.NaN;
  }
  // The form of C's asctime names no zone, and GMT is meant.
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function clamp(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms));
}

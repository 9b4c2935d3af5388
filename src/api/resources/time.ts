/** The latest time that a `Date` can hold. */
const LATEST_MS = 8.64e15;

/**
 * A time from the wire as milliseconds since the epoch, or undefined where there is none.
 * Seen on servers of this API: RFC 3339, `YYYY-MM-DD hh:mm:ss` meaning UTC, and epoch seconds or milliseconds.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === 'number' && value > 0 && value <= LATEST_MS) {
    return value < 1e11 ? value * 1000 : value;
  }
  // Anything that does not begin with a date is noise that Date.parse would guess at.
  if (typeof value !== 'string' || value.length > 64 || !/^\d{4}-\d{2}-\d{2}/.test(value)) {
    return undefined;
  }
  const utc = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : value;
  const time = Date.parse(utc);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * A time from the wire as milliseconds since the epoch, or undefined where there is none.
 * Seen on servers of this API: RFC 3339, `YYYY-MM-DD hh:mm:ss` meaning UTC, and epoch seconds or milliseconds.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
    return value < 1e11 ? value * 1000 : value;
  }
  if (typeof value !== 'string' || value.length > 64) {
    return undefined;
  }
  const utc = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : value;
  const time = Date.parse(utc);
  return Number.isNaN(time) ? undefined : time;
}

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
  if (typeof value === 'string') {
    const usual = usualTime(value);
    if (usual !== undefined) {
      return usual;
    }
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

/** Days before each month of a year that is no leap year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/**
 * The form that nearly every event has, `YYYY-MM-DDThh:mm:ssZ` with or without three digits behind the second,
 * read digit by digit: to recognise and parse it by general means would cost as much as parsing the event's
 * JSON. Undefined for everything else, also for days that not every month has.
 */
function usualTime(text: string): number | undefined {
  const hasFraction = text.length === 24 && text[19] === '.' && text[23] === 'Z';
  if (!hasFraction && !(text.length === 20 && text[19] === 'Z')) {
    return undefined;
  }
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') {
    return undefined;
  }
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const fraction = hasFraction ? digits(text, 20, 3) : 0;
  const before = DAYS_BEFORE[month - 1];
  // Years before 1972 are nobody's, and would need more care with leap days.
  const isPlain = year >= 1972 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60;
  if (before === undefined || !isPlain || !(fraction >= 0)) {
    return undefined;
  }
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477;
  const days = (year - 1970) * 365 + leapDays + before + (isLeap && month > 2 ? 1 : 0) + day - 1;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + fraction;
}

/** A number of so many digits, or NaN where something else stands there. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) {
      return Number.NaN;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** Times and numbers as the reader's language writes them. */
export interface Format {
  /** "14:02" */
  time(at: number): string;
  /** "Friday, 21 November 2026, 14:02:31" */
  full(at: number): string;
  /** "Today", "Yesterday" or a date. */
  day(at: number, now: number): string;
  /** "40ms", "0.4s", "41s", "2m 41s" */
  duration(ms: number): string;
  /** The same in one unit: "41s", "2m", "3h" */
  rough(ms: number): string;
  /** "48.2K" */
  compact(value: number): string;
  /** "31,204" */
  number(value: number): string;
  /** "$5.00", of whole cents. */
  money(cents: number, currency: string): string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export function createFormat(locale: string): Format {
  const safe = supported(locale);
  const dates = (options: Intl.DateTimeFormatOptions) =>
    lazily<[number]>(() => new Intl.DateTimeFormat(safe, options));
  const numbers = (options?: Intl.NumberFormatOptions) =>
    lazily<[number]>(() => new Intl.NumberFormat(safe, options));
  const time = dates({ hour: '2-digit', minute: '2-digit' });
  const full = dates({ dateStyle: 'full', timeStyle: 'medium' });
  const near = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const far = dates({ dateStyle: 'long' });
  const relative = lazily<[number, Intl.RelativeTimeFormatUnit]>(
    () => new Intl.RelativeTimeFormat(safe, { numeric: 'auto' }),
  );
  const compact = numbers({ notation: 'compact', maximumFractionDigits: 1 });
  const number = numbers();
  const unit = (name: string, digits: number) =>
    numbers({ style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits });
  const thousandths = unit('millisecond', 0);
  const [tenths, seconds, minutes, hours] = [
    unit('second', 1),
    unit('second', 0),
    unit('minute', 0),
    unit('hour', 0),
  ];
  return {
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    day: (at, now) => {
      const days = dayNumber(at) - dayNumber(now);
      if (days === 0 || days === -1) {
        return capitalised(relative.format(days, 'day'), safe);
      }
      return (new Date(at).getFullYear() === new Date(now).getFullYear() ? near : far).format(at);
    },
    duration: (ms) => {
      const whole = Math.max(0, ms);
      if (whole > 0 && whole < 95) {
        return thousandths.format(Math.round(whole));
      }
      if (whole < 10 * SECOND) {
        return tenths.format(Math.round(whole / 100) / 10);
      }
      if (whole < MINUTE) {
        return seconds.format(Math.floor(whole / SECOND));
      }
      return whole < HOUR
        ? `${minutes.format(Math.floor(whole / MINUTE))} ${seconds.format(Math.floor((whole % MINUTE) / SECOND))}`
        : `${hours.format(Math.floor(whole / HOUR))} ${minutes.format(Math.floor((whole % HOUR) / MINUTE))}`;
    },
    rough: (ms) => {
      const [unitMs, format] =
        ms < MINUTE ? [SECOND, seconds] : ms < HOUR ? [MINUTE, minutes] : [HOUR, hours];
      return format.format(Math.floor(Math.max(0, ms) / unitMs));
    },
    compact: (value) => compact.format(value),
    number: (value) => number.format(value),
    money: (cents, currency) => {
      // A server may name a currency that is none.
      const code = /^[A-Za-z]{3}$/.test(currency) ? currency : 'USD';
      return new Intl.NumberFormat(safe, { style: 'currency', currency: code }).format(cents / 100);
    },
  };
}

/** Makes a formatter when it is used first: each takes a millisecond or more, and the first paint needs few. */
function lazily<Args extends unknown[]>(
  make: () => { format(...args: Args): string },
): {
  format(...args: Args): string;
} {
  let made: { format(...args: Args): string } | undefined;
  return { format: (...args) => (made ??= make()).format(...args) };
}

/** Days since the epoch by the local calendar. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * HOUR));
}

function capitalised(text: string, locale: string): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
}

/** A locale the host names may be none that Intl accepts; a page without times would be worse. */
function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Times, gaps and sizes of the log, as the reader's language writes them. */
export interface LogFormat {
  /** "14:02:31.204" */
  time(at: number): string;
  /** "Friday, 20 November 2026, 14:02:31.204" */
  full(at: number): string;
  /** "176ms", "6.25s", "2m 14s"; never negative. */
  gap(ms: number): string;
  /** "412 B", "1.1 kB" */
  size(bytes: number): string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** @param duration how longer gaps are written. */
export function createLogFormat(locale: string, duration: (ms: number) => string): LogFormat {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
  const time = new Intl.DateTimeFormat(locale, { ...clock, hourCycle: 'h23' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const [milliseconds, hundredths, tenths] = [unit('millisecond', 0), unit('second', 2), unit('second', 1)];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    time: (at) => time.format(at),
    full: (at) => `${date.format(at)}, ${time.format(at)}`,
    gap: (ms) => {
      if (ms < SECOND) {
        return milliseconds.format(ms);
      }
      if (ms < 10 * SECOND) {
        return hundredths.format(Math.floor(ms / 10) / 100);
      }
      return ms < MINUTE ? tenths.format(Math.floor(ms / 100) / 10) : duration(ms);
    },
    size: (bytes) => {
      const { value, step, digits } = scaled(bytes);
      return `${(digits === 0 ? whole : tenth).format(value)} ${SYMBOLS[step] ?? ''}`;
    },
  };
}

const SYMBOLS = ['B', 'kB', 'MB'];

function scaled(bytes: number): { readonly value: number; readonly step: number; readonly digits: 0 | 1 } {
  const step = bytes < 1_000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1_000 ** step;
  return { value, step, digits: step === 0 || value >= 99.95 ? 0 : 1 };
}

import { createLogFormat } from '../log/logFormat.ts';
import { textWidth } from './textWidth.ts';
import type { Precision } from './ticks.ts';

/** How the axis and the range are written. */
export interface AxisFormat {
  /** A tick: as precise as the step to the next one. */
  readonly label: (at: number, precision: Precision) => string;
  readonly widthOf: (text: string) => number;
  /** The day and the time to the second. */
  readonly moment: (at: number) => string;
  /** The time to the second. */
  readonly time: (at: number) => string;
}

export function createAxisFormat(locale: string): AxisFormat {
  const clock = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...options });
  const minute = clock({});
  const second = clock({ second: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const exact = createLogFormat(locale, String);
  return {
    label: (at, precision) => {
      switch (precision) {
        case 'millisecond':
          return exact.time(at);
        case 'second':
          return second.format(at);
        case 'day':
          return day.format(at);
        default:
          // Midnight is where another day begins.
          return isMidnight(at) ? day.format(at) : minute.format(at);
      }
    },
    widthOf: textWidth,
    moment: (at) => `${moment.format(at)}, ${second.format(at)}`,
    time: (at) => second.format(at),
  };
}

function isMidnight(at: number): boolean {
  const date = new Date(at);
  return date.getHours() === 0 && date.getMinutes() === 0;
}

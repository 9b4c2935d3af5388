import type { L10n } from '../l10n.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, in one coarse unit: "now", "3 min", "2 h", "5 d". */
export function age(since: number, now: number, l10n: L10n): string {
  const past = Math.max(0, now - since);
  if (past < MINUTE) {
    return l10n.t('now');
  }
  if (past < HOUR) {
    return l10n.t('{count} min', { count: Math.floor(past / MINUTE) });
  }
  if (past < DAY) {
    return l10n.t('{count} h', { count: Math.floor(past / HOUR) });
  }
  return l10n.t('{count} d', { count: Math.floor(past / DAY) });
}

/** A moment in the user's own time zone and manner of writing. */
export function moment(time: number, locale?: string): string {
  const key = locale ?? '';
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    formats.set(key, format);
  }
  return format.format(time);
}

/** Making a format costs more than drawing the row that needs it. */
const formats = new Map<string, Intl.DateTimeFormat>();

import type { L10n } from '../l10n.ts';

type Span = 'today' | 'week' | 'month';
type Status = 'running' | 'idle' | 'rescheduling' | 'active' | 'terminated';

/** A span of time as part of a sentence about a filter. */
export function spanText(span: Span, l10n: L10n): string {
  switch (span) {
    case 'today':
      return l10n.t('today');
    case 'week':
      return l10n.t('last 7 days');
    case 'month':
      return l10n.t('last 30 days');
  }
}

/** A status as part of a sentence about a filter; the same words as in the rows. */
export function statusText(status: Status, l10n: L10n): string {
  switch (status) {
    case 'running':
      return l10n.t('running');
    case 'idle':
      return l10n.t('idle');
    case 'rescheduling':
      return l10n.t('rescheduling');
    case 'active':
      return l10n.t('active');
    case 'terminated':
      return l10n.t('ended');
  }
}

/** Names in a row: "agent, status and date". */
export function joined(names: readonly string[], l10n: L10n): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined || before.length === 0) {
    return last ?? '';
  }
  return l10n.t('{names} and {last}', { names: before.reverse().join(', '), last });
}

import type { Grouping } from '../../browse/arrangeSessions.ts';
import type { L10n } from '../../l10n.ts';
import { visible } from '../../text/visible.ts';

type GroupBy = Exclude<Grouping, 'none'>;

/** Names of what sessions refer to, as far as they are known. */
export interface Names {
  agent(id: string): string | undefined;
  environment(id: string): string | undefined;
}

/** What a group's heading says. */
export function groupText(groupBy: GroupBy, key: string, names: Names, l10n: L10n): string {
  switch (groupBy) {
    case 'agent':
      return key === '' ? l10n.t('No agent named') : visible(names.agent(key) ?? key, 80);
    case 'environment':
      return key === '' ? l10n.t('No environment named') : visible(names.environment(key) ?? key, 80);
    case 'status':
      return statusHeading(key, l10n);
    case 'date':
      return periodHeading(key, l10n);
  }
}

export function groupIcon(groupBy: GroupBy): string {
  return { agent: 'hubot', environment: 'server-environment', status: 'pulse', date: 'calendar' }[groupBy];
}

function statusHeading(key: string, l10n: L10n): string {
  const headings: Readonly<Record<string, string>> = {
    running: l10n.t('Running'),
    rescheduling: l10n.t('Rescheduling'),
    active: l10n.t('Active'),
    idle: l10n.t('Idle'),
    terminated: l10n.t('Ended'),
    archived: l10n.t('Archived'),
  };
  return headings[key] ?? l10n.t('Other status');
}

function periodHeading(period: string, l10n: L10n): string {
  switch (period) {
    case 'today':
      return l10n.t('Today');
    case 'yesterday':
      return l10n.t('Yesterday');
    case 'week':
      return l10n.t('Last 7 days');
    case 'month':
      return l10n.t('Last 30 days');
    case 'older':
      return l10n.t('Older');
    default:
      return l10n.t('Date unknown');
  }
}

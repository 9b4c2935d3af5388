import type { Session } from '../api/resources/session.ts';
import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import { visible } from './visible.ts';

/** What a session is doing, in one or two words. A word that only the server knows is shown as it is. */
export function sessionStatusText(session: Session, l10n: L10n): string {
  if (session.archivedAt !== undefined) {
    return l10n.t('archived');
  }
  switch (session.status) {
    case 'idle':
      return l10n.t('idle');
    case 'running':
      return l10n.t('running');
    case 'rescheduling':
      return l10n.t('rescheduling');
    case 'terminated':
      return l10n.t('ended');
    case 'active':
      return l10n.t('active');
    case 'other':
      return session.statusText === undefined ? l10n.t('status unknown') : visible(session.statusText, 40);
    default:
      return assertNever(session.status);
  }
}

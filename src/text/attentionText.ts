import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import { visible } from './visible.ts';

/** "2 running · 1 needs you"; a part that is zero is left out. */
export function countsText(
  { running, needsYou }: { readonly running: number; readonly needsYou: number },
  l10n: L10n,
): string {
  const parts = [
    ...(running > 0 ? [l10n.t('{count} running', { count: running })] : []),
    ...(needsYou === 1 ? [l10n.t('1 needs you')] : []),
    ...(needsYou > 1 ? [l10n.t('{count} need you', { count: needsYou })] : []),
  ];
  return parts.join(' · ');
}

/** What the badge of the view says when the pointer rests on it. */
export function badgeText(needsYou: number, l10n: L10n): string {
  return needsYou === 1
    ? l10n.t('1 session waits for you')
    : l10n.t('{count} sessions wait for you', { count: needsYou });
}

interface NoticeFacts {
  readonly kind: 'needsYou' | 'finished' | 'failed';
  readonly sessionId: string;
  readonly title: string | undefined;
}

/** How many sessions a message names. */
const NAMED = 3;

/** One message for all of it: by name where it is one session, else counted, with the first names. */
export function noticeText(notices: readonly NoticeFacts[], l10n: L10n): string {
  const [first] = notices;
  if (first !== undefined && notices.length === 1) {
    return oneText(first, l10n);
  }
  const count = (kind: NoticeFacts['kind']) => notices.filter((notice) => notice.kind === kind).length;
  const counts = [
    countsText({ running: 0, needsYou: count('needsYou') }, l10n),
    count('failed') === 0 ? '' : l10n.t('{count} failed', { count: count('failed') }),
    count('finished') === 0 ? '' : l10n.t('{count} finished', { count: count('finished') }),
  ].filter((part) => part !== '');
  const names = notices.slice(0, NAMED).map(nameOf);
  return l10n.t('Sessions: {counts}. {names}', {
    counts: counts.join(' · '),
    names: [...names, ...(notices.length > NAMED ? ['…'] : [])].join(', '),
  });
}

function oneText(notice: NoticeFacts, l10n: L10n): string {
  const title = nameOf(notice);
  switch (notice.kind) {
    case 'needsYou':
      return l10n.t('“{title}” needs you.', { title });
    case 'finished':
      return l10n.t('“{title}” has finished.', { title });
    default:
      return l10n.t('“{title}” has failed.', { title });
  }
}

function nameOf({ title, sessionId }: NoticeFacts): string {
  return visible(title ?? sessionId, 60);
}

/** What a session was seen to do, in one or two words. */
export function activityText(
  activity: 'running' | 'needsYou' | 'idle' | 'failed' | 'ended',
  l10n: L10n,
): string {
  switch (activity) {
    case 'running':
      return l10n.t('running');
    case 'needsYou':
      return l10n.t('needs you');
    case 'idle':
      return l10n.t('idle');
    case 'failed':
      return l10n.t('failed');
    case 'ended':
      return l10n.t('ended');
    default:
      return assertNever(activity);
  }
}

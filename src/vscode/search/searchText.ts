import type { SearchPhase, SearchState } from '../../sessionSearch/searchState.ts';
import type { L10n } from '../../l10n.ts';
import { assertNever } from '../../util/assertNever.ts';

/** Numbers in words: one and many are said differently in every language. */
export function hitsText(count: number, l10n: L10n): string {
  return count === 1 ? l10n.t('1 hit') : l10n.t('{count} hits', { count });
}

/** How far a search is: "12 of 340 sessions, 7 hits". */
export function progressText(state: SearchState, l10n: L10n): string {
  const { searched, size, isListed } = state;
  const hits = hitsText(state.hits, l10n);
  if (state.phase.kind === 'done' && searched === size) {
    return size === 1
      ? l10n.t('1 session, {hits}', { hits })
      : l10n.t('{count} sessions, {hits}', { count: size, hits });
  }
  return isListed
    ? l10n.t('{searched} of {size} sessions, {hits}', { searched, size, hits })
    : l10n.t('{searched} of more than {size} sessions, {hits}', { searched, size, hits });
}

/** What the phase of a search adds to that; nothing where it goes on or is done. */
export function phaseText(phase: SearchPhase, now: number, l10n: L10n): string | undefined {
  switch (phase.kind) {
    case 'running':
    case 'done':
    case 'failed':
      return undefined;
    case 'waiting':
      return l10n.t('The server asked to wait {seconds} s.', {
        seconds: Math.max(1, Math.ceil((phase.until - now) / 1_000)),
      });
    case 'stopped':
      return l10n.t('Stopped.');
    default:
      return assertNever(phase);
  }
}

/** What a search has to say besides what it found, each as a line with more in its tooltip. */
export interface SearchNote {
  readonly key: string;
  readonly icon: string;
  readonly label: string;
  readonly tooltip?: string;
  /** Whether to go on is what helps. */
  readonly goesOn?: boolean;
}

export function notesOf(state: SearchState, lacksArchived: boolean, l10n: L10n): readonly SearchNote[] {
  const { phase, gone, partial, cacheProblem, lacksOrder } = state;
  const notes: SearchNote[] = [];
  if (phase.kind === 'done' && state.hits === 0) {
    notes.push({ key: 'nothing', icon: 'info', label: l10n.t('Nothing found') });
  }
  if (phase.kind === 'stopped') {
    notes.push({
      key: 'stopped',
      icon: 'debug-continue',
      label: l10n.t('Stopped. Go on'),
      tooltip: l10n.t('Searches the sessions that are left. What was found stays.'),
      goesOn: true,
    });
  }
  if (gone > 0) {
    notes.push({
      key: 'gone',
      icon: 'trash',
      label: l10n.t('Deleted while searched: {count}', { count: gone }),
      tooltip: l10n.t('These sessions were on the list and are no longer on the server.'),
    });
  }
  if (partial > 0) {
    notes.push({
      key: 'partial',
      icon: 'warning',
      label: l10n.t('Searched in part: {count}', { count: partial }),
      tooltip: l10n.t(
        'The history of these sessions is longer than can be held, or the server gave only a part of it.',
      ),
    });
  }
  if (lacksArchived) {
    notes.push({
      key: 'archived',
      icon: 'info',
      label: l10n.t('Archived sessions are not listed by this server'),
    });
  }
  if (lacksOrder) {
    notes.push({
      key: 'order',
      icon: 'info',
      label: l10n.t('Changed sessions are read whole'),
      tooltip: l10n.t('This server cannot give the newest events of a session alone.'),
    });
  }
  if (cacheProblem !== undefined) {
    notes.push({
      key: 'cache',
      icon: 'warning',
      label:
        cacheProblem === 'full'
          ? l10n.t('Not kept: the disk is full')
          : l10n.t('Not kept: the search cache cannot be written'),
      tooltip: l10n.t('The search itself is complete. The next one has to read these sessions again.'),
    });
  }
  return notes;
}

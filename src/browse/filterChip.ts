import type { L10n } from '../l10n.ts';
import { joined, spanText, statusText } from '../text/browseText.ts';
import { visible } from '../text/visible.ts';
import type { BrowseState } from './browseState.ts';
import { type FilterPart, partsOf } from './sessionFilter.ts';

/**
 * What the view says about its filter: what is shown, and who filters. Sorting and grouping only know what was
 * read, and say so. Empty where everything is as it comes.
 * @param byServer undefined while the server has not answered.
 * @param unclear how many sessions are left out because nobody knows what they do.
 */
export function filterChip(
  state: BrowseState,
  byServer: ReadonlySet<FilterPart> | undefined,
  l10n: L10n,
  unclear = 0,
): string {
  const left =
    unclear === 0
      ? ''
      : l10n.t('Left out, since only “active” is known of them: {count}.', { count: unclear });
  return [filtering(state, byServer, l10n), left, arranging(state, l10n)]
    .filter((text) => text !== '')
    .join(' ');
}

function filtering(
  { sessions, archivedAgents, archivedEnvironments }: BrowseState,
  byServer: ReadonlySet<FilterPart> | undefined,
  l10n: L10n,
): string {
  const words = [
    ...(sessions.agent === undefined
      ? []
      : [l10n.t('agent “{name}”', { name: visible(sessions.agent.name, 40) })]),
    ...(sessions.statuses.length === 0
      ? []
      : [sessions.statuses.map((status) => statusText(status, l10n)).join(', ')]),
    ...(sessions.span === undefined ? [] : [spanText(sessions.span, l10n)]),
    ...archivedWords(sessions.showsArchived, archivedAgents, archivedEnvironments, l10n),
  ];
  if (words.length === 0) {
    return '';
  }
  const filter = l10n.t('Filter: {parts}.', { parts: words.join(' · ') });
  const where = byServer === undefined ? '' : whoFilters(partsOf(sessions), byServer, l10n);
  return where === '' ? filter : `${filter} ${where}`;
}

function archivedWords(sessions: boolean, agents: boolean, environments: boolean, l10n: L10n): string[] {
  const kinds = [
    ...(sessions ? [l10n.t('sessions')] : []),
    ...(agents ? [l10n.t('agents')] : []),
    ...(environments ? [l10n.t('environments')] : []),
  ];
  return kinds.length === 0 ? [] : [l10n.t('archived {kinds} too', { kinds: joined(kinds, l10n) })];
}

function whoFilters(parts: readonly FilterPart[], byServer: ReadonlySet<FilterPart>, l10n: L10n): string {
  const narrowing = parts.filter((part) => part !== 'archived');
  const here = narrowing.filter((part) => !byServer.has(part));
  const there = narrowing.filter((part) => byServer.has(part));
  const names = (list: readonly FilterPart[]) =>
    joined(
      list.map((part) => partName(part, l10n)),
      l10n,
    );
  const sentences: string[] = [];
  if (there.length > 0 && here.length === 0) {
    sentences.push(l10n.t('Filtered by the server.'));
  } else if (there.length > 0) {
    sentences.push(l10n.t('Filtered by the server; {parts} here, among those read.', { parts: names(here) }));
  } else if (here.length > 0) {
    sentences.push(l10n.t('Filtered here, among those read.'));
  }
  if (parts.includes('archived') && !byServer.has('archived')) {
    sentences.push(l10n.t('The server does not list archived sessions.'));
  }
  return sentences.join(' ');
}

function partName(part: FilterPart, l10n: L10n): string {
  switch (part) {
    case 'agent':
      return l10n.t('agent');
    case 'status':
      return l10n.t('status');
    case 'date':
      return l10n.t('date');
    case 'archived':
      return l10n.t('archived');
  }
}

function arranging({ groupBy, sortBy }: BrowseState, l10n: L10n): string {
  const by = { created: '', updated: l10n.t('last change'), title: l10n.t('title') }[sortBy];
  const group = {
    none: '',
    agent: l10n.t('agent'),
    environment: l10n.t('environment'),
    status: l10n.t('status'),
    date: l10n.t('date'),
  }[groupBy];
  if (by === '' && group === '') {
    return '';
  }
  if (by === '') {
    return l10n.t('Grouped by {group}, those read so far.', { group });
  }
  return group === ''
    ? l10n.t('Sorted by {order}, those read so far.', { order: by })
    : l10n.t('Grouped by {group} and sorted by {order}, those read so far.', { group, order: by });
}

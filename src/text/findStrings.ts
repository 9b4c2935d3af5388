import type { L10n } from '../l10n.ts';
import type { FindStrings } from '../protocol/findStrings.ts';

/** The texts of the find bar of the session page. */
export function findStrings(l10n: L10n): FindStrings {
  return {
    find: l10n.t('Find in session'),
    placeholder: l10n.t('Find'),
    inConversation: l10n.t('Matches open in the conversation.'),
    matchCase: l10n.t('Match Case ({key})'),
    wholeWord: l10n.t('Match Whole Word ({key})'),
    previous: l10n.t('Previous Match (Shift+Enter)'),
    next: l10n.t('Next Match (Enter)'),
    close: l10n.t('Close (Escape)'),
    noResults: l10n.t('No results'),
    position: l10n.t('{index} of {total}'),
    unknownPosition: l10n.t('? of {total}'),
    found: l10n.t('{total} found for “{text}”'),
    announced: l10n.t('{index} of {total} found for “{text}”'),
    nothingFor: l10n.t('No results found for “{text}”'),
    searching: l10n.t('Searching… {done} of {size}'),
    olderPartial: l10n.t('Older events are not loaded yet.'),
    olderLoading: l10n.t('Older events are still being loaded.'),
    olderIncomplete: l10n.t('Older events could not be read.'),
    notShown: l10n.t('This match is in a part that is not shown here.'),
    showAll: l10n.t('Show all'),
  };
}

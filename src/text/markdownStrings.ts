import type { L10n } from '../l10n.ts';
import type { MarkdownStrings } from '../protocol/markdownStrings.ts';

/** What the page says about the Markdown of messages, in the user's language. */
export function markdownStrings(l10n: L10n): MarkdownStrings {
  return {
    code: l10n.t('Code'),
    codeIn: l10n.t('Code, {language}'),
    hiddenCharacters: l10n.t('Hidden characters'),
    insertAtCursor: l10n.t('Insert at cursor'),
    showMore: l10n.t('Show more'),
    table: l10n.t('Table'),
    taskDone: l10n.t('Done'),
    taskOpen: l10n.t('Not done'),
    wrapLines: l10n.t('Wrap lines'),
  };
}

import type { L10n } from '../l10n.ts';
import { markdownText } from './markdownText.ts';

/** What "Remove All Data" did, as its report needs it. */
export interface ErasedFacts {
  readonly keys: readonly string[];
  readonly machine: readonly string[];
  readonly folder: readonly string[];
  /** What searches had kept, in bytes. */
  readonly searchBytes: number;
  readonly failed: readonly string[];
  /** How many session panels were closed. */
  readonly panels: number;
}

/** The list of what was deleted, as Markdown. Names only. */
export function erasedReport(facts: ErasedFacts, l10n: L10n): string {
  const part = (title: string, names: readonly string[]) => [
    `## ${title} (${String(names.length)})`,
    '',
    ...(names.length === 0 ? [l10n.t('Nothing was there.')] : names.map((name) => `- ${markdownText(name)}`)),
    '',
  ];
  return [
    `# ${l10n.t('What was deleted')}`,
    '',
    ...part(l10n.t('API keys, by connection and address'), facts.keys),
    ...part(l10n.t('Remembered on this machine, for all windows'), facts.machine),
    ...part(l10n.t('Remembered for this folder, drafts included'), facts.folder),
    `## ${l10n.t('Texts of sessions that searches had kept')}`,
    '',
    facts.searchBytes === 0
      ? l10n.t('Nothing was there.')
      : l10n.t('{size} MB', { size: (facts.searchBytes / 1_000_000).toFixed(1) }),
    '',
    ...(facts.failed.length === 0 ? [] : part(l10n.t('Could not be deleted'), facts.failed)),
    `## ${l10n.t('Not deleted')}`,
    '',
    `- ${l10n.t('Your settings, with your own connections in them: they are yours to change.')}`,
    `- ${l10n.t('What is remembered for other folders: run the command there as well.')}`,
    `- ${l10n.t('Anything on a server. Keys stay valid there until you revoke them.')}`,
    '',
    l10n.t('Session panels that were closed: {count}', { count: facts.panels }),
    '',
  ].join('\n');
}

import type { SessionEvent } from '../../api/resources/event.ts';
import type { L10n } from '../../l10n.ts';
import { type ExportHead, jsonDocument, jsonLines } from '../../transcript/export/exportJson.ts';
import { type HeadLine, markdownDocument } from '../../transcript/export/exportMarkdown.ts';
import type { ExportTexts } from '../../transcript/export/exportTexts.ts';
import type { BodySource } from '../../transcript/export/rowMarkdown.ts';
import type { Transcript } from '../../transcript/transcript.ts';

/** What there is to write. */
export interface ExportMaterial {
  readonly head: ExportHead;
  readonly lines: readonly HeadLine[];
  readonly events: Iterable<SessionEvent>;
  /** How many there are, at most. */
  readonly eventCount: number;
  readonly rows: Pick<Transcript, 'first' | 'end' | 'at'>;
  readonly bodies: BodySource;
  readonly texts: ExportTexts;
}

export interface ExportFormat {
  readonly id: string;
  readonly extension: string;
  readonly label: (l10n: L10n) => string;
  readonly detail: (l10n: L10n) => string;
  /** About as many pieces as `total` says, one after the other. Loads what it needs for that. */
  readonly pieces: (material: ExportMaterial) => Iterable<string> | Promise<Iterable<string>>;
  readonly total: (material: ExportMaterial) => number;
}

/** What a session can be exported as. To add one, add an entry. */
export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'markdown',
    extension: 'md',
    label: (l10n) => l10n.t('Markdown'),
    detail: (l10n) => l10n.t('To read: messages, tool calls with their whole results, times and ids'),
    pieces: ({ head, lines, rows, bodies, texts }) => markdownDocument(head, lines, rows, bodies, texts),
    total: ({ rows }) => rows.end - rows.first,
  },
  {
    id: 'html',
    extension: 'html',
    label: (l10n) => l10n.t('Web Page (HTML)'),
    detail: (l10n) => l10n.t('To pass on: one file for any browser, without scripts, readable offline'),
    pieces: async ({ head, lines, rows, bodies, texts }) => {
      const { htmlDocument } = await import('../../transcript/export/html/htmlDocument.ts');
      return htmlDocument(head, lines, rows, bodies, texts);
    },
    total: ({ rows }) => rows.end - rows.first,
  },
  {
    id: 'json',
    extension: 'json',
    label: (l10n) => l10n.t('JSON'),
    detail: (l10n) =>
      l10n.t('One document: the session and all its events as they arrived; can be opened here again'),
    pieces: ({ head, events }) => jsonDocument(head, events),
    total: ({ eventCount }) => eventCount,
  },
  {
    id: 'jsonl',
    extension: 'session.jsonl',
    label: (l10n) => l10n.t('JSON Lines'),
    detail: (l10n) =>
      l10n.t('One event per line as it arrived, for other programs; can be opened here again'),
    pieces: ({ head, events }) => jsonLines(head, events),
    total: ({ eventCount }) => eventCount,
  },
];

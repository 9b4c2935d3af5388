import type { Transcript } from '../transcript.ts';
import type { ExportHead } from './exportJson.ts';
import type { ExportTexts } from './exportTexts.ts';
import { inline, quoted } from './markdownParts.ts';
import { type BodySource, rowMarkdown } from './rowMarkdown.ts';

/** A fact about the session for the top of the document: what it is called, and what it is. */
export type HeadLine = readonly [name: string, value: string];

/**
 * The session as a document to read. One piece per row; rows are made when they are asked for, so that a long
 * session is never held in writing as a whole.
 */
export function* markdownDocument(
  head: ExportHead,
  lines: readonly HeadLine[],
  rows: Pick<Transcript, 'first' | 'end' | 'at'>,
  source: BodySource,
  texts: ExportTexts,
): Generator<string> {
  yield markdownHead(head, lines, texts);
  // Rows that come while this is written belong to the next export.
  const { end } = rows;
  for (let at = rows.first; at < end; at++) {
    const slot = rows.at(at);
    yield slot === undefined || source.event(slot.key) === undefined
      ? ''
      : rowMarkdown(slot.row(), source, texts);
  }
}

/** Title and facts. */
export function markdownHead(
  { title, complete, note }: Pick<ExportHead, 'title' | 'complete'> & Partial<Pick<ExportHead, 'note'>>,
  lines: readonly HeadLine[],
  texts: ExportTexts,
): string {
  const facts = lines.map(([name, value]) => `- ${name}: ${inline(value)}\n`).join('');
  const notes = [...(complete ? [] : [texts.olderMissing]), ...(note === undefined ? [] : [note])];
  const quotation = notes.map((text) => `\n${quoted(text)}\n`).join('');
  return `# ${inline(title)}\n\n${facts}${quotation}\n`;
}

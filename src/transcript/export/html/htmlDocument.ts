import { createHash } from 'node:crypto';
import type { Transcript } from '../../transcript.ts';
import type { ExportHead } from '../exportJson.ts';
import type { HeadLine } from '../exportMarkdown.ts';
import type { ExportTexts } from '../exportTexts.ts';
import type { BodySource } from '../rowMarkdown.ts';
import { htmlStyle } from './htmlStyle.ts';
import { documentPieces, element, type Markup } from './markup.ts';
import { rowHtml } from './rowHtml.ts';

/**
 * The session as one page for any browser: no script, nothing loaded, light or dark as the reader has it. One
 * piece per row, made when it is asked for.
 */
export function htmlDocument(
  head: ExportHead,
  lines: readonly HeadLine[],
  rows: Pick<Transcript, 'first' | 'end' | 'at'>,
  source: BodySource,
  texts: ExportTexts,
): Generator<string> {
  const frame = {
    title: head.title,
    language: texts.language,
    css: htmlStyle,
    cssSha256: createHash('sha256').update(htmlStyle).digest('base64'),
    strings: { mainLabel: head.title },
  };
  return documentPieces(frame, body(head, lines, rows, source, texts));
}

function* body(
  { title, complete, exportedAt, note }: ExportHead,
  lines: readonly HeadLine[],
  rows: Pick<Transcript, 'first' | 'end' | 'at'>,
  source: BodySource,
  texts: ExportTexts,
): Generator<Markup> {
  const notes = [...(complete ? [] : [texts.olderMissing]), ...(note === undefined ? [] : [note])];
  yield element(
    'header',
    { class: 'top' },
    element('h1', {}, title),
    element(
      'dl',
      { class: 'facts' },
      lines.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
    notes.map((text) => element('p', { class: 'note', role: 'note' }, text)),
  );
  // Rows that come while this is written belong to the next export.
  const { end } = rows;
  for (let at = rows.first; at < end; at++) {
    const slot = rows.at(at);
    if (slot !== undefined && source.event(slot.key) !== undefined) {
      yield rowHtml(slot.row(), source, texts);
    }
  }
  yield element('footer', { class: 'end' }, texts.exportedAt(exportedAt));
}

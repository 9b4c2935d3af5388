import type { Transcript } from '../transcript.ts';
import type { ExportTexts } from './exportTexts.ts';
import { type BodySource, rowMarkdown } from './rowMarkdown.ts';

/** Most text of a session that is compared, in UTF-16 units; the editor compares no more with any use. */
const MAX_TEXT = 5 * 1024 * 1024;

/**
 * A transcript in writing without what differs in any two sessions: times, durations and the ids of events. The
 * beginning of it where it is too long.
 */
export function comparableText(
  rows: Pick<Transcript, 'first' | 'end' | 'at'>,
  source: BodySource,
  texts: ExportTexts,
): { readonly text: string; readonly isCut: boolean } {
  const plain: ExportTexts = { ...texts, thoughtFor: texts.thought, duration: () => '', time: () => '' };
  const pieces: string[] = [];
  let length = 0;
  for (let at = rows.first; at < rows.end; at++) {
    const row = rows.at(at)?.row();
    const piece = row === undefined ? '' : rowMarkdown({ ...row, at: null, eventId: null }, source, plain);
    length += piece.length;
    if (length > MAX_TEXT) {
      return { text: pieces.join(''), isCut: true };
    }
    pieces.push(piece);
  }
  return { text: pieces.join(''), isCut: false };
}

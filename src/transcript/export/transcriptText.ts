import type { Transcript } from '../transcript.ts';
import type { ExportTexts } from './exportTexts.ts';
import { type BodySource, rowMarkdown } from './rowMarkdown.ts';

interface Written {
  readonly stamp: string;
  readonly text: string;
}

/** The newest rows in writing. */
export interface NewestText {
  readonly text: string;
  /** True where older rows did not fit. */
  readonly isCut: boolean;
}

/**
 * A transcript in writing that is asked for again and again while the session runs: only rows that changed are
 * written anew.
 */
export class TranscriptText {
  private readonly rows: Pick<Transcript, 'first' | 'end' | 'at'>;
  private readonly source: BodySource;
  private readonly texts: ExportTexts;
  private written = new Map<string, Written>();

  constructor(rows: Pick<Transcript, 'first' | 'end' | 'at'>, source: BodySource, texts: ExportTexts) {
    this.rows = rows;
    this.source = source;
    this.texts = texts;
  }

  /** As many of the newest rows as fit into `limit` UTF-16 units, oldest first; the newest one always, if need be its end. */
  newest(limit: number): NewestText {
    const parts: string[] = [];
    const kept = new Map<string, Written>();
    let length = 0;
    for (let at = this.rows.end - 1; at >= this.rows.first; at--) {
      const slot = this.rows.at(at);
      if (slot === undefined) {
        continue;
      }
      const before = this.written.get(slot.key);
      const now =
        before?.stamp === slot.stamp
          ? before
          : { stamp: slot.stamp, text: rowMarkdown(slot.row(), this.source, this.texts) };
      length += now.text.length;
      if (length > limit) {
        this.written = kept;
        const text = parts.length === 0 ? now.text.slice(-limit).toWellFormed() : parts.reverse().join('');
        return { text, isCut: true };
      }
      kept.set(slot.key, now);
      parts.push(now.text);
    }
    this.written = kept;
    return { text: parts.reverse().join(''), isCut: false };
  }
}

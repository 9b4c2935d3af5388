import type { Patch, RowRange } from './messages.ts';
import type { Row } from '../transcript/row.ts';
import type { Transcript } from '../transcript/transcript.ts';

interface Sent {
  readonly key: string;
  stamp: string;
  /** The text blocks of a message that streams, as the page has them; undefined for other rows. */
  texts: readonly string[] | undefined;
}

/** The transcript as a window sees it. */
export type RowSource = Pick<Transcript, 'first' | 'end' | 'at'>;

interface Rows {
  readonly range: RowRange;
  readonly from: number;
  readonly rows: readonly Row[];
}

/**
 * What one page holds of a transcript, and what must be sent for it to hold the present. Looks only at the
 * rows in the window, so that its work does not depend on the length of the session.
 *
 * The page may hold less than it was sent, never more: changes of rows that it has let go do nothing there.
 * So rows behind the window stay in the books until they are too many, since a page that has said what it
 * holds may not yet have seen what was under way.
 */
export class RowWindow {
  private readonly rows: RowSource;
  private readonly maxRows: number;
  /** What the page was sent and may hold, from position `from`; at most twice the window. */
  private sent: Sent[] = [];
  private from = 0;
  /** What the page last said that it holds, or was given whole. */
  private claim: { readonly from: number; readonly end: number } = { from: 0, end: 0 };
  private range: RowRange = { first: 0, end: 0 };

  constructor(rows: RowSource, maxRows: number) {
    this.rows = rows;
    this.maxRows = maxRows;
  }

  /** The newest rows, for a page that knows nothing yet. */
  open(): Rows {
    const { first, end } = this.rows;
    return this.replace(Math.max(first, end - this.openingSize), end);
  }

  /**
   * Rows by range, in answer to a page that scrolls. Rows that touch the window extend it; others become it.
   * The page says what it keeps.
   */
  read(from: number, end: number): Rows {
    const range = this.presentRange();
    const start = Math.min(Math.max(from, range.first), range.end);
    const stop = Math.min(Math.max(end, start), range.end, start + this.maxRows);
    const { rows, sent } = this.collect(start, stop);
    if (stop < this.from || start > this.sentEnd) {
      this.sent = sent;
      this.from = start;
    } else {
      const before = this.sent.slice(0, Math.max(0, start - this.from));
      const behind = this.sent.slice(Math.max(0, stop - this.from));
      this.sent = [...before, ...sent, ...behind];
      this.from = Math.min(this.from, start);
      this.shrink(start, stop);
    }
    return { range, from: start, rows };
  }

  /** The page says which rows it holds. If it claims rows that it cannot have, it gets its window anew. */
  narrow(from: number, end: number): void {
    this.claim = { from, end: Math.min(end, from + this.maxRows) };
    const start = Math.min(Math.max(from, this.from), this.sentEnd);
    this.sent = this.sent.slice(start - this.from);
    this.from = start;
  }

  /** What has changed for the page since it was last sent something. */
  patches(): readonly Patch[] {
    const range = this.presentRange();
    const before = this.range;
    this.range = range;
    this.letGo(range);
    if (!this.coversClaim(range) || !this.isSameRows(range)) {
      return this.again(range, this.claim.end >= before.end);
    }
    const patches: Patch[] = [];
    this.sent.forEach((sent, index) => {
      const patch = this.change(sent, this.from + index);
      if (patch !== undefined) {
        patches.push(patch);
      }
    });
    if (this.sentEnd >= before.end && range.end > this.sentEnd) {
      return [...patches, ...this.grow(range)];
    }
    if (range.first !== before.first || range.end !== before.end) {
      patches.push({ op: 'range', range });
    }
    return patches;
  }

  private get sentEnd(): number {
    return this.from + this.sent.length;
  }

  private get openingSize(): number {
    return Math.ceil(this.maxRows / 4);
  }

  /** New rows behind those sent; too many at once are a new window, and none go to a page that stays behind. */
  private grow(range: RowRange): readonly Patch[] {
    const from = this.sentEnd;
    const isMuch = range.end - from > this.maxRows / 2;
    if (isMuch && this.claim.end >= from) {
      return this.again(range, true);
    }
    if (isMuch || range.end - this.from > 2 * this.maxRows) {
      return [{ op: 'range', range }];
    }
    const { rows, sent } = this.collect(from, range.end);
    this.sent.push(...sent);
    return [
      { op: 'append', at: from, rows },
      { op: 'range', range },
    ];
  }

  /** The whole window anew: at the end if it was there, else where it was. */
  private again(range: RowRange, atEnd: boolean): readonly Patch[] {
    const wanted = Math.max(this.claim.end, this.sentEnd) - this.claim.from;
    const size = Math.min(this.maxRows, Math.max(wanted, this.openingSize));
    const from = atEnd ? range.end - size : Math.min(this.claim.from, range.end - this.openingSize);
    const start = Math.max(range.first, from);
    return [{ op: 'window', ...this.replace(start, Math.min(range.end, start + size)) }];
  }

  private replace(from: number, end: number): Rows {
    const { rows, sent } = this.collect(from, end);
    this.range = this.presentRange();
    this.from = from;
    this.sent = sent;
    this.claim = { from, end };
    return { range: this.range, from, rows };
  }

  /** Keeps the books within bounds, around what was just read. */
  private shrink(start: number, stop: number): void {
    const excess = this.sent.length - 2 * this.maxRows;
    if (excess > 0) {
      const front = Math.min(excess, Math.max(0, start - this.from));
      this.sent = this.sent.slice(front, Math.max(stop - this.from, front + 2 * this.maxRows));
      this.from += front;
    }
  }

  /** Rows that the session let go at its front; the page drops them with the new range. */
  private letGo(range: RowRange): void {
    const gone = Math.min(Math.max(0, range.first - this.from), this.sent.length);
    this.sent = this.sent.slice(gone);
    this.from += gone;
  }

  private coversClaim(range: RowRange): boolean {
    const from = Math.max(this.claim.from, range.first);
    const end = Math.min(this.claim.end, range.end);
    return from >= end || (from >= this.from && end <= this.sentEnd);
  }

  private isSameRows(range: RowRange): boolean {
    return (
      this.sentEnd <= range.end &&
      this.sent.every(({ key }, index) => this.rows.at(this.from + index)?.key === key)
    );
  }

  private change(sent: Sent, at: number): Patch | undefined {
    const slot = this.rows.at(at);
    if (slot === undefined || slot.stamp === sent.stamp) {
      return undefined;
    }
    sent.stamp = slot.stamp;
    const row = slot.row();
    const growth = textGrowth(sent.texts, row);
    sent.texts = streamingTexts(row);
    return growth === undefined
      ? { op: 'set', at, row }
      : { op: 'appendText', at, key: slot.key, block: growth.block, text: growth.text };
  }

  private collect(from: number, end: number): { readonly rows: readonly Row[]; readonly sent: Sent[] } {
    const rows: Row[] = [];
    const sent: Sent[] = [];
    for (let position = from; position < end; position++) {
      const slot = this.rows.at(position);
      if (slot !== undefined) {
        const row = slot.row();
        rows.push(row);
        sent.push({ key: slot.key, stamp: slot.stamp, texts: streamingTexts(row) });
      }
    }
    return { rows, sent };
  }

  private presentRange(): RowRange {
    return { first: this.rows.first, end: this.rows.end };
  }
}

/** The texts of a message that grows, or undefined where there is none, or where one is cut already. */
function streamingTexts(row: Row): readonly string[] | undefined {
  if (row.kind !== 'agentMessage' || !row.streaming) {
    return undefined;
  }
  const texts = row.blocks.flatMap((block) =>
    block.type === 'text' && block.text.length === block.total ? [block.text] : [],
  );
  return texts.length === row.blocks.length ? texts : undefined;
}

/** The one block that has grown at its end, where nothing else has changed. */
function textGrowth(
  before: readonly string[] | undefined,
  row: Row,
): { readonly block: number; readonly text: string } | undefined {
  const now = streamingTexts(row);
  if (before === undefined || now?.length !== before.length) {
    return undefined;
  }
  const changed = now.flatMap((text, block) => (text === before[block] ? [] : [{ text, block }]));
  const [only] = changed;
  const old = only === undefined ? undefined : before[only.block];
  return changed.length === 1 && only !== undefined && old !== undefined && only.text.startsWith(old)
    ? { block: only.block, text: only.text.slice(old.length) }
    : undefined;
}

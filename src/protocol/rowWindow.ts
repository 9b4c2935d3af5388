import { withinImageBudget } from './imageBudget.ts';
import type { Patch, RowRange } from './messages.ts';
import type { Row } from '../transcript/row.ts';
import type { Transcript } from '../transcript/transcript.ts';

interface Sent {
  key: string;
  stamp: string;
  /** The text blocks of a message that streams, as the page has them; undefined for other rows. */
  texts: readonly string[] | undefined;
}

/** The transcript as a window sees it. */
export type RowSource = Pick<Transcript, 'first' | 'end' | 'at'>;

/**
 * What one page holds of a transcript, and what must be sent for it to hold the present. Looks only at the
 * rows in the window, so that its work does not depend on the length of the session.
 */
export class RowWindow {
  private readonly rows: RowSource;
  private readonly maxRows: number;
  private readonly renamed: (key: string) => string | undefined;
  private sent: Sent[] = [];
  private from = 0;
  private range: RowRange = { first: 0, end: 0 };
  private isInDoubt = false;
  /** True where an answer told another range than the patches did, and the page may have dropped that answer. */
  private isRangeInDoubt = false;

  /** @param renamed the key that a row has now, where it had another before: a message that came back. */
  constructor(
    rows: RowSource,
    maxRows: number,
    renamed: (key: string) => string | undefined = () => undefined,
  ) {
    this.rows = rows;
    this.maxRows = maxRows;
    this.renamed = renamed;
  }

  /** The newest rows, for a page that knows nothing yet; or, for one that knows where it was, those around it. */
  open(around?: number): { readonly range: RowRange; readonly from: number; readonly rows: readonly Row[] } {
    const { first, end } = this.rows;
    this.sent = [];
    this.from = end;
    this.range = { first, end };
    this.isInDoubt = false;
    this.isRangeInDoubt = false;
    const size = Math.ceil(this.maxRows / (around === undefined ? 4 : 2));
    const newest = end - size;
    // A page draws from the row it was at downwards, and needs a few above it to scroll to.
    const from = Math.max(
      first,
      around === undefined ? newest : Math.min(around - Math.ceil(size / 3), newest),
    );
    return this.read(from, Math.min(end, from + size));
  }

  /**
   * Rows by range, in answer to a page that scrolls. Rows that touch the window extend it; others become it.
   * The page says afterwards what it kept.
   */
  read(
    from: number,
    end: number,
  ): { readonly range: RowRange; readonly from: number; readonly rows: readonly Row[] } {
    const range = this.presentRange();
    this.isRangeInDoubt ||= !isSameRange(range, this.range);
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
      this.keepBounded(start, stop);
    }
    return { range, from: start, rows };
  }

  /** The page says which rows it holds. If it claims rows that it cannot have, it gets its window anew. */
  narrow(from: number, end: number): void {
    const start = Math.max(from, this.from);
    const stop = Math.max(start, Math.min(end, this.sentEnd));
    this.sent = this.sent.slice(start - this.from, stop - this.from);
    this.from = start;
    this.isInDoubt ||= stop - start < Math.min(end, this.range.end) - Math.max(from, this.range.first);
  }

  /** What has changed for the page since it was last sent something. */
  patches(): readonly Patch[] {
    const range = this.presentRange();
    const before = this.range;
    const isRangeNews = this.isRangeInDoubt || !isSameRange(range, before);
    this.range = range;
    this.isRangeInDoubt = false;
    this.letGo(range);
    const reachedEnd = this.sentEnd >= before.end;
    if (this.isInDoubt || !this.isSameRows(range)) {
      this.isInDoubt = false;
      return this.again(range, reachedEnd);
    }
    const patches: Patch[] = [];
    this.sent.forEach((sent, index) => {
      const patch = this.change(sent, this.from + index);
      if (patch !== undefined) {
        patches.push(patch);
      }
    });
    if (reachedEnd && range.end > this.sentEnd) {
      return [...patches, ...this.grow(this.sentEnd, range)];
    }
    if (isRangeNews) {
      patches.push({ op: 'range', range });
    }
    return patches;
  }

  /**
   * New rows behind a window that reaches the end. Of too many at once only the last are sent, as a new window: they
   * come faster than they can be seen, and a page that is told all of them falls behind.
   */
  private grow(from: number, range: RowRange): readonly Patch[] {
    const most = Math.ceil(this.maxRows / 3);
    if (range.end - from > most) {
      return this.again(range, true, most);
    }
    const { rows, sent } = this.collect(from, range.end);
    this.sent.push(...sent);
    const excess = this.sent.length - this.maxRows;
    if (excess > 0) {
      this.sent = this.sent.slice(excess);
      this.from += excess;
    }
    return [
      { op: 'append', at: from, rows },
      { op: 'range', range },
    ];
  }

  /** The whole window anew: at the end if it was there, else where it was. */
  private again(range: RowRange, atEnd: boolean, most = this.maxRows): readonly Patch[] {
    const size = Math.min(most, Math.max(this.sent.length, Math.ceil(this.maxRows / 4)));
    const from = atEnd
      ? Math.max(range.first, range.end - size)
      : Math.min(Math.max(this.from, range.first), range.end);
    const { rows, sent } = this.collect(from, Math.min(range.end, from + size));
    this.from = from;
    this.sent = sent;
    return [{ op: 'window', range, from, rows }];
  }

  private get sentEnd(): number {
    return this.from + this.sent.length;
  }

  /** A page that never says what it lets go does not make the books grow: the far side is forgotten. */
  private keepBounded(start: number, stop: number): void {
    const most = 2 * this.maxRows;
    const front = Math.min(Math.max(0, this.sent.length - most), start - this.from);
    this.sent = this.sent.slice(front, Math.max(stop - this.from, front + most));
    this.from += front;
  }

  /** Rows that the session let go at its front; the page drops them with the new range. */
  private letGo(range: RowRange): void {
    const gone = Math.min(Math.max(0, range.first - this.from), this.sent.length);
    this.sent = this.sent.slice(gone);
    this.from += gone;
  }

  private isSameRows(range: RowRange): boolean {
    if (this.from < range.first || this.sentEnd > range.end) {
      return false;
    }
    return this.sent.every(({ key }, index) => {
      const present = this.rows.at(this.from + index)?.key;
      return present === key || (present !== undefined && present === this.renamed(key));
    });
  }

  private change(sent: Sent, at: number): Patch | undefined {
    const slot = this.rows.at(at);
    if (slot === undefined || (slot.stamp === sent.stamp && slot.key === sent.key)) {
      return undefined;
    }
    sent.key = slot.key;
    sent.stamp = slot.stamp;
    const row = slot.row();
    const texts = streamingTexts(row);
    const growth = textGrowth(sent.texts, texts);
    sent.texts = texts;
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
    return { rows: withinImageBudget(rows), sent };
  }

  private presentRange(): RowRange {
    return { first: this.rows.first, end: this.rows.end };
  }
}

function isSameRange(one: RowRange, other: RowRange): boolean {
  return one.first === other.first && one.end === other.end;
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
  now: readonly string[] | undefined,
): { readonly block: number; readonly text: string } | undefined {
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

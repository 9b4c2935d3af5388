import { isSameSpan, type Span } from './rowWindow.ts';

/** Batches that the host may have under way, made before it heard what the page said last. */
const UNDER_WAY = 2;

/**
 * Which rows the host counts to the page's window, as far as the page can know. The host moves its window by
 * itself when it appends, replaces or reads rows; the page speaks only when it holds less than that.
 */
export class WindowMirror {
  private readonly maxRows: number;
  private readonly say: (span: Span) => void;
  /** Counts down the batches that may have crossed with the last thing said. */
  private crossing = 0;
  private inDoubt = false;
  span: Span = { from: 0, end: 0 };

  constructor(maxRows: number, say: (span: Span) => void) {
    this.maxRows = maxRows;
    this.say = say;
  }

  replaced(span: Span): void {
    this.span = span;
    this.inDoubt ||= this.crossing > 0;
  }

  appended(at: number, count: number): void {
    if (at === this.span.end) {
      const end = at + count;
      this.span = { from: Math.max(this.span.from, end - this.maxRows), end };
      this.inDoubt ||= this.crossing > 0;
    }
  }

  /** Rows that touch the window extend it, others become it. */
  read(span: Span): void {
    // The answer came after whatever was said before the question.
    this.crossing = 0;
    const apart = span.end < this.span.from || span.from > this.span.end;
    this.span = apart
      ? span
      : { from: Math.min(this.span.from, span.from), end: Math.max(this.span.end, span.end) };
  }

  batchDone(): void {
    this.crossing = Math.max(0, this.crossing - 1);
  }

  /** Says what is held, where that is news, or where what was said may have crossed with what came. */
  narrow(held: Span, always = false): void {
    if (!always && !this.inDoubt && isSameSpan(held, this.span)) {
      return;
    }
    this.inDoubt = false;
    this.span = held;
    this.crossing = UNDER_WAY;
    this.say(held);
  }
}

import { rowAt, type Slice, sliceEnd, type Span } from './rowWindow.ts';

/** A row, and where its upper edge is to be, in pixels below the upper edge of the view. */
interface Anchor {
  at: number;
  key: string | undefined;
  offset: number;
}

/** Nearer to the end than this counts as being there. */
const AT_END_PX = 24;
const FIRST_GUESS_PX = 56;
/** Where a row that was jumped to comes to stand. */
const JUMP_OFFSET_PX = 16;
/** Bounds of a believable average height for rows that are not drawn. */
const LEAST_ROW_PX = 16;
const MOST_ROW_FACTOR = 4;
/** Browsers cannot lay out more than some 33 million pixels, which a long session would take. */
const MOST_SPACER_PX = 8_000_000;

/**
 * Keeps what the reader looks at in place while rows come, go and change height, and follows the end only for a
 * reader who is there. Changes above are taken out of the spacer rather than the scroll position wherever that
 * is possible, since moving the position would break a scroll that is under way.
 */
export class ScrollKeeper {
  private readonly root: HTMLElement;
  private anchor: Anchor | undefined;
  private top = 0;
  private bottom = 0;
  /** How many rows the spacers stand for. */
  private above = 0;
  private below = 0;
  private rowHeight = FIRST_GUESS_PX;
  private lastScrollTop = 0;
  private isBringingIn = false;
  private isStaying = false;
  following = true;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** The rows that are, or are about to be, on the screen. Call before drawing. */
  visible(drawn: Span, held: Slice, range: Span): Span {
    const perView = Math.ceil((this.scroller()?.clientHeight ?? 600) / this.rowHeight);
    if (this.following) {
      return { from: Math.max(range.from, range.end - Math.max(perView, 10)), end: range.end };
    }
    this.findAnchorAgain(held);
    const onScreen = this.measure(drawn);
    if (onScreen !== undefined && (this.anchor === undefined || isIn(this.anchor.at, onScreen))) {
      return onScreen;
    }
    const at = Math.min(
      Math.max(this.anchor?.at ?? range.from, range.from),
      Math.max(range.from, range.end - 1),
    );
    return { from: at, end: Math.min(range.end, at + perView) };
  }

  /**
   * Puts things right after drawing, or after something changed its height by itself. Writes before it reads
   * wherever it can, and writes only what is news: each reading behind a change lays the page out once more.
   */
  settle(drawn: Span, range: Span): void {
    const scroller = this.scroller();
    const rows = this.rows();
    if (scroller === undefined || rows === undefined) {
      return;
    }
    const above = drawn.from - range.from;
    const below = range.end - drawn.end;
    if (below !== this.below) {
      this.bottom = this.estimate(below);
    }
    this.below = below;
    if (this.following) {
      // Where the last rows are still on their way, the view waits for them.
      this.top = above === this.above ? this.top : this.estimate(above);
      this.setSpacers();
      scroller.scrollTop = scroller.scrollHeight;
    } else {
      this.keepAnchor(scroller, drawn, above);
      if (this.isBringingIn) {
        this.bringIn(scroller, drawn);
      }
      this.following = !this.isStaying && drawn.end === range.end && distanceToEnd(scroller) < 2;
    }
    this.above = above;
    this.lastScrollTop = scroller.scrollTop;
    const count = rows.children.length;
    if (count > 2 && rows.offsetHeight > 0) {
      this.rowHeight = rows.offsetHeight / count;
    }
  }

  /** The height of so many rows that are not drawn. */
  private estimate(count: number): number {
    return Math.min(MOST_SPACER_PX, Math.round(count * this.rowHeight));
  }

  private keepAnchor(scroller: HTMLElement, drawn: Span, above: number): void {
    const guess = this.estimate(above);
    this.setSpacers();
    const element = this.anchor && this.element(this.anchor.at, drawn);
    if (this.anchor === undefined || element === undefined) {
      this.top = above === 0 ? 0 : this.top === 0 ? guess : this.top;
      this.setSpacers();
      return;
    }
    const shift = topOf(element, scroller) - this.anchor.offset;
    const absorbed = this.top - shift;
    const believable =
      absorbed >= above * LEAST_ROW_PX && absorbed <= guess * MOST_ROW_FACTOR + scroller.clientHeight;
    this.top = above === 0 ? 0 : believable ? absorbed : guess;
    this.setSpacers();
    const rest = topOf(element, scroller) - this.anchor.offset;
    if (Math.abs(rest) >= 0.5) {
      scroller.scrollTop += rest;
    }
  }

  /** The reader, or we ourselves, moved the position. True where it was the reader. */
  onScroll(drawn: Span, held: Slice, range: Span): boolean {
    const scroller = this.scroller();
    if (scroller === undefined || Math.abs(scroller.scrollTop - this.lastScrollTop) < 1) {
      return false;
    }
    const wentUp = scroller.scrollTop < this.lastScrollTop;
    this.lastScrollTop = scroller.scrollTop;
    const reachesEnd = drawn.end === range.end && sliceEnd(held) === range.end;
    const distance = distanceToEnd(scroller);
    if (wentUp) {
      // The first step of a smooth scroll is a pixel or two, and already the reader's will. At the very end it
      // was the browser, because there is less to show than before.
      this.following &&= distance < 1;
    } else if (reachesEnd && distance < AT_END_PX) {
      this.following = !this.isStaying;
    }
    this.takeAnchor(drawn, held, range);
    return true;
  }

  /** Remembers the first row on the screen and where it is. */
  takeAnchor(drawn: Span, held: Slice, range: Span): void {
    const scroller = this.scroller();
    if (scroller === undefined) {
      return;
    }
    const onScreen = this.measure(drawn);
    const element = onScreen && this.element(onScreen.from, drawn);
    if (onScreen !== undefined && element !== undefined) {
      const key = rowAt(held, onScreen.from)?.key;
      this.anchor = { at: onScreen.from, key, offset: topOf(element, scroller) };
      return;
    }
    this.anchor = { at: this.guessPosition(scroller, drawn, range), key: undefined, offset: 0 };
  }

  /** In the empty space beyond the drawn rows only an average tells which row would be here. */
  private guessPosition(scroller: HTMLElement, drawn: Span, range: Span): number {
    const spacer = this.root.querySelector('[data-spacer="top"]');
    const depth =
      spacer === null ? 0 : scroller.getBoundingClientRect().top - spacer.getBoundingClientRect().top;
    const above = drawn.from - range.from;
    const below = depth - this.top - (this.rows()?.offsetHeight ?? 0);
    const at =
      depth < this.top && above > 0
        ? range.from + Math.floor((Math.max(0, depth) / this.top) * above)
        : drawn.end + Math.floor((below / Math.max(1, this.bottom)) * (range.end - drawn.end));
    return Math.min(Math.max(at, range.from), Math.max(range.from, range.end - 1));
  }

  /**
   * Keeps this row where it is, even if that means to leave the end.
   * @param bringIn the row is about to grow: it moves up as far as it takes to show what would be below the view.
   */
  hold(at: number, drawn: Span, held: Slice, bringIn = false): void {
    const scroller = this.scroller();
    const element = this.element(at, drawn);
    if (scroller !== undefined && element !== undefined) {
      this.following = false;
      this.anchor = { at, key: rowAt(held, at)?.key, offset: topOf(element, scroller) };
      this.isBringingIn = bringIn;
    }
  }

  /** Moves the row that has grown up into the view, never its upper edge out of it. */
  private bringIn(scroller: HTMLElement, drawn: Span): void {
    const element = this.anchor && this.element(this.anchor.at, drawn);
    if (this.anchor === undefined || element === undefined) {
      return;
    }
    this.isBringingIn = false;
    const top = topOf(element, scroller);
    const below = top + element.offsetHeight + JUMP_OFFSET_PX / 2 - scroller.clientHeight;
    const distance = Math.min(below, top - JUMP_OFFSET_PX / 2);
    if (distance > 0) {
      scroller.scrollTop += distance;
      this.anchor.offset -= distance;
    }
  }

  /** The reader does something here that the view must not run away from, such as selecting a text, or has done. */
  stay(isBusy: boolean, drawn: Span, held: Slice, range: Span): void {
    this.isStaying = isBusy;
    if (isBusy && this.following) {
      this.following = false;
      this.takeAnchor(drawn, held, range);
    }
  }

  /** The row is to stand near the top, as soon as it is drawn. */
  jumpTo(at: number, key: string | undefined, offset = JUMP_OFFSET_PX): void {
    this.noteScroll();
    this.following = false;
    this.anchor = { at, key, offset };
  }

  /** Goes to the very top, for a reader who is at the first row. */
  toTop(drawn: Span, held: Slice, range: Span): void {
    const scroller = this.scroller();
    if (scroller !== undefined) {
      scroller.scrollTop = 0;
      this.lastScrollTop = scroller.scrollTop;
      this.takeAnchor(drawn, held, range);
    }
  }

  toEnd(): void {
    this.noteScroll();
    this.isStaying = false;
    this.following = true;
    this.anchor = undefined;
  }

  /** What was scrolled before a jump is told only after it, and must not be taken for the reader's next step. */
  private noteScroll(): void {
    this.lastScrollTop = this.scroller()?.scrollTop ?? this.lastScrollTop;
  }

  get anchorKey(): string | null {
    return this.anchor?.key ?? null;
  }

  get anchorOffset(): number | null {
    return this.anchor?.offset ?? null;
  }

  element(at: number, drawn: Span): HTMLElement | undefined {
    const child = this.rows()?.children[at - drawn.from];
    return at >= drawn.from && child instanceof HTMLElement ? child : undefined;
  }

  /** Rows may have moved to other positions: the key finds the anchor again. */
  private findAnchorAgain(held: Slice): void {
    const { anchor } = this;
    if (anchor !== undefined && anchor.key === undefined) {
      // It was taken where no row was yet; from now on it is known by the one that came.
      anchor.key = rowAt(held, anchor.at)?.key;
    }
    if (anchor?.key === undefined || rowAt(held, anchor.at)?.key === anchor.key) {
      return;
    }
    const index = held.rows.findIndex((row) => row.key === anchor.key);
    if (index >= 0) {
      anchor.at = held.from + index;
    }
  }

  /** The rows that are on the screen now; undefined where none of those that are drawn is. */
  measure(drawn: Span): Span | undefined {
    const scroller = this.scroller();
    const rows = this.rows();
    if (scroller === undefined || rows === undefined) {
      return undefined;
    }
    let from: number | undefined;
    let end = drawn.from;
    const view = scroller.getBoundingClientRect();
    for (const [index, child] of Array.from(rows.children).entries()) {
      const box = child.getBoundingClientRect();
      if (box.bottom > view.top && box.top < view.bottom) {
        from ??= drawn.from + index;
        end = drawn.from + index + 1;
      }
    }
    return from === undefined ? undefined : { from, end };
  }

  private setSpacers(): void {
    for (const [name, height] of [['top', this.top] as const, ['bottom', this.bottom] as const]) {
      const spacer = this.root.querySelector<HTMLElement>(`[data-spacer="${name}"]`);
      const text = `${height}px`;
      if (spacer !== null && spacer.style.height !== text) {
        spacer.style.height = text;
      }
    }
  }

  private scroller(): HTMLElement | undefined {
    return this.root.querySelector<HTMLElement>('.scroller') ?? undefined;
  }

  private rows(): HTMLElement | undefined {
    return this.root.querySelector<HTMLElement>('.feed-rows') ?? undefined;
  }
}

function isIn(at: number, span: Span): boolean {
  return at >= span.from && at < span.end;
}

function topOf(element: HTMLElement, scroller: HTMLElement): number {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

function distanceToEnd(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
}

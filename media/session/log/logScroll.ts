import type { LogRange } from '../../../src/protocol/logMessages.ts';

/** From the first position on the screen to the one behind the last. */
export interface LogSpan {
  readonly from: number;
  readonly end: number;
}

interface Anchor {
  /** Undefined until the host has said where the named event is. */
  readonly position: number | undefined;
  readonly name: string | undefined;
  /** How far the row's upper edge is above that of the view, in pixels. */
  readonly offset: number;
}

/** Where the reader of the log is. All rows are equally high, so that places are sums. */
export class LogScroll {
  rowHeight = 25;
  height = 0;
  following = true;
  anchor: Anchor | undefined;
  private lastTop = 0;

  /** The rows that are on the screen, also in part. */
  visible({ first, end }: LogRange): LogSpan {
    const perView = Math.max(1, Math.ceil(this.height / this.rowHeight));
    if (this.following) {
      return { from: Math.max(first, end - perView), end };
    }
    const from = Math.min(Math.max(this.anchor?.position ?? first, first), Math.max(first, end - 1));
    return { from, end: Math.min(end, from + perView + 1) };
  }

  /** Whole rows on the screen. */
  get perView(): number {
    return Math.max(1, Math.floor(this.height / this.rowHeight));
  }

  /** The scroll position that shows what is to be shown. */
  top(range: LogRange): number {
    const most = Math.max(0, (range.end - range.first) * this.rowHeight - this.height);
    const { anchor } = this;
    if (this.following || anchor === undefined) {
      return most;
    }
    const top = ((anchor.position ?? range.first) - range.first) * this.rowHeight + anchor.offset;
    return Math.min(Math.max(0, top), most);
  }

  /** We moved the position ourselves. */
  moved(top: number): void {
    this.lastTop = top;
  }

  /** The position is another one. True where the reader did that. */
  onScroll(top: number, range: LogRange, nameAt: (position: number) => string | undefined): boolean {
    if (Math.abs(top - this.lastTop) < 1) {
      return false;
    }
    this.lastTop = top;
    const whole = (range.end - range.first) * this.rowHeight;
    this.following = whole - this.height - top < this.rowHeight / 2;
    const row = Math.floor(Math.max(0, top) / this.rowHeight);
    const position = range.first + row;
    this.anchor = { position, name: nameAt(position), offset: Math.max(0, top) - row * this.rowHeight };
    return true;
  }

  /** Brings a row into view: by as little as needed, or to the middle. */
  reveal(position: number, range: LogRange, where: 'nearest' | 'middle'): void {
    const top = this.top(range);
    const upper = (position - range.first) * this.rowHeight;
    const lower = upper + this.rowHeight;
    if (where === 'nearest' && upper >= top && lower <= top + this.height) {
      if (this.following && position !== range.end - 1) {
        this.goTo(top, range);
      }
      return;
    }
    const wanted =
      where === 'middle'
        ? upper - Math.max(0, this.height - this.rowHeight) / 2
        : upper < top
          ? upper
          : lower - this.height;
    const limit = Math.max(0, (range.end - range.first) * this.rowHeight - this.height);
    this.goTo(Math.min(Math.max(0, wanted), limit), range);
    this.following = position === range.end - 1;
  }

  /** The event with this name is to stand at the upper edge of the view, once it is known where it is. */
  jumpTo(name: string): void {
    this.following = false;
    this.anchor = { position: undefined, name, offset: 0 };
  }

  toEnd(): void {
    this.following = true;
  }

  /** Other rows are there: the named one may be elsewhere. `told`: where the host has it. */
  relocate(positionOf: (name: string) => number | undefined, told: number | null): void {
    const { anchor } = this;
    if (anchor?.name !== undefined) {
      const position = positionOf(anchor.name) ?? told ?? anchor.position;
      this.anchor = { ...anchor, position };
    }
  }

  /** A place that was reached before its row was there gets the row's name. */
  keepName(nameAt: (position: number) => string | undefined): void {
    const { anchor } = this;
    if (anchor !== undefined && anchor.name === undefined && anchor.position !== undefined) {
      this.anchor = { ...anchor, name: nameAt(anchor.position) };
    }
  }

  private goTo(top: number, range: LogRange): void {
    const row = Math.floor(top / this.rowHeight);
    this.following = false;
    this.anchor = { position: range.first + row, name: undefined, offset: top - row * this.rowHeight };
  }
}

/** Something that knows its place in a {@link PositionedList}. Only the list may write it. */
export interface Positioned {
  position: number;
}

/**
 * A list whose items know their positions. A position is an integer that stays when items are put in front
 * (those get smaller ones, even negative) or let go there, and moves when something changes before it.
 * Adding at either end costs what is added; changes in the middle cost what lies behind them.
 */
export class PositionedList<T extends Positioned> {
  private items: T[] = [];
  private offset = 0;

  /** Position of the first item; equal to {@link end} where there is none. */
  get first(): number {
    return this.offset;
  }

  /** Position behind the last item. */
  get end(): number {
    return this.offset + this.items.length;
  }

  get size(): number {
    return this.items.length;
  }

  at(position: number): T | undefined {
    return this.items[position - this.offset];
  }

  append(item: T): void {
    item.position = this.end;
    this.items.push(item);
  }

  prepend(fresh: readonly T[]): void {
    this.items = [...fresh, ...this.items];
    this.offset -= fresh.length;
    fresh.forEach((item, index) => {
      item.position = this.offset + index;
    });
  }

  /** Puts items in so that the first of them gets `position`; what was there and behind moves up. */
  insert(position: number, fresh: readonly T[]): void {
    const index = position - this.offset;
    if (index === this.items.length) {
      fresh.forEach((item) => this.append(item));
      return;
    }
    // Not `splice`: it takes items as arguments, and a long history has more of them than a call can.
    this.items = [...this.items.slice(0, index), ...fresh, ...this.items.slice(index)];
    this.renumber(index);
  }

  remove(item: T): void {
    const index = item.position - this.offset;
    this.items.splice(index, 1);
    this.renumber(index);
  }

  /** Lets go of the first `count` items and answers with them. */
  shift(count: number): T[] {
    const gone = this.items.splice(0, count);
    this.offset += gone.length;
    return gone;
  }

  private renumber(from: number): void {
    for (let index = from; index < this.items.length; index++) {
      const item = this.items[index];
      if (item !== undefined) {
        item.position = this.offset + index;
      }
    }
  }
}

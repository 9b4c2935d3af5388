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
  /** The items that were put in front, the first of all last, so that more can be added without moving any. */
  private front: T[] = [];
  /** The items behind those, in order, from index `gone` on; what stood before was let go. */
  private back: (T | undefined)[] = [];
  private gone = 0;
  private offset = 0;

  /** Position of the first item; equal to {@link end} where there is none. */
  get first(): number {
    return this.offset;
  }

  /** Position behind the last item. */
  get end(): number {
    return this.offset + this.size;
  }

  get size(): number {
    return this.front.length + this.back.length - this.gone;
  }

  at(position: number): T | undefined {
    const index = position - this.offset;
    const inFront = this.front.length;
    if (index < inFront) {
      return this.front[inFront - 1 - index];
    }
    return index < this.size ? this.back[index - inFront + this.gone] : undefined;
  }

  append(item: T): void {
    item.position = this.end;
    this.back.push(item);
  }

  prepend(fresh: readonly T[]): void {
    for (const item of fresh.toReversed()) {
      this.offset -= 1;
      item.position = this.offset;
      this.front.push(item);
    }
  }

  /** Puts items in so that the first of them gets `position`; what was there and behind moves up. */
  insert(position: number, fresh: readonly T[]): void {
    if (position === this.end) {
      fresh.forEach((item) => this.append(item));
      return;
    }
    this.compact();
    if (position < this.offset + this.front.length) {
      this.back = [...this.front.reverse(), ...this.back];
      this.front = [];
    }
    const index = position - this.offset - this.front.length;
    // Not `splice`: it takes items as arguments, and a long history has more of them than a call can.
    this.back = [...this.back.slice(0, index), ...fresh, ...this.back.slice(index)];
    this.renumber(position);
  }

  remove(item: T): void {
    this.compact();
    const index = item.position - this.offset;
    const inFront = this.front.length;
    if (index < inFront) {
      this.front.splice(inFront - 1 - index, 1);
    } else {
      this.back.splice(index - inFront, 1);
    }
    this.renumber(item.position);
  }

  /**
   * Lets go of the first `count` items and answers with them. Costs what is let go: a full list loses one for
   * each that comes, and to move up all others each time would cost more than everything else that is done.
   */
  shift(count: number): T[] {
    const items = this.front.splice(Math.max(0, this.front.length - count)).reverse();
    while (items.length < count && this.gone < this.back.length) {
      const item = this.back[this.gone];
      this.back[this.gone] = undefined;
      this.gone += 1;
      if (item !== undefined) {
        items.push(item);
      }
    }
    this.offset += items.length;
    if (this.gone > this.back.length / 2) {
      this.compact();
    }
    return items;
  }

  private compact(): void {
    if (this.gone > 0) {
      this.back = this.back.slice(this.gone);
      this.gone = 0;
    }
  }

  private renumber(from: number): void {
    for (let position = from; position < this.end; position++) {
      const item = this.at(position);
      if (item !== undefined) {
        item.position = position;
      }
    }
  }
}

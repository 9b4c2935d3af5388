import type { StoredEvent } from '../stream/eventStore.ts';
import { PositionedList } from '../util/positionedList.ts';

interface Item {
  readonly stored: StoredEvent;
  position: number;
}

/** Events that each hold until the next one of them, in the order of the session. */
export class StatusList {
  private readonly list = new PositionedList<Item>();
  private readonly items = new Map<StoredEvent, Item>();

  add(stored: StoredEvent): void {
    const item = { stored, position: 0 };
    this.items.set(stored, item);
    const at = this.placeBehind(stored.position);
    if (at === this.list.first) {
      this.list.prepend([item]);
    } else {
      this.list.insert(at, [item]);
    }
  }

  remove(stored: StoredEvent): void {
    const item = this.items.get(stored);
    if (item !== undefined) {
      this.items.delete(stored);
      this.list.remove(item);
    }
  }

  /** Lets go of the first ones: those of these that are in. */
  shift(gone: readonly StoredEvent[]): void {
    this.list.shift(gone.filter((stored) => this.items.delete(stored)).length);
  }

  before(stored: StoredEvent): StoredEvent | undefined {
    return this.at(stored, -1);
  }

  after(stored: StoredEvent): StoredEvent | undefined {
    return this.at(stored, 1);
  }

  /** The first one behind a place of the store. */
  firstBehind(position: number): StoredEvent | undefined {
    return this.list.at(this.placeBehind(position))?.stored;
  }

  /** All of them. */
  *[Symbol.iterator](): Iterator<StoredEvent> {
    for (let position = this.list.first; position < this.list.end; position++) {
      const item = this.list.at(position);
      if (item !== undefined) {
        yield item.stored;
      }
    }
  }

  private at(stored: StoredEvent, step: 1 | -1): StoredEvent | undefined {
    const item = this.items.get(stored);
    return item && this.list.at(item.position + step)?.stored;
  }

  private placeBehind(position: number): number {
    let low = this.list.first;
    let high = this.list.end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const item = this.list.at(middle);
      if (item !== undefined && item.stored.position <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

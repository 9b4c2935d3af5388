import type { Outgoing } from '../stream/outbox.ts';
import type { Preview } from '../stream/previews.ts';
import type { SessionFeed } from '../stream/sessionFeed.ts';
import type { RowSlot } from './row.ts';
import { outgoingRow, previewRow } from './rowOf.ts';

/** The rows behind those of the store: the messages that the agent is writing, then those that we are sending. */
export class Tail {
  private readonly source: Pick<SessionFeed, 'store' | 'previews' | 'outbox'>;
  private readonly numbers = new WeakMap<Preview, number>();
  private count = 0;

  constructor(source: Pick<SessionFeed, 'store' | 'previews' | 'outbox'>) {
    this.source = source;
  }

  get size(): number {
    return this.previews().length + this.outgoing().length;
  }

  keys(): readonly string[] {
    return [...this.previews().map(({ eventId }) => eventId), ...this.outgoing().map(({ key }) => key)];
  }

  at(index: number): RowSlot | undefined {
    const previews = this.previews();
    const preview = previews[index];
    if (preview !== undefined) {
      const length = preview.blocks.reduce((sum, text) => sum + text.length + 1, 0);
      const stamp = `preview ${this.numberOf(preview)} ${length}`;
      return { key: preview.eventId, stamp, row: () => previewRow(preview) };
    }
    const outgoing = this.outgoing()[index - previews.length];
    return outgoing && { key: outgoing.key, stamp: outgoing.state, row: () => outgoingRow(outgoing) };
  }

  /** A message that history has brought already is not shown twice. */
  private previews(): readonly Preview[] {
    const { store, previews } = this.source;
    return previews.current.filter(({ eventId }) => store.get(eventId) === undefined);
  }

  private outgoing(): readonly Outgoing[] {
    return this.source.outbox.current.filter(({ event }) => event['type'] === 'user.message');
  }

  /** Tells a preview from another of the same message, which may have begun anew after a break. */
  private numberOf(preview: Preview): number {
    const number = this.numbers.get(preview) ?? this.count++;
    this.numbers.set(preview, number);
    return number;
  }
}

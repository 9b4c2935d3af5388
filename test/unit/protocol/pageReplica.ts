import assert from 'node:assert/strict';
import type { Patch, RowRange } from '../../../src/protocol/messages.ts';
import type { Row } from '../../../src/transcript/row.ts';

/** The page in its plainest form: what the protocol says, and nothing for speed or for the eye. */
export class PageReplica {
  rows: Row[] = [];
  from = 0;
  range: RowRange = { first: 0, end: 0 };
  /** Patches that came, by kind, and the most rows that one of them brought. */
  readonly counts = new Map<Patch['op'], number>();
  mostRows = 0;

  get end(): number {
    return this.from + this.rows.length;
  }

  /** The whole anew, with `open`. */
  open(message: { readonly range: RowRange; readonly from: number; readonly rows: readonly Row[] }): void {
    this.replace(message);
  }

  /** Rows that were asked for: they extend the window where they touch it, else become it. */
  answer(message: { readonly range: RowRange; readonly from: number; readonly rows: readonly Row[] }): void {
    this.range = message.range;
    this.put(message.from, message.rows);
    this.clip(this.range.first, this.range.end);
  }

  apply(patch: Patch): void {
    this.counts.set(patch.op, (this.counts.get(patch.op) ?? 0) + 1);
    switch (patch.op) {
      case 'window':
        return this.replace(patch);
      case 'range':
        this.range = patch.range;
        return this.clip(patch.range.first, patch.range.end);
      case 'append':
        this.mostRows = Math.max(this.mostRows, patch.rows.length);
        if (patch.at >= this.from && patch.at <= this.end) {
          this.put(patch.at, patch.rows);
        }
        return;
      case 'set':
        if (this.holds(patch.at)) {
          this.rows[patch.at - this.from] = patch.row;
        }
        return;
      case 'appendText': {
        const row = this.rows[patch.at - this.from];
        if (!this.holds(patch.at) || row === undefined) {
          return;
        }
        assert.ok(row.kind === 'agentMessage' && row.key === patch.key, 'text for another row');
        const blocks = [...row.blocks];
        const block = blocks[patch.block];
        assert.ok(block?.type === 'text', 'text for a block that is none');
        const text = block.text + patch.text;
        blocks[patch.block] = { type: 'text', text, total: text.length };
        this.rows[patch.at - this.from] = { ...row, blocks };
        return;
      }
      default:
        assert.fail(`unexpected ${patch.op}`);
    }
  }

  clip(from: number, end: number): void {
    const start = Math.min(Math.max(from, this.from), this.end);
    this.rows = this.rows.slice(start - this.from, Math.max(start, end) - this.from);
    this.from = start;
  }

  private holds(at: number): boolean {
    return at >= this.from && at < this.end;
  }

  private replace(message: {
    readonly range: RowRange;
    readonly from: number;
    readonly rows: readonly Row[];
  }): void {
    this.mostRows = Math.max(this.mostRows, message.rows.length);
    this.range = message.range;
    this.from = message.from;
    this.rows = [...message.rows];
  }

  private put(from: number, fresh: readonly Row[]): void {
    const end = from + fresh.length;
    if (end < this.from || from > this.end) {
      this.from = from;
      this.rows = [...fresh];
      return;
    }
    const before = this.rows.slice(0, Math.max(0, from - this.from));
    const behind = this.rows.slice(Math.max(0, end - this.from));
    this.rows = [...before, ...fresh, ...behind];
    this.from = Math.min(this.from, from);
  }
}

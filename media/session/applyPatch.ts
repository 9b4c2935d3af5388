import type { Banner, Patch, RowRange, SessionHeader } from '../../src/protocol/messages.ts';
import type { FeedStatus } from './feedTypes.ts';
import type { Block, Row } from '../../src/transcript/row.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import { clipped, merged, rowAt, type Slice, sliceEnd, withRow } from './rowWindow.ts';

/** What the host can change; everything else the page makes of it. */
export interface Replica {
  readonly header: SessionHeader;
  readonly feed: FeedStatus;
  readonly banner: Banner | null;
  readonly range: RowRange;
  readonly held: Slice;
}

/**
 * The replica after one patch, or undefined where the patch cannot belong to it, which means that the two
 * sides have come apart. Rows outside of what is held are none of our business and change nothing.
 */
export function applyPatch(replica: Replica, patch: Patch): Replica | undefined {
  switch (patch.op) {
    case 'range':
      return inRange(replica, patch.range, replica.held);
    case 'append':
      return append(replica, patch.at, patch.rows);
    case 'set':
      return { ...replica, held: withRow(replica.held, patch.at, patch.row) };
    case 'appendText': {
      const row = rowAt(replica.held, patch.at);
      if (row === undefined) {
        return replica;
      }
      const longer = row.key === patch.key ? withText(row, patch.block, patch.text) : undefined;
      return longer && { ...replica, held: withRow(replica.held, patch.at, longer) };
    }
    case 'window':
      return inRange(replica, patch.range, { from: patch.from, rows: patch.rows });
    case 'header':
      return { ...replica, header: patch.header };
    case 'feed':
      return { ...replica, feed: patch.feed, banner: patch.banner };
    default:
      return assertNever(patch);
  }
}

function inRange(replica: Replica, range: RowRange, held: Slice): Replica {
  return { ...replica, range, held: clipped(held, { from: range.first, end: range.end }) };
}

function append(replica: Replica, at: number, rows: readonly Row[]): Replica {
  const { held, range } = replica;
  const grown = { first: range.first, end: Math.max(range.end, at + rows.length) };
  const touches = held.rows.length === 0 ? at === range.first : at >= held.from && at <= sliceEnd(held);
  return { ...replica, range: grown, held: touches ? merged(held, { from: at, rows }) : held };
}

function withText(row: Row, block: number, text: string): Row | undefined {
  if (row.kind === 'thinking') {
    return { ...row, text: (row.text ?? '') + text };
  }
  if (row.kind !== 'agentMessage' || block > row.blocks.length) {
    return undefined;
  }
  const old: Block = row.blocks[block] ?? { type: 'text', text: '', total: 0 };
  if (old.type !== 'text') {
    return undefined;
  }
  const grown: Block = { type: 'text', text: old.text + text, total: old.total + text.length };
  return { ...row, blocks: [...row.blocks.slice(0, block), grown, ...row.blocks.slice(block + 1)] };
}

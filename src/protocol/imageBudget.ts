import type { Block, Row } from '../transcript/row.ts';

/** The most of all pictures in one message to the page, in bytes. */
const MAX_BYTES = 4_000_000;

/**
 * Rows for one message to the page, with the pictures that fit into it. The newest rows come first, since a
 * reader begins there; the others keep a place from which a picture can be opened.
 */
export function withinImageBudget(rows: readonly Row[], budget = MAX_BYTES): readonly Row[] {
  let left = budget;
  const newestFirst = rows.toReversed();
  const kept = newestFirst.map((row) => {
    const bytes = imageBytes(row);
    if (bytes <= left) {
      left -= bytes;
      return row;
    }
    return withoutImages(row);
  });
  return kept.every((row, index) => row === newestFirst[index]) ? rows : kept.toReversed();
}

function blocksIn(row: Row): readonly Block[] {
  switch (row.kind) {
    case 'userMessage':
    case 'agentMessage':
      return row.blocks;
    case 'tool':
      return row.result ?? [];
    case 'notice':
      return row.blocks ?? [];
    default:
      return [];
  }
}

function imageBytes(row: Row): number {
  let bytes = 0;
  for (const block of blocksIn(row)) {
    bytes += block.type === 'image' && block.data !== undefined ? block.bytes : 0;
  }
  return bytes;
}

function withoutImages(row: Row): Row {
  const blocks = blocksIn(row).map((block): Block =>
    block.type === 'image' ? { ...block, data: undefined } : block,
  );
  switch (row.kind) {
    case 'tool':
      return { ...row, result: blocks };
    case 'userMessage':
    case 'agentMessage':
    case 'notice':
      return { ...row, blocks };
    default:
      return row;
  }
}

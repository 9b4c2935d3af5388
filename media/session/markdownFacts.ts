import { isCodeBlock, type Token } from '../../src/transcript/messageMarkdown.ts';
import type { BlockTokens } from './markdownBlocks.ts';

/** What the blocks before one have used up, and what they count. */
export interface Before {
  readonly links: number;
  readonly codeBlocks: number;
  /** The levels of the headings that are open, outermost first. */
  readonly headings: readonly number[];
}

/** What a block adds, and what it costs to draw. */
interface Facts {
  readonly links: number;
  readonly codeBlocks: number;
  readonly headings: readonly number[];
  readonly weight: number;
}

export const NOTHING_BEFORE: Before = { links: 0, codeBlocks: 0, headings: [] };

const known = new WeakMap<BlockTokens, Facts>();

/** A block of code has a bar with buttons: it is put on the page as so many words would be. */
const CODE_WEIGHT = 20;

/** What the block costs to draw: its tokens, those in its lines included. */
export function weightOf(block: BlockTokens): number {
  return factsOf(block).weight;
}

/** What one token costs to draw, without those in its line. */
export function tokenWeight(token: Token): number {
  return isCodeBlock(token) ? CODE_WEIGHT : 1;
}

export function afterBlock(before: Before, block: BlockTokens): Before {
  const { links, codeBlocks, headings } = factsOf(block);
  return {
    links: before.links + links,
    codeBlocks: before.codeBlocks + codeBlocks,
    headings: headings.reduce(withHeading, before.headings),
  };
}

/** The open headings once one of that level has begun: it closes all that are not above it. */
export function withHeading(open: readonly number[], level: number): readonly number[] {
  return [...open.filter((above) => above < level), level];
}

/** The level of a heading, 1 to 6. */
export function headingLevel(token: Token): number {
  return Number(token.tag.slice(1));
}

function factsOf(block: BlockTokens): Facts {
  let facts = known.get(block);
  if (facts === undefined) {
    facts = count(block);
    known.set(block, facts);
  }
  return facts;
}

function count(block: BlockTokens): Facts {
  let links = 0;
  let codeBlocks = 0;
  let weight = 0;
  const headings: number[] = [];
  for (const token of block) {
    const inside = token.children ?? [];
    weight += tokenWeight(token) + inside.length;
    links += inside.filter(({ type }) => type === 'link_open' || type === 'image').length;
    codeBlocks += isCodeBlock(token) ? 1 : 0;
    if (token.type === 'heading_open') {
      headings.push(headingLevel(token));
    }
  }
  return { links, codeBlocks, headings, weight };
}

import { type Env, MarkdownIt, type Token } from './markdownIt.ts';

/** One top-level block of a message: a paragraph, a list, a fence with all that is in it. */
export type BlockTokens = readonly Token[];

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 60 });
// Only what the host would open at all becomes a link; the rest stays the text it is.
parser.validateLink = (url) => /^https?:\/\//i.test(url);

/**
 * A text that grows at its end, as blocks. Blocks before the last are finished: they are parsed once and keep
 * their identity, so that what is drawn for them can be kept as well. A text that changes elsewhere starts anew.
 * A link defined below its use stays text, in the growing text as in the final one, so nothing jumps.
 */
export class MarkdownBlocks {
  private text = '';
  private finishedEnd = 0;
  private finished: BlockTokens[] = [];
  private env: Env = {};
  private current: readonly BlockTokens[] = [];

  update(source: string): readonly BlockTokens[] {
    // The parser counts lines by \n alone.
    const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    if (text === this.text) {
      return this.current;
    }
    if (!text.startsWith(this.text.slice(0, this.finishedEnd))) {
      this.finished = [];
      this.finishedEnd = 0;
      this.env = {};
    }
    this.text = text;
    const tail = text.slice(this.finishedEnd);
    const blocks = topLevelBlocks(parser.parse(tail, this.env));
    const last = blocks.at(-1);
    const line = last?.[0]?.map?.[0] ?? 0;
    if (blocks.length > 1 && line > 0) {
      this.finished.push(...blocks.slice(0, -1));
      this.finishedEnd += offsetOfLine(tail, line);
    }
    this.current =
      blocks.length > 1 && line > 0 && last ? [...this.finished, last] : [...this.finished, ...blocks];
    return this.current;
  }
}

function topLevelBlocks(tokens: readonly Token[]): BlockTokens[] {
  const blocks: Token[][] = [];
  for (const token of tokens) {
    const starts = token.level === 0 && token.nesting >= 0 && token.type !== 'inline';
    if (starts) {
      blocks.push([token]);
    } else {
      blocks.at(-1)?.push(token);
    }
  }
  return blocks;
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let count = 0; count < line; count += 1) {
    const next = text.indexOf('\n', offset);
    if (next < 0) {
      return offset;
    }
    offset = next + 1;
  }
  return offset;
}

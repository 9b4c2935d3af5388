import { type Env, parseMarkdown, type Token, withPlainLines } from '../../src/transcript/messageMarkdown.ts';
import { growingText, withOpenEndsClosed } from './growingText.ts';

/** One top-level block of a message: a paragraph, a list, a fence with all that is in it. */
export type BlockTokens = readonly Token[];

/**
 * A text that grows at its end, as blocks. Blocks before the last are finished: they are parsed once and keep
 * their identity, so that what is drawn for them can be kept as well. A text that changes elsewhere starts anew.
 * A link defined below its use stays text, in the growing text as in the final one, so nothing jumps.
 */
export class MarkdownBlocks {
  private text = '';
  private finishedEnd = 0;
  private finished: BlockTokens[] = [];
  /** Definitions of links in finished blocks. */
  private env: Env = {};
  private current: readonly BlockTokens[] = [];

  /** `isGrowing`: more is to come at the end, and what is half written there is shown as what it will be. */
  update(source: string, isGrowing = false): readonly BlockTokens[] {
    const whole = withPlainLines(source);
    const text = isGrowing ? growingText(whole) : whole;
    this.read(text);
    if (!isGrowing || endsInCode(this.current.at(-1))) {
      return this.current;
    }
    const closed = withOpenEndsClosed(text.slice(this.finishedEnd));
    return this.read(text.slice(0, this.finishedEnd) + closed);
  }

  private read(text: string): readonly BlockTokens[] {
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
    // A definition at the end may be half written: it must not be the one that stays.
    const env: Env = { references: { ...this.env.references } };
    const blocks = topLevelBlocks(parseMarkdown(tail, env));
    const last = blocks.at(-1);
    const line = last?.[0]?.map?.[0] ?? 0;
    if (last !== undefined && blocks.length > 1 && line > 0) {
      this.finish(blocks.slice(0, -1), tail.slice(0, offsetOfLine(tail, line)), env);
      this.current = [...this.finished, last];
    } else {
      this.current = [...this.finished, ...blocks];
    }
    return this.current;
  }

  private finish(blocks: readonly BlockTokens[], source: string, env: Env): void {
    this.finished.push(...blocks);
    this.finishedEnd += source.length;
    if (countDefinitions(env) > countDefinitions(this.env)) {
      parseMarkdown(source, this.env);
    }
  }
}

function countDefinitions(env: Env): number {
  return Object.keys(env.references ?? {}).length;
}

function endsInCode(block: BlockTokens | undefined): boolean {
  const last = block?.findLast(({ nesting }) => nesting >= 0);
  return last?.type === 'fence' || last?.type === 'code_block';
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

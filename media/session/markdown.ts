import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { codeBlockOf, type Token } from '../../src/transcript/messageMarkdown.ts';
import { CodeColours, type Highlight } from './codeColours.ts';
import { type BlockTokens, MarkdownBlocks } from './markdownBlocks.ts';
import { afterBlock, type Before, NOTHING_BEFORE, weightOf } from './markdownFacts.ts';
import { MarkdownRenderer } from './markdownRenderer.ts';
import { placeOfText, textKeyOf } from './textKey.ts';
import { codeBlock } from './view/codeBlock.ts';
import type { MarkdownContext } from './view/context.ts';
import { icon } from './view/icon.ts';

/** Texts of rows that went out of the window are let go when this many have come together. */
const MOST_KEPT = 300;

/**
 * A text is read up to this length (UTF-16 units) and drawn up to this many tokens, and by as much more each time
 * that the reader asks for it. No text can take longer than that at once, whatever is in it.
 */
const FIRST_LENGTH = 32_768;
const FIRST_TOKENS = 4_000;

/** What was drawn of a block, and of what. */
interface Drawn {
  readonly tokens: BlockTokens;
  readonly before: string;
  readonly budget: number;
  readonly isFinal: boolean;
  readonly round: unknown;
  readonly result: unknown;
}

interface KeptText {
  readonly blocks: MarkdownBlocks;
  drawn: readonly Drawn[];
  length: number;
  budget: number;
  links: number;
}

/** What is kept for each text that is on the page; a text gone from it takes its entry along. */
export class MarkdownCache {
  private readonly texts = new Map<string, KeptText>();
  private readonly colours: CodeColours;
  /** Changes whenever everything has to be drawn anew. */
  private round: { readonly strings: unknown } | undefined;

  /** `nextFrame` calls back before the next frame is drawn. */
  constructor(nextFrame: (callback: () => void) => void) {
    this.colours = new CodeColours(nextFrame);
  }

  /** The highlighter arrived: code that is drawn from now on gets its colours. */
  useHighlighter(highlight: Highlight): void {
    this.colours.use(highlight);
    this.round = undefined;
  }

  /**
   * The Markdown text named by `key` (row key, line break, index of the block) as templates. Never a string of
   * HTML on the way. `isGrowing`: the text is being written, and its last block may change.
   */
  render(key: string, text: string, context: MarkdownContext, isGrowing = false): unknown {
    if (this.round?.strings !== context.strings) {
      this.round = { strings: context.strings };
    }
    const { rowKey, index } = placeOfText(key);
    const kept = this.keptFor(key);
    const part = beginning(text, kept.length);
    const blocks = kept.blocks.update(part, isGrowing);
    this.colours.begin();
    let before = { ...NOTHING_BEFORE, links: this.linksBefore(rowKey, index) };
    const linksBefore = before.links;
    let left = kept.budget;
    const drawn: Drawn[] = [];
    for (const [at, tokens] of blocks.entries()) {
      if (left <= 0) {
        break;
      }
      const isFinal = !isGrowing || at < blocks.length - 1;
      const budget = Math.min(left, weightOf(tokens));
      drawn.push(this.drawBlock(kept.drawn[at], tokens, before, budget, isFinal, key, context));
      before = afterBlock(before, tokens);
      left -= weightOf(tokens);
    }
    kept.drawn = drawn;
    kept.links = before.links - linksBefore;
    if (this.colours.isWaiting) {
      context.actions.changeRow(rowKey, {});
    }
    const isCut = left < 0 || drawn.length < blocks.length || part.length < text.length;
    return [
      drawn.map(({ result }) => guard([result], () => result)),
      isCut ? this.moreButton(kept, rowKey, context) : nothing,
    ];
  }

  /** Forgets the texts of rows that are no longer held. */
  keepOnly(isHeld: (key: string) => boolean): void {
    if (this.texts.size < MOST_KEPT) {
      return;
    }
    for (const key of this.texts.keys()) {
      if (!isHeld(key)) {
        this.texts.delete(key);
      }
    }
  }

  private keptFor(key: string): KeptText {
    let kept = this.texts.get(key);
    if (kept === undefined) {
      kept = {
        blocks: new MarkdownBlocks(),
        drawn: [],
        length: FIRST_LENGTH,
        budget: FIRST_TOKENS,
        links: 0,
      };
      this.texts.set(key, kept);
    }
    return kept;
  }

  private drawBlock(
    old: Drawn | undefined,
    tokens: BlockTokens,
    before: Before,
    budget: number,
    isFinal: boolean,
    key: string,
    context: MarkdownContext,
  ): Drawn {
    const beforeText = JSON.stringify(before);
    if (
      old?.tokens === tokens &&
      old.before === beforeText &&
      old.budget === budget &&
      old.isFinal === isFinal &&
      old.round === this.round
    ) {
      return old;
    }
    const state = { isWhole: true };
    const code = (token: Token, number: number) => {
      const { code: text, info } = codeBlockOf(token);
      const runs = isFinal ? this.colours.of(token, text, info) : undefined;
      state.isWhole &&= runs !== 'later';
      const { rowKey, index } = placeOfText(key);
      const place = { key: rowKey, block: index, number };
      return codeBlock({ text, info, runs: runs === 'later' ? undefined : runs, place }, context);
    };
    const result = new MarkdownRenderer({ context, before, budget, code }).render(tokens);
    // What waits for its colours is drawn again.
    return {
      tokens,
      before: beforeText,
      budget,
      isFinal,
      round: state.isWhole ? this.round : undefined,
      result,
    };
  }

  /** The limit on links counts for the message, which may be of several texts. */
  private linksBefore(rowKey: string, index: number): number {
    let links = 0;
    for (let earlier = 0; earlier < index; earlier += 1) {
      links += this.texts.get(textKeyOf({ rowKey, index: earlier }))?.links ?? 0;
    }
    return links;
  }

  private moreButton(kept: KeptText, rowKey: string, context: MarkdownContext): TemplateResult {
    const onClick = () => {
      kept.length += FIRST_LENGTH;
      kept.budget += FIRST_TOKENS;
      context.actions.grow(rowKey);
    };
    return html`<button type="button" class="link show-all" @click=${onClick}>
      ${icon('chevron-down')}${context.strings.markdown.showMore}
    </button>`;
  }
}

/** The text up to that length, ending with a line where it has lines. */
function beginning(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const line = text.lastIndexOf('\n', length - 1) + 1;
  return text.slice(0, line > length / 2 ? line : length);
}

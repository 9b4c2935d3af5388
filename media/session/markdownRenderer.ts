import { html, type TemplateResult } from 'lit/html.js';
import { isCodeBlock, type Token } from '../../src/transcript/messageMarkdown.ts';
import { type Before, headingLevel, tokenWeight, withHeading } from './markdownFacts.ts';
import { tablePart } from './view/markdownTable.ts';
import { imagePlaceholder, linkView } from './view/markdownLink.ts';
import { type Task, taskMark, taskOf } from './view/taskMark.ts';
import { visibleText } from './view/hidden.ts';
import type { MarkdownContext } from './view/context.ts';

/** Links of one message beyond this many are shown as text. */
const MOST_LINKS = 50;
/** What stands inside more than this many others is drawn in the outermost of them. */
const DEEPEST = 48;
/** The page's own headings end at this level. */
const PAGE_HEADINGS = 2;

export interface RenderOptions {
  readonly context: MarkdownContext;
  readonly before: Before;
  /** How many tokens may be drawn. */
  readonly budget: number;
  /** Draws a block of code; the number counts those of the whole text. */
  readonly code: (token: Token, number: number) => unknown;
}

/** What is open, and what has been drawn inside of it so far. */
interface Frame {
  readonly open: Token | undefined;
  readonly children: unknown[];
}

/** One top-level block as templates. Never a string of HTML on the way; work and depth are bounded. */
export class MarkdownRenderer {
  private readonly options: RenderOptions;
  private budget: number;
  private links: number;
  private codeBlocks: number;
  private headings: readonly number[];
  private isInLink = false;
  /** The task that the list item is. */
  private task: Task | undefined;

  constructor(options: RenderOptions) {
    const { before, budget } = options;
    this.options = options;
    this.budget = budget;
    this.links = before.links;
    this.codeBlocks = before.codeBlocks;
    this.headings = before.headings;
  }

  render(tokens: readonly Token[]): readonly unknown[] {
    const root: Frame = { open: undefined, children: [] };
    const frames: Frame[] = [root];
    for (const [index, token] of tokens.entries()) {
      if (this.budget <= 0) {
        break;
      }
      this.budget -= tokenWeight(token);
      const top = frames.at(-1) ?? root;
      if (token.nesting === 1) {
        frames.push(this.opened(token, top, frames.length, tokens, index));
      } else if (token.nesting === -1) {
        this.close(frames);
      } else {
        top.children.push(this.leaf(token));
      }
    }
    while (frames.length > 1) {
      this.close(frames);
    }
    return root.children;
  }

  private opened(token: Token, top: Frame, depth: number, tokens: readonly Token[], index: number): Frame {
    if (token.type === 'heading_open') {
      this.headings = withHeading(this.headings, headingLevel(token));
    }
    if (token.type === 'link_open') {
      this.links += 1;
    }
    const isNoLink = token.type === 'link_open' && (this.links > MOST_LINKS || !leadsAnywhere(token, 'href'));
    if (depth > DEEPEST || isNoLink || (token.type === 'paragraph_open' && token.hidden)) {
      // No element of its own: what is inside goes where this stands.
      return { open: undefined, children: top.children };
    }
    if (token.type === 'link_open') {
      this.isInLink = true;
    }
    if (token.type === 'list_item_open') {
      this.task = taskOf(tokens, index);
    }
    return { open: token, children: [] };
  }

  private close(frames: Frame[]): void {
    const frame = frames.pop();
    const parent = frames.at(-1);
    if (frame?.open !== undefined && parent !== undefined) {
      parent.children.push(this.element(frame.open, frame.children, frames.length === 1));
    }
  }

  /** `isTop`: a block of the message itself, which has a direction of its own; blocks inside follow by style. */
  private element(open: Token, children: readonly unknown[], isTop: boolean): unknown {
    const direction = isTop ? 'auto' : undefined;
    switch (open.type) {
      case 'paragraph_open':
        return isTop ? html`<p dir="auto">${children}</p>` : html`<p>${children}</p>`;
      case 'heading_open':
        return this.heading(open, children);
      case 'bullet_list_open':
        return isTop
          ? html`<ul dir="auto">
              ${children}
            </ul>`
          : html`<ul>
              ${children}
            </ul>`;
      case 'ordered_list_open': {
        const start = attribute(open, 'start') ?? '1';
        return isTop
          ? html`<ol dir="auto" start=${start}>
              ${children}
            </ol>`
          : html`<ol start=${start}>
              ${children}
            </ol>`;
      }
      case 'list_item_open':
        return html`<li>${children}</li>`;
      case 'blockquote_open':
        return isTop
          ? html`<blockquote dir="auto">${children}</blockquote>`
          : html`<blockquote>${children}</blockquote>`;
      case 'strong_open':
        return html`<strong>${children}</strong>`;
      case 'em_open':
        return html`<em>${children}</em>`;
      case 's_open':
        return html`<s>${children}</s>`;
      case 'link_open':
        this.isInLink = false;
        return linkView(attribute(open, 'href') ?? '', children, this.options.context);
      default:
        return tablePart(open, children, direction, this.options.context);
    }
  }

  /** The outermost heading of a message comes right below those of the page, and no level is left out. */
  private heading(open: Token, children: readonly unknown[]): TemplateResult {
    const className = `md-${open.tag}`;
    switch (PAGE_HEADINGS + this.headings.length) {
      case 3:
        return html`<h3 class=${className} dir="auto">${children}</h3>`;
      case 4:
        return html`<h4 class=${className} dir="auto">${children}</h4>`;
      case 5:
        return html`<h5 class=${className} dir="auto">${children}</h5>`;
      default:
        return html`<h6 class=${className} dir="auto">${children}</h6>`;
    }
  }

  private leaf(token: Token): unknown {
    if (isCodeBlock(token)) {
      this.codeBlocks += 1;
      return this.options.code(token, this.codeBlocks - 1);
    }
    switch (token.type) {
      case 'inline':
        return this.render(token.children ?? []);
      case 'code_inline':
        return html`<code>${visibleText(token.content)}</code>`;
      case 'softbreak':
        return '\n';
      case 'hardbreak':
        return html`<br />`;
      case 'hr':
        return html`<hr />`;
      case 'image': {
        this.links += 1;
        const isLink = !this.isInLink && this.links <= MOST_LINKS && leadsAnywhere(token, 'src');
        const address = attribute(token, 'src') ?? '';
        return imagePlaceholder(token.content, isLink ? address : undefined, this.options.context);
      }
      default:
        return this.text(token);
    }
  }

  private text(token: Token): unknown {
    if (token !== this.task?.text) {
      return visibleText(token.content);
    }
    return [
      taskMark(this.task.isDone, this.options.context),
      visibleText(token.content.slice(3).trimStart()),
    ];
  }
}

/** The parser makes links without an address, too. */
function leadsAnywhere(token: Token, name: string): boolean {
  return (attribute(token, name) ?? '') !== '';
}

function attribute(token: Token, name: string): string | undefined {
  const value = token.attrs?.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : String(value);
}

import { html, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { type BlockTokens, MarkdownBlocks } from './markdownBlocks.ts';
import type { Token } from './markdownIt.ts';
import { codeBlock } from './view/codeBlock.ts';
import { visibleText } from './view/hidden.ts';
import { icon } from './view/icon.ts';
import type { PageContext } from './view/context.ts';

/** Links in one block beyond this many are shown as text. */
const MOST_LINKS = 50;

/** Texts of rows that went out of the window are let go when this many have come together. */
const MOST_KEPT = 300;

/** What is kept for each text that is on the page; a text gone from it takes its entry along. */
export class MarkdownCache {
  private readonly texts = new Map<string, MarkdownBlocks>();

  /** The Markdown text named by `key` as templates. Never a string of HTML on the way. */
  render(key: string, text: string, context: PageContext): unknown {
    let blocks = this.texts.get(key);
    if (blocks === undefined) {
      blocks = new MarkdownBlocks();
      this.texts.set(key, blocks);
    }
    return blocks.update(text).map((tokens) => guard([tokens], () => renderBlock(tokens, context)));
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
}

interface Renderer {
  readonly context: PageContext;
  links: number;
}

function renderBlock(tokens: BlockTokens, context: PageContext): unknown {
  return renderAll(tokens, { context, links: 0 });
}

function renderAll(tokens: readonly Token[], renderer: Renderer): readonly unknown[] {
  const output: unknown[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) {
      break;
    }
    if (token.nesting === 1) {
      const close = closingIndex(tokens, index);
      output.push(renderPair(token, tokens.slice(index + 1, close), renderer));
      index = close;
    } else {
      output.push(renderLeaf(token, renderer));
    }
  }
  return output;
}

function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    depth += tokens[index]?.nesting ?? 0;
    if (depth === 0) {
      return index;
    }
  }
  return tokens.length;
}

function renderPair(open: Token, inside: readonly Token[], renderer: Renderer): unknown {
  if (open.type === 'link_open') {
    return renderLink(open, inside, renderer);
  }
  const children = renderAll(inside, renderer);
  switch (open.type) {
    case 'paragraph_open':
      return open.hidden ? children : html`<p>${children}</p>`;
    case 'heading_open':
      return html`<h3 class="md-${open.tag}">${children}</h3>`;
    case 'bullet_list_open':
      return html`<ul>
        ${children}
      </ul>`;
    case 'ordered_list_open':
      return html`<ol start=${attribute(open, 'start') ?? '1'}>
        ${children}
      </ol>`;
    case 'list_item_open':
      return html`<li>${children}</li>`;
    case 'blockquote_open':
      return html`<blockquote>${children}</blockquote>`;
    case 'strong_open':
      return html`<strong>${children}</strong>`;
    case 'em_open':
      return html`<em>${children}</em>`;
    case 's_open':
      return html`<s>${children}</s>`;
    default:
      return renderTablePart(open, children);
  }
}

function renderTablePart(open: Token, children: readonly unknown[]): unknown {
  switch (open.type) {
    case 'table_open':
      return html`<div class="table" tabindex="0">
        <table>
          ${children}
        </table>
      </div>`;
    case 'thead_open':
      return html`<thead>
        ${children}
      </thead>`;
    case 'tbody_open':
      return html`<tbody>
        ${children}
      </tbody>`;
    case 'tr_open':
      return html`<tr>
        ${children}
      </tr>`;
    case 'th_open':
      return html`<th class=${alignment(open)}>${children}</th>`;
    case 'td_open':
      return html`<td class=${alignment(open)}>${children}</td>`;
    default:
      return children;
  }
}

function renderLeaf(token: Token, renderer: Renderer): unknown {
  switch (token.type) {
    case 'inline':
      return renderAll(token.children ?? [], renderer);
    case 'code_inline':
      return html`<code>${visibleText(token.content)}</code>`;
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return html`<br />`;
    case 'hr':
      return html`<hr />`;
    case 'fence':
      return codeBlock(token.content, token.info.trim().split(/\s/)[0] ?? '', renderer.context);
    case 'code_block':
      return codeBlock(token.content, '', renderer.context);
    case 'image':
      return imagePlaceholder(token.content, renderer.context);
    default:
      return visibleText(token.content);
  }
}

/** An image in a text would be a request to a host of the text's choosing. */
function imagePlaceholder(alt: string, context: PageContext): TemplateResult {
  return html`<span class="placeholder"
    >${icon('file-media')} ${context.strings.image}${alt === '' ? '' : ': '}${visibleText(alt)}</span
  >`;
}

function renderLink(open: Token, inside: readonly Token[], renderer: Renderer): unknown {
  const url = attribute(open, 'href') ?? '';
  renderer.links += 1;
  const children = renderAll(inside, renderer);
  if (renderer.links > MOST_LINKS) {
    return children;
  }
  return html`<button
    type="button"
    class="link"
    role="link"
    title=${url}
    @click=${() => renderer.context.actions.openLink(url)}
  >
    ${children}
  </button>`;
}

function attribute(token: Token, name: string): string | undefined {
  const value = token.attrs?.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : String(value);
}

/** The parser knows alignment as a style; a style attribute is not allowed here, a class is. */
function alignment(token: Token): string {
  const style = attribute(token, 'style') ?? '';
  if (style.endsWith('right')) {
    return 'align-right';
  }
  return style.endsWith('center') ? 'align-center' : '';
}

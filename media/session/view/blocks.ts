import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { BodyPart } from '../../../src/protocol/messages.ts';
import type { Block } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import { textKeyOf } from '../textKey.ts';
import { terminalText } from '../../../src/util/terminalText.ts';
import { blobImage, canShowImage } from './blobImage.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { documentView } from './documentView.ts';
import { icon } from './icon.ts';
import { linkView } from './linkView.ts';
import { bytesText, placeholder } from './placeholder.ts';
import { searchResultView } from './searchResult.ts';

/** How a text block is read: as it is, as the output of a tool, or as Markdown, which may still be being written. */
export type TextStyle = 'plain' | 'output' | 'markdown' | 'growingMarkdown';

/** The blocks of a message or a result; `part` is what "Show all" opens. */
export function blocksView(
  key: string,
  blocks: readonly Block[],
  style: TextStyle,
  part: BodyPart,
  context: PageContext,
): readonly unknown[] {
  return blocks.map((block, index) => blockView(key, block, index, style, part, context));
}

/** One block; `index` is its place in the content. */
export function blockView(
  key: string,
  block: Block,
  index: number,
  style: TextStyle,
  part: BodyPart,
  context: PageContext,
): unknown {
  const { strings, format, actions } = context;
  switch (block.type) {
    case 'text':
      return [
        textView(textKeyOf({ rowKey: key, index }), block.text, style, context),
        showAllButton(key, part, block.text.length, block.total, context),
      ];
    case 'image':
      return canShowImage(block)
        ? blobImage(block, strings.image)
        : imagePlace(key, block, index, part, context);
    case 'document':
      return documentView(key, block, index, part, context);
    case 'searchResult':
      return [
        searchResultView(block, context),
        showAllButton(key, part, block.text.length, block.total, context),
      ];
    case 'redacted':
      return placeholder('lock', strings.redacted);
    case 'other':
      return [
        html`<div class="other-name">${visibleText(block.name)}</div>
          <pre class="output" tabindex="0">${visibleText(block.json)}</pre>`,
        showAllButton(key, part, block.json.length, block.total, context),
      ];
    case 'more':
      return html`<div class="more-parts">
        <span>${fill(strings.reading.more, { count: format.number(block.count) })}</span>
        <button type="button" class="link show-all" @click=${() => actions.openBody(key, part)}>
          ${icon('go-to-file')}${strings.reading.showWhole}
        </button>
      </div>`;
    default:
      return assertNever(block);
  }
}

function textView(key: string, text: string, style: TextStyle, context: PageContext): unknown {
  if (style === 'output') {
    return html`<pre class="output" tabindex="0">${visibleText(terminalText(text))}</pre>`;
  }
  const markdown =
    style === 'plain' ? undefined : context.markdown?.render(key, text, context, style === 'growingMarkdown');
  if (markdown !== undefined) {
    return html`<div class="md">${markdown}</div>`;
  }
  return html`<div class="plain" dir="auto">${visibleText(text)}</div>`;
}

/** Offers the whole of a body that was cut. */
export function showAllButton(
  key: string,
  part: BodyPart,
  shown: number,
  total: number,
  context: PageContext,
): TemplateResult | typeof nothing {
  if (total <= shown) {
    return nothing;
  }
  const { strings, format } = context;
  const label = fill(strings.showAll, { total: format.number(total) });
  const onClick = () => context.actions.openBody(key, part);
  return html`<button type="button" class="link show-all" @click=${onClick}>
    ${icon('go-to-file')}${label}
  </button>`;
}

/** A picture that is too large for the page, lies elsewhere, or is of a kind that the page does not draw. */
function imagePlace(
  key: string,
  block: Extract<Block, { type: 'image' }>,
  index: number,
  part: BodyPart,
  context: PageContext,
): TemplateResult {
  const { strings, actions } = context;
  const { url } = block;
  const size = block.bytes > 0 ? bytesText(block.bytes, context) : '';
  const text = [strings.image, block.mediaType === 'image' ? '' : block.mediaType, size].filter(Boolean);
  if (url !== undefined) {
    return placeholder('file-media', text.join(' · '), linkView(url, url, context));
  }
  return block.bytes === 0
    ? placeholder('file-media', text.join(' · '))
    : placeholder(
        'file-media',
        text.join(' · '),
        html`<button type="button" class="link" @click=${() => actions.openBlock(key, part, index)}>
          ${strings.reading.openImage}
        </button>`,
      );
}

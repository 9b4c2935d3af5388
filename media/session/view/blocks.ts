import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { BodyPart } from '../../../src/protocol/messages.ts';
import type { Block } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import { terminalText } from '../terminalText.ts';
import { blobImage, canShowImage } from './blobImage.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** How a text block is read: as it is, as the output of a tool, or as Markdown. */
export type TextStyle = 'plain' | 'output' | 'markdown';

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

function blockView(
  key: string,
  block: Block,
  index: number,
  style: TextStyle,
  part: BodyPart,
  context: PageContext,
): unknown {
  const { strings } = context;
  switch (block.type) {
    case 'text':
      return [
        textView(`${key}\n${index}`, block.text, style, context),
        showAllButton(key, part, block.text.length, block.total, context),
      ];
    case 'image':
      return canShowImage(block)
        ? blobImage(block, strings.image)
        : placeholder(
            'file-media',
            `${strings.image} · ${block.mediaType} · ${bytesText(block.bytes, context)}`,
          );
    case 'document':
      return placeholder(
        'file',
        [strings.document, block.title, block.mediaType].filter(Boolean).join(' · '),
      );
    case 'redacted':
      return placeholder('lock', strings.redacted);
    case 'other':
      return [
        html`<div class="other-name">${visibleText(block.name)}</div>
          <pre class="output" tabindex="0">${visibleText(block.json)}</pre>`,
        showAllButton(key, part, block.json.length, block.total, context),
      ];
    default:
      return assertNever(block);
  }
}

function textView(key: string, text: string, style: TextStyle, context: PageContext): unknown {
  if (style === 'output') {
    return html`<pre class="output" tabindex="0">${visibleText(terminalText(text))}</pre>`;
  }
  if (style === 'markdown' && context.markdown !== undefined) {
    return html`<div class="md">${context.markdown.render(key, text, context)}</div>`;
  }
  return html`<div class="plain">${visibleText(text)}</div>`;
}

/** Offers the whole of a body that was cut. */
export function showAllButton(
  key: string,
  part: BodyPart,
  shown: number,
  total: number,
  context: PageContext,
  onOpen?: () => void,
): TemplateResult | typeof nothing {
  if (total <= shown) {
    return nothing;
  }
  const label = fill(context.strings.showAll, { total: context.format.number(total) });
  const onClick = () => {
    context.actions.openBody(key, part);
    onOpen?.();
  };
  return html`<button type="button" class="link show-all" @click=${onClick}>
    ${icon('go-to-file')}${label}
  </button>`;
}

function placeholder(name: 'file' | 'file-media' | 'lock', text: string): TemplateResult {
  return html`<div class="placeholder">${icon(name)}<span>${visibleText(text)}</span></div>`;
}

function bytesText(bytes: number, context: PageContext): string {
  return `${context.format.compact(bytes)}B`;
}

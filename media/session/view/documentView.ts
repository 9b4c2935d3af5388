import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { BodyPart } from '../../../src/protocol/messages.ts';
import type { DocumentBlock } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { linkView } from './linkView.ts';
import { bytesText, placeholder } from './placeholder.ts';

/** A document by its title, kind and size, with what can be done with it. */
export function documentView(
  key: string,
  block: DocumentBlock,
  index: number,
  part: BodyPart,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const parts = [block.title ?? strings.document, block.mediaType, sizeOf(block, context)];
  const text = parts.filter((each) => each !== undefined && each !== '').join(' · ');
  return placeholder('file', text, action(key, block, index, part, context));
}

function sizeOf(block: DocumentBlock, context: PageContext): string {
  if (block.size === 0) {
    return '';
  }
  return block.holds === 'text'
    ? fill(context.strings.reading.characters, { count: context.format.number(block.size) })
    : bytesText(block.size, context);
}

function action(
  key: string,
  block: DocumentBlock,
  index: number,
  part: BodyPart,
  context: PageContext,
): TemplateResult | typeof nothing {
  const { reading } = context.strings;
  switch (block.holds) {
    case 'text':
    case 'bytes':
      return html`<button
        type="button"
        class="link"
        @click=${() => context.actions.openBlock(key, part, index)}
      >
        ${block.holds === 'text' ? reading.openDocument : reading.saveDocument}
      </button>`;
    case 'link':
      return linkView(block.url ?? '', block.url ?? '', context);
    case 'nothing':
      return nothing;
    default:
      return assertNever(block.holds);
  }
}

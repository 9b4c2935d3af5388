import { html, type TemplateResult } from 'lit/html.js';
import { readAttachedText } from '../../../src/transcript/attachedText.ts';
import type { UserMessageRow } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import { blockView, showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** The blocks of a message of the user's: what was attached is folded away, and there for those who want to see it. */
export function userBlocks(row: UserMessageRow, context: PageContext): readonly unknown[] {
  return row.blocks.map((block, index) => {
    const attached = block.type === 'text' ? readAttachedText(block.text) : undefined;
    return attached === undefined || block.type !== 'text'
      ? blockView(row.key, block, index, 'plain', 'text', context)
      : attachedView(row.key, attached, block, context);
  });
}

function attachedView(
  key: string,
  attached: NonNullable<ReturnType<typeof readAttachedText>>,
  block: { readonly text: string; readonly total: number },
  context: PageContext,
): TemplateResult {
  const { composer } = context.strings;
  const { lines, name } = attached;
  const kind = lines === undefined ? composer.attachedFile : composer.attachedSelection;
  const where =
    lines === undefined
      ? name
      : `${name}, ${fill(composer.lineRange, { from: String(lines.from), to: String(lines.to) })}`;
  return html`<details class="attached">
    <summary>
      ${icon(lines === undefined ? 'file' : 'list-selection')}<span class="sr-only">${kind}: </span
      ><span class="attached-name">${visibleText(where)}</span>${icon('chevron-right', 'attached-turn')}
    </summary>
    <pre class="output" tabindex="0">${visibleText(attached.text)}</pre>
    ${showAllButton(key, 'text', block.text.length, block.total, context)}
  </details>`;
}

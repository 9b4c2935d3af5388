import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** Says that another thread of the session asks, and whose it is. */
export function threadTag({ thread }: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  if (thread === null) {
    return nothing;
  }
  const { reading } = context.strings;
  const text = thread === '' ? reading.thread : fill(reading.threadOf, { agent: thread });
  return html`<span class="thread-tag" title=${withHiddenMarked(text)}
    >${icon('list-tree')}<span>${visibleText(thread === '' ? text : thread)}</span></span
  >`;
}

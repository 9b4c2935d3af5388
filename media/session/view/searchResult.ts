import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Block } from '../../../src/transcript/row.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { linkView } from './linkView.ts';

type SearchResult = Extract<Block, { type: 'searchResult' }>;

/** Something that was found: its title, where it is from, and its text. */
export function searchResultView(
  { title, source, text }: SearchResult,
  context: PageContext,
): TemplateResult {
  return html`<div class="found">
    <div class="found-head">
      ${icon('search')}<span class="found-title">${visibleText(title === '' ? source : title)}</span>
    </div>
    ${source === '' || title === '' ? nothing : html`<div class="found-source">${linkView(source, source, context)}</div>`}
    ${text === '' ? nothing : html`<div class="found-text plain">${visibleText(text)}</div>`}
  </div>`;
}

import { html, type TemplateResult } from 'lit/html.js';
import type { RawRow } from '../../../src/transcript/row.ts';
import { fillParts } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import { showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** An event of a kind that this version does not know: its name, and its JSON for those who want it. */
export function rawView(row: RawRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const onToggle = (event: Event) => {
    if (
      event.currentTarget instanceof HTMLDetailsElement &&
      event.currentTarget.open !== (ui.expanded === true)
    ) {
      actions.toggle(row.key, event.currentTarget.open);
    }
  };
  const name = html`<code>${visibleText(row.type)}</code>`;
  return html`<details class="card raw" ?open=${ui.expanded === true} @toggle=${onToggle}>
    <summary class="card-head">
      ${icon('json')}<span class="card-title"
        >${fillParts<unknown>(strings.unknownEvent, { type: name })}</span
      >
      ${icon('chevron-right', 'chevron')}
    </summary>
    <pre class="output" tabindex="0">${visibleText(row.json)}</pre>
    <div class="card-foot">
      ${showAllButton(row.key, 'raw', row.json.length, row.total, context)}
      ${copyButton(() => actions.copyBody(row.key, 'raw'), context)}
    </div>
  </details>`;
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ThinkingRow } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

export function thinkingView(row: ThinkingRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, format, actions } = context;
  const past =
    row.durationMs === null
      ? strings.thought
      : fill(strings.thoughtFor, { duration: format.duration(row.durationMs) });
  const text = row.streaming ? strings.thinking : past;
  const line = html`${icon('thinking')}<span>${text}</span>`;
  if (row.text === null || row.text === '') {
    return html`<div class="notice tone-quiet is-divider"><span class="notice-text">${line}</span></div>`;
  }
  const expanded = ui.expanded === true;
  return html`<div class="notice tone-quiet is-divider">
      <button
        type="button"
        class="notice-text quiet"
        aria-expanded=${expanded}
        @click=${() => actions.toggle(row.key, !expanded)}
      >
        ${line}${icon('chevron-right', 'chevron')}
      </button>
    </div>
    ${expanded ? html`<div class="thought plain">${visibleText(row.text)}</div>` : nothing}`;
}

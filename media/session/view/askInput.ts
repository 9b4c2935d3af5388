import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { hasInputChanged } from '../approvalState.ts';
import { fill } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import type { PageContext } from './context.ts';
import { exactInput } from './exactInput.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { watchEnd } from './watchEnd.ts';

/** Exactly the input of a call, every hidden character marked, in a box that tells when its end was on the screen. */
export function askInput(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const input = exactInput(row);
  return html`<div
      class="ask-input"
      tabindex="0"
      role="group"
      aria-label=${strings.input}
      @keydown=${keepScrollKeys}
    >
      <pre>${visibleText(input.text, input.isCommand ? 'exact' : 'exactJson')}</pre>
      <span
        class="ask-end"
        ${watchEnd(row.inputHash, (hash) => actions.approvals.sawEnd(row.key, hash))}
      ></span>
    </div>
    ${input.isCut ? rest(row, ui, context) : nothing}
    ${hasInputChanged(row, ui) ? changed(row, ui, context) : nothing}`;
}

/** Who asks, where it is not the session's own agent. */
export function askThread(row: ToolRow, { strings }: PageContext): TemplateResult | typeof nothing {
  if (row.thread === null) {
    return nothing;
  }
  const { threadOf, thread } = strings.reading;
  const text = row.thread === '' ? thread : fill(threadOf, { agent: row.thread });
  return html`<span class="place">${visibleText(text)}</span>`;
}

/** The keys that go through the conversation scroll a box that has more than it shows. */
function keepScrollKeys(event: KeyboardEvent): void {
  const box = event.currentTarget;
  const scrolls = ['PageUp', 'PageDown', 'Home', 'End'].includes(event.key);
  if (scrolls && box instanceof HTMLElement && box.scrollHeight > box.clientHeight) {
    event.stopPropagation();
  }
}

/** Where the page has only the beginning: how much that is, and the way to the whole. */
function rest(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions, format } = context;
  const isOpened = ui.openedHash === row.inputHash;
  const shown = format.number(row.inputJson.length);
  const total = format.number(row.inputTotal);
  return html`<div class="ask-note">
    ${icon(isOpened ? 'check' : 'info')}
    <span>${isOpened ? strings.approvals.openedWhole : fill(strings.approvals.cut, { shown, total })}</span>
    <button
      type="button"
      class="secondary"
      ?disabled=${ui.opening === true}
      @click=${() => actions.approvals.openWhole(row)}
    >
      ${icon('go-to-file')}${ui.opening === true ? strings.approvals.opening : strings.approvals.openWhole}
    </button>
  </div>`;
}

/** Somebody may be about to agree to what stood here before, or to answer it. */
function changed(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  return html`<div class="ask-note is-warning" role="alert">
    ${icon('warning')}<span>${strings.approvals.changed}</span>
    <button
      type="button"
      class="secondary"
      ?disabled=${ui.seenHash !== row.inputHash}
      @click=${() => actions.approvals.acceptChange(row)}
    >
      ${strings.approvals.changedRead}
    </button>
  </div>`;
}

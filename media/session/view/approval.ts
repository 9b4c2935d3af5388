import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { fillParts } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import { showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { exactInput } from './exactInput.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';
import { watchEnd } from './watchEnd.ts';

/**
 * The card that asks for permission. It shows exactly the input, hidden characters marked; Allow works only
 * after the end of that very input was on the screen, and a decision names the input it is about.
 */
export function approvalView(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings } = context;
  const name = html`<code
    >${visibleText(row.server === null ? row.name : `${row.server} · ${row.name}`)}</code
  >`;
  return html`<div class="card ask">
    <div class="ask-head">
      ${icon('shield')}
      <h2>${fillParts<unknown>(strings.approvalTitle, { tool: name })}</h2>
      ${timeView(row.at, context)}
    </div>
    ${inputBox(row, ui, context)}
    ${ui.error === undefined ? nothing : html`<div class="inline-error" role="alert">${icon('error')}${ui.error}</div>`}
    ${ui.denying === true ? denyForm(row, ui, context) : buttons(row, ui, context)}
  </div>`;
}

function inputBox(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const input = exactInput(row);
  const onSeen = () => {
    if (ui.seenHash !== row.inputHash) {
      actions.changeRow(row.key, { seenHash: row.inputHash });
    }
  };
  const opened = () => actions.changeRow(row.key, { openedHash: row.inputHash });
  return html`<div class="ask-input" tabindex="0" role="group" aria-label=${strings.input}>
      <pre>${visibleText(input.text, input.isCommand ? 'exact' : 'exactJson')}</pre>
      <span class="ask-end" ${watchEnd(row.inputHash, onSeen)}></span>
    </div>
    ${showAllButton(row.key, 'input', row.inputJson.length, row.inputTotal, context, opened)}`;
}

function hasReadAll(row: ToolRow, ui: RowUi): boolean {
  const opened = !exactInput(row).isCut || ui.openedHash === row.inputHash;
  return row.inputComplete && opened && ui.seenHash === row.inputHash;
}

function buttons(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const busy = ui.busy === true;
  const readAll = hasReadAll(row, ui);
  const hint = row.inputComplete ? strings.approvalScrollHint : strings.approvalIncomplete;
  return html`<div class="buttons">
    <button
      type="button"
      class="primary"
      ?disabled=${busy || !readAll || row.eventId === null}
      @click=${() => actions.decide(row, 'allow', '')}
    >
      ${strings.allow}
    </button>
    <button
      type="button"
      class="secondary start-deny"
      ?disabled=${busy || row.eventId === null}
      @click=${() => turnDenying(row, true, '.deny textarea', context)}
    >
      ${strings.deny}
    </button>
    ${readAll ? nothing : html`<span class="hint">${icon('info')}${hint}</span>`}
  </div>`;
}

/** The button that was pressed goes away: the keyboard moves on to what comes in its place. */
function turnDenying(row: ToolRow, denying: boolean, next: string, { actions }: PageContext): void {
  actions.changeRow(row.key, { denying });
  actions.focusIn(row.key, next);
}

function denyForm(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLTextAreaElement) {
      actions.keepText(row.key, event.currentTarget.value);
    }
  };
  const onDeny = (event: Event) => {
    const form = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('.deny') : null;
    actions.decide(row, 'deny', form?.querySelector('textarea')?.value ?? '');
  };
  return html`<div class="deny">
    <label>
      <span>${strings.denyReason}</span>
      <textarea
        rows="2"
        .value=${live(ui.formText ?? '')}
        ?disabled=${ui.busy === true}
        @input=${onInput}
      ></textarea>
    </label>
    <div class="buttons">
      <button type="button" class="danger" ?disabled=${ui.busy === true} @click=${onDeny}>
        ${strings.confirmDeny}
      </button>
      <button
        type="button"
        class="secondary"
        ?disabled=${ui.busy === true}
        @click=${() => turnDenying(row, false, '.start-deny', context)}
      >
        ${strings.cancel}
      </button>
    </div>
  </div>`;
}

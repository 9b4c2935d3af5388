import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { fillParts } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import { showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';

/** The agent called a tool that is ours to run: its input, and a form for the result. */
export function answerView(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const busy = ui.busy === true;
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLTextAreaElement) {
      actions.keepText(row.key, event.currentTarget.value);
    }
  };
  const onCheck = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) {
      actions.changeRow(row.key, { formIsError: event.currentTarget.checked });
    }
  };
  const onSend = (event: Event) => {
    const card = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('.ask') : null;
    actions.answerTool(row, card?.querySelector('textarea')?.value ?? '', ui.formIsError === true);
  };
  return html`<div class="card ask">
    <div class="ask-head">
      ${icon('question')}
      <h2>
        ${fillParts<unknown>(strings.answerTitle, { tool: html`<code>${visibleText(row.name)}</code>` })}
      </h2>
      ${timeView(row.at, context)}
    </div>
    <div class="ask-input" tabindex="0" role="group" aria-label=${strings.input}>
      <pre>${visibleText(row.inputJson)}</pre>
    </div>
    ${showAllButton(row.key, 'input', row.inputJson.length, row.inputTotal, context)}
    <label class="answer">
      <span>${strings.answerLabel}</span>
      <textarea rows="3" .value=${live(ui.formText ?? '')} ?disabled=${busy} @input=${onInput}></textarea>
    </label>
    ${ui.error === undefined ? nothing : html`<div class="inline-error" role="alert">${icon('error')}${ui.error}</div>`}
    <div class="buttons">
      <button type="button" class="primary" ?disabled=${busy || row.eventId === null} @click=${onSend}>
        ${strings.answerSend}
      </button>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${live(ui.formIsError === true)}
          ?disabled=${busy}
          @change=${onCheck}
        /><span>${strings.answerIsError}</span></label
      >
    </div>
  </div>`;
}

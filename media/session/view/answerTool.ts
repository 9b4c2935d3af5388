import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAX_MESSAGE_TEXT } from '../../../src/protocol/messages.ts';
import type { ToolRow } from '../../../src/transcript/row.ts';
import type { JsonProblem } from '../../../src/util/scanJson.ts';
import { hasInputChanged } from '../approvalState.ts';
import { fill, fillParts } from '../fill.ts';
import { sendKey } from '../keyboard.ts';
import type { RowUi } from '../uiState.ts';
import { waitingPlace } from './approval.ts';
import { askInput, askThread } from './askInput.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';

/** The agent called a tool that is ours to run: exactly its input, and a form for the result. */
export function answerView(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings } = context;
  return html`<div class="card ask">
    <div class="ask-head">
      ${icon('question')}
      <h2>
        ${fillParts<unknown>(strings.answerTitle, { tool: html`<code>${visibleText(row.name)}</code>` })}
      </h2>
      ${askThread(row, context)} ${timeView(row.at, context)}
    </div>
    ${askInput(row, ui, context)} ${resultField(row, ui, context)}
    ${ui.formProblem === undefined ? nothing : problemView(ui.formProblem, context)}
    ${checks(row, ui, context)}
    ${ui.error === undefined ? nothing : html`<div class="inline-error" role="alert">${icon('error')}<span>${ui.error}</span></div>`}
    ${sendButton(row, ui, context)}
  </div>`;
}

function resultField(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const { approvals } = strings;
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLTextAreaElement) {
      actions.approvals.write(row.key, { formText: event.currentTarget.value });
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (sendKey(event, false) === 'send') {
      event.preventDefault();
      actions.approvals.sendResult(row);
    }
  };
  const form = (formJson: boolean, text: string) =>
    html`<button
      type="button"
      aria-pressed=${(ui.formJson === true) === formJson}
      ?disabled=${ui.busy === true}
      @click=${() => actions.approvals.write(row.key, { formJson })}
    >
      ${text}
    </button>`;
  return html`<div class="answer">
    <div class="answer-head">
      <span aria-hidden="true">${strings.answerLabel}</span>
      <div class="choice" role="group" aria-label=${approvals.form}>
        ${form(false, approvals.asText)}${form(true, approvals.asJson)}
      </div>
    </div>
    <textarea
      class="answer-text ${ui.formJson === true ? 'is-json' : ''}"
      rows="3"
      aria-label=${strings.answerLabel}
      aria-invalid=${ui.formProblem === undefined ? nothing : 'true'}
      spellcheck=${ui.formJson === true ? 'false' : nothing}
      maxlength=${MAX_MESSAGE_TEXT}
      .value=${live(ui.formText ?? '')}
      ?disabled=${ui.busy === true}
      @input=${onInput}
      @keydown=${onKey}
    ></textarea>
  </div>`;
}

function problemView(problem: JsonProblem, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const text = fill(strings.approvals.jsonProblem, {
    line: format.number(problem.line),
    column: format.number(problem.column),
    fault: strings.approvals.jsonFault[problem.fault],
  });
  const onGo = (event: Event) => {
    const card = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('.ask') : null;
    const field = card?.querySelector<HTMLTextAreaElement>('.answer-text');
    field?.focus();
    field?.setSelectionRange(problem.offset, problem.offset + 1);
  };
  return html`<div class="inline-error" role="alert">
    ${icon('error')}<span>${text}</span>
    <button type="button" class="secondary" @click=${onGo}>${strings.approvals.goThere}</button>
  </div>`;
}

function checks(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const check = (text: string, checked: boolean, off: boolean, change: (checked: boolean) => RowUi) => {
    const onChange = (event: Event) => {
      if (event.currentTarget instanceof HTMLInputElement) {
        actions.approvals.write(row.key, change(event.currentTarget.checked));
      }
    };
    return html`<label class="check ${off ? 'is-off' : ''}"
      ><input type="checkbox" .checked=${live(checked)} ?disabled=${off} @change=${onChange} /><span
        >${text}</span
      ></label
    >`;
  };
  const busy = ui.busy === true;
  const isWritten = isFilled(ui);
  return html`<div class="checks">
    ${check(strings.answerIsError, ui.formIsError === true, busy, (formIsError) => ({ formIsError }))}
    ${check(
      strings.approvals.noOutput,
      ui.formEmpty === true && !isWritten,
      busy || isWritten,
      (formEmpty) => ({ formEmpty }),
    )}
  </div>`;
}

function sendButton(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions, waiting } = context;
  const busy = ui.busy === true;
  const isEmpty = !isFilled(ui) && ui.formEmpty !== true;
  const why = waiting.stopping
    ? strings.approvals.stopping
    : hasInputChanged(row, ui)
      ? strings.approvals.changedAnswerHint
      : isEmpty
        ? strings.approvals.emptyHint
        : undefined;
  return html`<div class="buttons">
    <button
      type="button"
      class="primary"
      ?disabled=${busy || why !== undefined || row.eventId === null}
      @click=${() => actions.approvals.sendResult(row)}
    >
      ${busy ? icon('sync', 'icon-spin') : nothing}${strings.answerSend}
    </button>
    ${waitingPlace(row, context)}
    ${why === undefined || busy ? nothing : html`<span class="hint">${icon('info')}<span>${why}</span></span>`}
  </div>`;
}

function isFilled(ui: RowUi): boolean {
  return (ui.formText ?? '').trim() !== '';
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { isWaiting, type Missing, missingForAllow } from '../approvalState.ts';
import { fill, fillParts } from '../fill.ts';
import { sendKey } from '../keyboard.ts';
import type { RowUi } from '../uiState.ts';
import { askInput, askThread } from './askInput.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';

/** Longest reason that goes with a denial, in UTF-16 units. */
const MAX_REASON = 10_000;

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
      ${askThread(row, context)} ${diffButton(row, context)} ${timeView(row.at, context)}
    </div>
    ${askInput(row, ui, context)}
    ${ui.error === undefined ? nothing : html`<div class="inline-error" role="alert">${icon('error')}<span>${ui.error}</span></div>`}
    ${ui.denying === true ? denyForm(row, ui, context) : buttons(row, ui, context)}
  </div>`;
}

/** An edit is easier to read as a diff; what is agreed to is the input as it stands here. */
function diffButton(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  return row.input.view === 'edit'
    ? html`<button type="button" class="quiet" @click=${() => context.actions.openBody(row.key, 'diff')}>
        ${icon('go-to-file')}${context.strings.openDiff}
      </button>`
    : nothing;
}

function buttons(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions, waiting } = context;
  const off = ui.busy === true || waiting.stopping || row.eventId === null;
  const missing = missingForAllow(row, ui);
  return html`<div class="buttons">
    <button
      type="button"
      class="primary allow"
      ?disabled=${off || missing !== undefined}
      @click=${(event: MouseEvent) => {
        // The second click of a double click may hit another card than the first.
        if (event.detail <= 1) {
          actions.approvals.decide(row, 'allow');
        }
      }}
    >
      ${ui.busy === true ? icon('sync', 'icon-spin') : nothing}${strings.allow}
    </button>
    <button
      type="button"
      class="secondary start-deny"
      ?disabled=${off}
      @click=${() => turnDenying(row, true, '.deny textarea', context)}
    >
      ${strings.deny}
    </button>
    ${waitingPlace(row, context)} ${hint(ui, missing, context)}
  </div>`;
}

/** What a row that waits is called for those who hear the page; undefined where it does not wait. */
export function waitingLabel(row: ToolRow, context: PageContext): string | undefined {
  const { strings, format, waiting } = context;
  if (!isWaiting(row)) {
    return undefined;
  }
  const { approvals } = strings;
  const template = row.status === 'needsResult' ? approvals.waitsFor : approvals.asksFor;
  const what = fill(template, { tool: row.name });
  const index = waiting.ids.indexOf(row.key) + 1;
  return index === 0 || waiting.ids.length < 2
    ? what
    : fill(approvals.label, {
        what,
        index: format.number(index),
        count: format.number(waiting.ids.length),
      });
}

/** "1 of 2 waiting", where there is more than one. */
export function waitingPlace(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  const { ids } = context.waiting;
  const index = ids.indexOf(row.key) + 1;
  if (index === 0 || ids.length < 2) {
    return nothing;
  }
  const args = { index: context.format.number(index), count: context.format.number(ids.length) };
  return html`<span class="place">${fill(context.strings.approvals.place, args)}</span>`;
}

/** Why Allow cannot be pressed. */
function hint(ui: RowUi, missing: Missing | undefined, context: PageContext): unknown {
  const { strings, waiting } = context;
  if (waiting.stopping) {
    return html`<span class="hint">${icon('info')}<span>${strings.approvals.stopping}</span></span>`;
  }
  if (missing === undefined || ui.busy === true) {
    return nothing;
  }
  return html`<span class="hint">${icon('info')}<span>${missingText(missing, context)}</span></span>`;
}

function missingText(missing: Missing, { strings }: PageContext): string {
  switch (missing) {
    case 'incomplete':
      return strings.approvalIncomplete;
    case 'unopened':
      return strings.approvals.cutHint;
    case 'changed':
      return strings.approvals.changedHint;
    case 'unseen':
      return strings.approvalScrollHint;
    default:
      return assertNever(missing);
  }
}

/** The button that was pressed goes away: the keyboard moves on to what comes in its place. */
function turnDenying(row: ToolRow, denying: boolean, next: string, { actions }: PageContext): void {
  actions.changeRow(row.key, { denying });
  actions.focusIn(row.key, next);
}

function denyForm(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings, actions, waiting } = context;
  const off = ui.busy === true || waiting.stopping;
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLTextAreaElement) {
      actions.approvals.write(row.key, { formText: event.currentTarget.value });
    }
  };
  const deny = () => actions.approvals.decide(row, 'deny');
  const onKey = (event: KeyboardEvent) => {
    if (sendKey(event, false) === 'send') {
      event.preventDefault();
      deny();
    }
  };
  return html`<div class="deny">
    <label>
      <span>${strings.denyReason}</span>
      <textarea
        rows="2"
        maxlength=${MAX_REASON}
        .value=${live(ui.formText ?? '')}
        ?disabled=${off}
        @input=${onInput}
        @keydown=${onKey}
      ></textarea>
    </label>
    <div class="buttons">
      <button type="button" class="danger" ?disabled=${off} @click=${deny}>
        ${ui.busy === true ? icon('sync', 'icon-spin') : nothing}${strings.confirmDeny}
      </button>
      <button
        type="button"
        class="secondary"
        ?disabled=${ui.busy === true}
        @click=${() => turnDenying(row, false, '.start-deny', context)}
      >
        ${strings.cancel}
      </button>
      ${waitingPlace(row, context)}
    </div>
  </div>`;
}

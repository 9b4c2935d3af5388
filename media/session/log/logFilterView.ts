import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { logKinds, MAX_LOG_FILTER } from '../../../src/protocol/logMessages.ts';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import { icon } from '../view/icon.ts';
import type { LogController } from './logController.ts';

/** What the log is filtered by: chips for the kinds that there are, and a field for type or id. */
export function filterView(log: LogController, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const { filter, store } = log;
  const counts = store.slice?.counts ?? [];
  const kinds = logKinds.filter((kind, index) => (counts[index] ?? 0) > 0 || filter.kinds.includes(kind));
  const shown = store.slice === undefined ? undefined : store.slice.range.end - store.slice.range.first;
  return html`<div class="log-bar">
    <div class="log-chips" role="group" aria-label=${strings.log.filters}>
      ${chip(strings.log.all, undefined, filter.kinds.length === 0, () => filter.allKinds())}
      ${kinds.map((kind) =>
        chip(
          strings.log.kinds[kind],
          format.number(counts[logKinds.indexOf(kind)] ?? 0),
          filter.kinds.includes(kind),
          () => filter.toggle(kind),
          `kind-${kind}`,
        ),
      )}
    </div>
    <div class="log-search">
      ${
        filter.isOn && shown !== undefined
          ? html`<span class="log-shown"
              >${fill(strings.log.shown, { shown: format.number(shown), total: format.number(store.total ?? 0) })}</span
            >`
          : nothing
      }
      <label class="log-field">
        ${icon('search')}
        <input
          type="text"
          aria-label=${strings.log.search}
          placeholder=${strings.log.search}
          maxlength=${MAX_LOG_FILTER}
          spellcheck="false"
          .value=${live(filter.typed)}
          @input=${(event: Event) => onInput(event, log)}
          @keydown=${(event: KeyboardEvent) => onKey(event, log)}
        />
      </label>
    </div>
  </div>`;
}

function chip(
  text: string,
  count: string | undefined,
  isOn: boolean,
  press: () => void,
  kind = '',
): TemplateResult {
  return html`<button type="button" class="log-chip ${kind}" aria-pressed=${isOn} @click=${press}>
    ${text}${count === undefined ? nothing : html`<span class="log-chip-count">${count}</span>`}
  </button>`;
}

function onInput(event: Event, log: LogController): void {
  if (event.target instanceof HTMLInputElement) {
    log.filter.type(event.target.value);
  }
}

/** Esc empties the field first and leaves it then; the arrow goes down into the list. */
function onKey(event: KeyboardEvent, log: LogController): void {
  if (event.key === 'ArrowDown' || (event.key === 'Escape' && log.filter.typed === '')) {
    event.preventDefault();
    log.focus();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    log.filter.type('');
  }
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LogRow } from '../../../src/protocol/logMessages.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import { icon } from '../view/icon.ts';
import type { LogController } from './logController.ts';
import { detailView, type DetailEvents } from './logDetailView.ts';
import { filterView } from './logFilterView.ts';
import type { LogFormat } from './logFormat.ts';
import { kindIcons } from './logKindIcons.ts';

/** The event log: what it is filtered by, its lines, and the one that is shown whole. */
export function logView(
  log: LogController,
  events: DetailEvents,
  format: LogFormat,
  context: PageContext,
): TemplateResult {
  return html`<div class="log">
    ${filterView(log, context)}
    <div class="log-body ${log.details.isOpen ? 'has-detail' : ''}">
      <div class="log-list">
        ${headView(context)} ${listView(log, format, context)}
        ${
          log.newRows > 0
            ? html`<button type="button" class="pill" @click=${log.toEnd}>
                ${icon('arrow-down')}${fill(context.strings.newRows, { count: context.format.number(log.newRows) })}
              </button>`
            : nothing
        }
      </div>
      ${log.details.isOpen ? detailView(log, events, format, context) : nothing}
    </div>
  </div>`;
}

/** The names of the columns. Whoever hears the list is told in each line what is what. */
function headView(context: PageContext): TemplateResult {
  const { columns } = context.strings.log;
  return html`<div class="log-head log-line" aria-hidden="true">
    <span class="log-time">${columns.time}</span><span class="log-gap">${columns.gap}</span
    ><span class="log-type">${columns.type}</span><span class="log-summary">${columns.summary}</span
    ><span class="log-size">${columns.size}</span><span class="log-id">${columns.id}</span>
  </div>`;
}

function listView(log: LogController, format: LogFormat, context: PageContext): TemplateResult {
  const { strings } = context;
  const { slice } = log.store;
  const size = slice === undefined ? 0 : slice.range.end - slice.range.first;
  const { from, end } = log.span;
  const selected = log.selectedAt;
  const isDrawn = selected !== undefined && selected >= from && selected < end && size > 0;
  return html`<div
    class="log-scroller"
    role=${size > 0 ? 'listbox' : 'group'}
    tabindex="0"
    aria-label=${strings.log.label}
    aria-activedescendant=${isDrawn ? optionId(selected) : nothing}
    @scroll=${log.onScroll}
    @keydown=${log.onKey}
    @click=${log.onClick}
  >
    ${size === 0 ? emptyView(log, context) : nothing}
    <div class="log-sizer" role="presentation">
      <div class="log-rows" role="presentation">
        ${size === 0 ? nothing : rowViews(log, size, format, context)}
      </div>
    </div>
  </div>`;
}

function rowViews(
  log: LogController,
  size: number,
  format: LogFormat,
  context: PageContext,
): readonly TemplateResult[] {
  const { store, span, selectedAt } = log;
  const first = store.slice?.range.first ?? 0;
  const views: TemplateResult[] = [];
  for (let at = span.from; at < span.end; at++) {
    const row = store.rowAt(at);
    if (row !== undefined) {
      const gap = gapOf(row, log, at);
      const isSelected = at === selectedAt;
      const place = { at, index: at - first + 1, size, isSelected, gap };
      views.push(rowView(row, place, format, context));
    }
  }
  return views;
}

interface LogRowPlace {
  readonly at: number;
  readonly index: number;
  readonly size: number;
  readonly isSelected: boolean;
  /** Milliseconds since the line before, or null where that is not known. */
  readonly gap: number | null;
}

function rowView(
  row: LogRow,
  { at, index, size, isSelected, gap }: LogRowPlace,
  format: LogFormat,
  context: PageContext,
): TemplateResult {
  const { log } = context.strings;
  return html`<div
    class="log-line log-row kind-${row.kind} ${row.mark === 'failed' ? 'is-failed' : ''}"
    role="option"
    id=${optionId(at)}
    data-at=${at}
    aria-posinset=${index}
    aria-setsize=${size}
    aria-selected=${isSelected}
  >
    ${
      row.at === null
        ? html`<span class="log-time is-missing">${row.mark === 'queued' ? log.queued : '—'}</span>`
        : html`<span class="log-time" title=${format.full(row.at)}>${format.time(row.at)}</span>`
    }
    <span class="log-gap">${gap === null ? '' : `${gap < 0 ? '−' : '+'}${format.gap(Math.abs(gap))}`}</span>
    <span class="log-type">${icon(kindIcons[row.kind])}<span>${row.type}</span></span>
    <span class="log-summary"
      >${row.mark === 'failed' && row.kind !== 'errors' ? html`<b>${log.failed}</b> ` : nothing}${row.summary}</span
    >
    <span class="log-size">${format.size(row.size)}</span>
    <span class="log-id" title=${withHiddenMarked(row.id ?? '')}>${withHiddenMarked(row.id ?? '—')}</span>
  </div>`;
}

function gapOf(row: LogRow, log: LogController, at: number): number | null {
  const { store } = log;
  const before = at === store.slice?.from ? store.slice.before : (store.rowAt(at - 1)?.at ?? null);
  return row.at === null || before === null ? null : row.at - before;
}

function emptyView(log: LogController, context: PageContext): TemplateResult | typeof nothing {
  const { strings } = context;
  if (log.store.slice === undefined) {
    return nothing;
  }
  if (!log.filter.isOn) {
    return html`<div class="empty">
      ${icon('history')}
      <p>${strings.log.empty}</p>
    </div>`;
  }
  return html`<div class="empty">
    ${icon('search')}
    <p>${strings.log.noMatch}</p>
    <button type="button" class="secondary" @click=${() => log.filter.clear()}>${strings.log.showAll}</button>
  </div>`;
}

function optionId(at: number): string {
  return `log-row-${at}`;
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { LogDetail } from '../../../src/protocol/logMessages.ts';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import { visibleText } from '../view/hidden.ts';
import { icon } from '../view/icon.ts';
import type { LogController } from './logController.ts';
import type { LogFormat } from './logFormat.ts';
import { kindIcons } from './logKindIcons.ts';

/** What can be done with an event that is shown whole. */
export interface DetailEvents {
  readonly copy: (detail: LogDetail, part: 'json' | 'id') => void;
  readonly openJson: (detail: LogDetail) => void;
  readonly showInConversation: (detail: LogDetail) => void;
}

/** One event whole: its facts, what can be done with it, and its JSON. */
export function detailView(
  log: LogController,
  events: DetailEvents,
  format: LogFormat,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const { details } = log;
  const { shown } = details;
  const label = fill(strings.log.detail, { type: shown?.row.type ?? '' });
  return html`<section
    class="log-detail"
    aria-label=${label}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        log.closeDetail();
      }
    }}
  >
    <div
      class="log-detail-head kind-${shown?.row.kind ?? 'other'} ${shown?.row.mark === 'failed' ? 'is-failed' : ''}"
    >
      ${shown === undefined ? nothing : icon(kindIcons[shown.row.kind])}
      <h2>${shown?.row.type ?? ''}</h2>
      <button type="button" class="quiet" title=${strings.log.close} @click=${log.closeDetail}>
        ${icon('close')}<span class="sr-only">${strings.log.close}</span>
      </button>
    </div>
    ${
      details.isGone
        ? html`<p class="log-note">${icon('info')}<span>${strings.log.gone}</span></p>`
        : log.isSelectionFiltered
          ? html`<p class="log-note">${icon('info')}<span>${strings.log.filtered}</span></p>`
          : nothing
    }
    ${
      details.error === undefined
        ? nothing
        : html`<p class="inline-error" role="alert">${icon('error')}<span>${details.error}</span></p>`
    }
    ${shown === undefined ? nothing : bodyView(shown, details.isGone, events, format, context)}
  </section>`;
}

function bodyView(
  detail: LogDetail,
  isGone: boolean,
  events: DetailEvents,
  format: LogFormat,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const { columns } = strings.log;
  const { row, id, json, total } = detail;
  return html`<dl class="log-facts">
      <div>
        <dt>${columns.time}</dt>
        <dd>${row.at === null ? strings.log.noTime : format.full(row.at)}</dd>
      </div>
      <div>
        <dt>${columns.size}</dt>
        <dd>${format.size(row.size)}</dd>
      </div>
      <div>
        <dt>${columns.id}</dt>
        <dd class="log-mono">${id ?? '—'}</dd>
      </div>
    </dl>
    ${
      isGone
        ? nothing
        : html`<div class="log-actions">
            <button type="button" class="quiet" @click=${() => events.copy(detail, 'json')}>
              ${icon('copy')}${strings.log.copyJson}
            </button>
            ${
              id === null
                ? nothing
                : html`<button type="button" class="quiet" @click=${() => events.copy(detail, 'id')}>
                    ${icon('copy')}${strings.log.copyId}
                  </button>`
            }
            <button type="button" class="quiet" @click=${() => events.showInConversation(detail)}>
              ${icon('comment-discussion')}${strings.log.showInConversation}
            </button>
            <button type="button" class="quiet" @click=${() => events.openJson(detail)}>
              ${icon('go-to-file')}${strings.openInEditor}
            </button>
          </div>`
    }
    <pre class="log-json" tabindex="0" role="region" aria-label=${strings.log.json}>
${guard([json], () => visibleText(json))}</pre>
    ${
      total > json.length && !isGone
        ? html`<button
            type="button"
            class="link show-all log-show-all"
            @click=${() => events.openJson(detail)}
          >
            ${icon('go-to-file')}${fill(strings.showAll, { total: context.format.number(total) })}
          </button>`
        : nothing
    }`;
}

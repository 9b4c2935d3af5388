import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type SessionView, sessionViews, type ViewSwitch } from '../viewSwitch.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';

const PANEL_ID = 'view-panel';

/** The tabs of the session's views. `counts`: what is said behind a name, where there is something to count. */
export function viewTabs(
  views: ViewSwitch,
  counts: Readonly<Partial<Record<SessionView, number | undefined>>>,
  context: PageContext,
): TemplateResult {
  return html`<div class="view-tabs">
    <div
      class="view-tabs-inner"
      role="tablist"
      aria-label=${context.strings.log.views}
      @keydown=${(event: KeyboardEvent) => views.onKey(event)}
    >
      ${sessionViews.map((view) => tab(view, views, counts[view], context))}
    </div>
  </div>`;
}

/** The view that is shown, as the panel of its tab. */
export function viewPanel(views: ViewSwitch, shown: TemplateResult): TemplateResult {
  return html`<div class="view-panel" role="tabpanel" id=${PANEL_ID} aria-labelledby=${tabId(views.current)}>
    ${shown}
  </div>`;
}

/** Where the code of a view could not be loaded: what that means, and the way to it. */
export function missingView({ strings }: PageContext, again: () => void): TemplateResult {
  return html`<div class="empty" role="alert">
    ${icon('warning')}
    <p>${strings.log.missing}</p>
    <button type="button" class="secondary" @click=${again}>${strings.log.again}</button>
  </div>`;
}

function tab(
  view: SessionView,
  views: ViewSwitch,
  count: number | undefined,
  { strings, format }: PageContext,
): TemplateResult {
  const isShown = view === views.current;
  return html`<button
    type="button"
    class="view-tab"
    role="tab"
    id=${tabId(view)}
    data-view=${view}
    aria-selected=${isShown}
    aria-controls=${isShown ? PANEL_ID : nothing}
    tabindex=${isShown ? '0' : '-1'}
    @click=${() => views.show(view)}
  >
    ${view === 'timeline' ? strings.timeline.view : strings.log[view]}${
      count === undefined ? nothing : html`<span class="view-count"> · ${format.number(count)}</span>`
    }
  </button>`;
}

function tabId(view: SessionView): string {
  return `view-tab-${view}`;
}

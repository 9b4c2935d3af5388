import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Waiting } from '../approvalState.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';

/** Above the composer, while calls wait for the user: how many, the way to them, and one press for all that were read. */
export function waitingBar(
  waiting: Waiting | undefined,
  context: PageContext,
): TemplateResult | typeof nothing {
  if (waiting === undefined) {
    return nothing;
  }
  const { strings, actions, format } = context;
  const { approvals } = strings;
  const text =
    waiting.count === 1
      ? approvals.waitingOne
      : fill(approvals.waitingMany, { count: format.number(waiting.count) });
  return html`<section class="waiting" aria-label=${text}>
    <div class="waiting-line">
      ${icon('bell-dot')}<span class="waiting-text">${text}</span>
      <span class="waiting-buttons">
        <button type="button" class="secondary" @click=${() => actions.approvals.showNext()}>
          ${approvals.show}
        </button>
        ${waiting.askable > 1 || waiting.busy ? allowButton(waiting, context) : nothing}
      </span>
    </div>
    ${waiting.error === undefined ? nothing : html`<div class="inline-error" role="alert">${icon('error')}<span>${waiting.error}</span></div>`}
  </section>`;
}

function allowButton(waiting: Waiting, context: PageContext): TemplateResult {
  const { strings, actions, format } = context;
  const { approvals } = strings;
  const { length } = waiting.seen;
  const count = format.number(length);
  const unseen = waiting.askable - length;
  const why =
    length === 0
      ? approvals.unseenAll
      : unseen > 0
        ? fill(approvals.unseenSome, { count: format.number(unseen) })
        : undefined;
  return html`<button
      type="button"
      class="primary allow-seen"
      aria-label=${length === 0 ? nothing : fill(approvals.allowSeenLabel, { count })}
      ?disabled=${waiting.busy || length === 0}
      @click=${(event: MouseEvent) => {
        if (event.detail <= 1) {
          actions.approvals.allowSeen();
        }
      }}
    >
      ${waiting.busy ? icon('sync', 'icon-spin') : nothing}${length === 0 ? approvals.allowAll : fill(approvals.allowSeen, { count })}
    </button>
    ${why === undefined || waiting.busy ? nothing : html`<span class="hint"><span>${why}</span></span>`}`;
}

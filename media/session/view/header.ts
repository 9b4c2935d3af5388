import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { SessionActivity } from '../../../src/transcript/row.ts';
import type { FeedStatus } from '../feedTypes.ts';
import type { HeaderController } from '../headerController.ts';
import type { PageContext } from './context.ts';
import { feedView } from './feedStatus.ts';
import { detailsView } from './headerDetails.ts';
import { factsView } from './headerFacts.ts';
import { headerMenu } from './headerMenu.ts';
import { titleView } from './headerTitle.ts';
import { icon, type IconName } from './icon.ts';

/** The same pictures as in the tree and on the tab. */
const activityIcons: Record<SessionActivity, IconName> = {
  idle: 'circle-outline',
  running: 'play-circle',
  needsYou: 'bell-dot',
  rescheduling: 'history',
  stopping: 'stop-circle',
  ended: 'circle-slash',
  unknown: 'question',
};

export interface HeaderState {
  readonly header: SessionHeader;
  readonly feed: FeedStatus;
  readonly now: number;
  /** An interrupt is on its way. */
  readonly interruptBusy: boolean;
}

/** Who works, on what, how it goes, and how live this view of it is. Two lines; the rest is behind a button. */
export function headerView(
  state: HeaderState,
  controller: HeaderController,
  context: PageContext,
): TemplateResult {
  const { header, feed, now } = state;
  const { strings } = context;
  const isOpen = controller.areDetailsOpen;
  const picture = header.failed ? 'error' : activityIcons[header.activity];
  return html`<header class="header">
    <div class="header-grid ${controller.renaming === undefined ? '' : 'is-renaming'}">
      <div class="header-title">
        <span class="state is-${header.failed ? 'failed' : header.activity}">${icon(picture)}</span>
        ${titleView(header, controller, context)}
      </div>
      <div class="header-feed">${feedView(feed, now, context)}</div>
      <div class="header-actions">
        ${interruptButton(header.activity, state.interruptBusy, context)}
        ${headerMenu(header, controller, context)}
      </div>
      <div class="header-facts">
        <div class="facts">${factsView(header, now, context)}</div>
        <button
          type="button"
          class="quiet icon-button details-button"
          title=${strings.header.details}
          aria-label=${strings.header.details}
          aria-expanded=${isOpen}
          aria-controls=${isOpen ? 'header-details' : nothing}
          @click=${() => controller.toggleDetails()}
        >
          ${icon(isOpen ? 'chevron-up' : 'chevron-down')}
        </button>
      </div>
      ${isOpen ? detailsView(header, feed, now, context) : nothing}
    </div>
  </header>`;
}

function interruptButton(
  activity: SessionActivity,
  busy: boolean,
  context: PageContext,
): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  if (activity !== 'running' && activity !== 'stopping' && activity !== 'needsYou') {
    return nothing;
  }
  const stopping = busy || activity === 'stopping';
  const label = stopping ? strings.stopping : strings.interrupt;
  const refuses = activity === 'needsYou' && !stopping;
  return html`<button
    type="button"
    class="secondary interrupt"
    title=${refuses ? strings.approvals.interruptMeaning : label}
    aria-description=${refuses ? strings.approvals.interruptMeaning : nothing}
    ?disabled=${stopping}
    @click=${() => actions.interrupt()}
  >
    ${icon('stop-circle')}<span class="interrupt-label">${label}</span>
  </button>`;
}

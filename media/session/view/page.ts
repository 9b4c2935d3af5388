import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Replica } from '../applyPatch.ts';
import type { ApprovalsController } from '../approvalsController.ts';
import type { ComposerController } from '../composerController.ts';
import type { ConversationReader } from '../conversationReader.ts';
import type { FindController } from '../find/findController.ts';
import type { HeaderController } from '../headerController.ts';
import type { SessionViews } from '../sessionViews.ts';
import type { UiState } from '../uiState.ts';
import { bannerView } from './banner.ts';
import { composerView } from './composer.ts';
import type { PageContext } from './context.ts';
import { conversationView } from './conversation.ts';
import { findBar } from './findBar.ts';
import { headerView } from './header.ts';
import { icon } from './icon.ts';
import { waitingBar } from './waitingBar.ts';

export interface PageViewParts {
  readonly header: HeaderController;
  readonly reader: ConversationReader;
  readonly views: SessionViews;
  readonly find: FindController;
  readonly approvals: ApprovalsController;
  readonly composer: ComposerController;
  readonly ui: UiState;
}

/** The asking of the agent to stop, which has no row. */
export interface InterruptState {
  readonly isBusy: boolean;
  /** Why it did not reach the agent. */
  readonly error: string | undefined;
}

/** The whole page, from the title to the message that is written. */
export function pageView(
  replica: Replica,
  parts: PageViewParts,
  interrupt: InterruptState,
  now: number,
  context: PageContext,
): TemplateResult {
  const { header, feed, banner } = replica;
  return html`<div class="page">
    ${headerView({ header, feed, now, interruptBusy: interrupt.isBusy }, parts.header, context)}
    ${interruptFailure(interrupt)} ${bannerView(banner, context)}
    ${header.lost ? html`<main class="views"></main>` : sessionView(replica, parts, now, context)}
    <div class="sr-only" role="status" data-status></div>
  </div>`;
}

function interruptFailure({ error }: InterruptState): TemplateResult | typeof nothing {
  return error === undefined
    ? nothing
    : html`<div class="banner tone-error" role="alert">${icon('error')}<span>${error}</span></div>`;
}

function sessionView(
  replica: Replica,
  { reader, views, find, approvals, composer, ui }: PageViewParts,
  now: number,
  context: PageContext,
): TemplateResult {
  const conversation = () => conversationView(reader.state(replica, now), reader.events, ui, context);
  return html`<main class="views">
      ${views.tabs(context)} ${findBar(find, replica.feed.history.kind, context)}
      ${views.panel(conversation, context)}
    </main>
    ${
      // Nothing is written into a file.
      replica.header.stage === 'file'
        ? nothing
        : [waitingBar(approvals.waiting, context), composerView(composer, replica.header.activity, context)]
    }`;
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { FeedStatus } from '../feedTypes.ts';
import type { SessionActivity } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { feedView } from './feedStatus.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';

const activityIcons: Record<SessionActivity, IconName> = {
  idle: 'check',
  running: 'sync',
  needsYou: 'bell-dot',
  rescheduling: 'clock',
  stopping: 'stop-circle',
  ended: 'circle-slash',
  unknown: 'question',
};

/** Who works, on what, how it goes, and how live this view of it is. */
export function headerView(
  header: SessionHeader,
  feed: FeedStatus,
  now: number,
  interruptBusy: boolean,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  return html`<header class="header">
    <div class="header-main">
      <h1 title=${header.title}>${visibleText(header.title)}</h1>
      ${feedView(feed, now, context)} ${interruptButton(header.activity, interruptBusy, context)}
    </div>
    <div class="header-facts">
      ${activityView(header, now, context)} ${fact('robot', [header.agent, header.model])}
      ${fact('cloud', [header.environment])} ${tokensView(header, context)} ${fact(undefined, [header.cost])}
      ${header.sandbox ? html`<span class="fact sandbox">${icon('beaker')}<span>${strings.sandboxNote}</span></span>` : nothing}
    </div>
  </header>`;
}

function activityView(header: SessionHeader, now: number, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const spins = header.activity === 'running' || header.activity === 'rescheduling';
  const since = header.activity === 'running' ? header.runningSince : null;
  const text =
    since === null
      ? (header.statusText ?? strings.activity[header.activity])
      : fill(strings.runningFor, { duration: format.duration(coarse(now - since)) });
  return html`<span class="activity is-${header.activity}"
    >${icon(activityIcons[header.activity], spins ? 'icon-spin' : '')}<span>${visibleText(text)}</span></span
  >`;
}

/** Tenths of a second that tick would only flicker. */
function coarse(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}

function fact(
  name: IconName | undefined,
  texts: readonly (string | null)[],
): TemplateResult | typeof nothing {
  const shown = texts.filter((text) => text !== null && text !== '').join(' · ');
  if (shown === '') {
    return nothing;
  }
  return html`<span class="fact"
    >${name === undefined ? nothing : icon(name)}<span>${visibleText(shown)}</span></span
  >`;
}

function tokensView(header: SessionHeader, context: PageContext): TemplateResult | typeof nothing {
  const { inputTokens, outputTokens } = header;
  if (inputTokens === null && outputTokens === null) {
    return nothing;
  }
  const { format, strings } = context;
  const input = format.compact(inputTokens ?? 0);
  const output = format.compact(outputTokens ?? 0);
  return html`<span class="fact"><span>${fill(strings.tokens, { input, output })}</span></span>`;
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
  return html`<button
    type="button"
    class="secondary interrupt"
    ?disabled=${stopping}
    @click=${() => actions.interrupt()}
  >
    ${icon('stop-circle')}<span>${stopping ? strings.stopping : strings.interrupt}</span>
  </button>`;
}

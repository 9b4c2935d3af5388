import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import type { FeedState, FeedStatus } from '../feedTypes.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';

const feedIcons: Record<FeedState['kind'], IconName> = {
  stopped: 'circle-outline',
  connecting: 'sync',
  catchingUp: 'sync',
  live: 'pulse',
  polling: 'history',
  reconnecting: 'sync',
  offline: 'debug-disconnect',
  ended: 'circle-slash',
};

const moving = new Set<FeedState['kind']>(['connecting', 'catchingUp', 'reconnecting']);

/** The state of the connection, always in words, with the age of the last byte. */
export function feedView(feed: FeedStatus, now: number, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const { kind } = feed.state;
  const age = feed.lastByteAt === undefined ? undefined : roughAge(Math.max(0, now - feed.lastByteAt));
  const showsAge = age !== undefined && (kind === 'live' || kind === 'polling' || kind === 'offline');
  const ago = showsAge ? fill(strings.feed.lastByte, { ago: format.duration(age) }) : undefined;
  return html`<span class="feed is-${kind}">
    ${icon(isCutOff(feed.state) ? 'debug-disconnect' : feedIcons[kind], moving.has(kind) ? 'icon-spin' : '')}
    <span
      >${feedText(feed.state, now, strings)}${
        ago === undefined ? nothing : html`<span class="feed-age"> · ${ago}</span>`
      }</span
    >
  </span>`;
}

/** The connection came to its end, and the session did not. */
function isCutOff(state: FeedState): boolean {
  return state.kind === 'ended' && !state.why.startsWith('session');
}

/** Whole seconds, and steps of five from ten on: an age that changes each second draws the eye for nothing. */
function roughAge(ms: number): number {
  const seconds = Math.floor(ms / 1_000);
  return (seconds < 10 ? seconds : seconds < 60 ? seconds - (seconds % 5) : seconds - (seconds % 60)) * 1_000;
}

function feedText(state: FeedState, now: number, strings: PageStrings): string {
  switch (state.kind) {
    case 'reconnecting': {
      const seconds = Math.max(0, Math.ceil((state.nextTryAt - now) / 1_000));
      return fill(strings.feed.reconnecting, { attempt: String(state.attempt), seconds: String(seconds) });
    }
    case 'stopped':
    case 'connecting':
    case 'catchingUp':
    case 'live':
    case 'polling':
    case 'offline':
      return strings.feed[state.kind];
    case 'ended':
      return isCutOff(state) ? strings.feed.stopped : strings.feed.ended;
    default:
      return assertNever(state);
  }
}

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

/** A younger age than this is no number worth reading. */
const JUST_NOW_MS = 2_000;

const moving = new Set<FeedState['kind']>(['connecting', 'catchingUp', 'reconnecting']);

/** The state of the connection, always in words, with the age of the last byte. */
export function feedView(feed: FeedStatus, now: number, context: PageContext): TemplateResult {
  const { kind } = feed.state;
  const ago = lastData(feed, now, context);
  return html`<span class="feed is-${kind}" title=${feedWords(feed, now, context)}>
    ${icon(isCutOff(feed.state) ? 'debug-disconnect' : feedIcons[kind], moving.has(kind) ? 'icon-spin' : '')}
    <span
      >${feedText(feed.state, now, context.strings)}${
        ago === undefined ? nothing : html`<span class="feed-age"> · ${ago}</span>`
      }</span
    >
  </span>`;
}

/** The same as one text: "Live · last data 3s ago". */
export function feedWords(feed: FeedStatus, now: number, context: PageContext): string {
  const ago = lastData(feed, now, context);
  const text = feedText(feed.state, now, context.strings);
  return ago === undefined ? text : `${text} · ${ago}`;
}

/** When the last byte came; left out where it says nothing. */
function lastData(
  { state: { kind }, lastByteAt }: FeedStatus,
  now: number,
  { strings, format }: PageContext,
): string | undefined {
  if (lastByteAt === undefined || (kind !== 'live' && kind !== 'polling' && kind !== 'offline')) {
    return undefined;
  }
  const age = roughAge(Math.max(0, now - lastByteAt));
  return age < JUST_NOW_MS
    ? strings.header.lastDataNow
    : fill(strings.header.lastData, { ago: format.rough(age) });
}

/** The connection came to its end, and the session did not. */
function isCutOff(state: FeedState): boolean {
  return state.kind === 'ended' && state.why !== 'recording' && !state.why.startsWith('session');
}

/** Whole seconds, and steps of fifteen from there on: nobody is woken, or looks up, for less. */
function roughAge(ms: number): number {
  const seconds = Math.floor(ms / 1_000);
  return (
    (seconds < 15 ? seconds : seconds < 60 ? seconds - (seconds % 15) : seconds - (seconds % 60)) * 1_000
  );
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
      if (state.why === 'recording') {
        return strings.feed.recording;
      }
      return isCutOff(state) ? strings.feed.stopped : strings.feed.ended;
    default:
      return assertNever(state);
  }
}

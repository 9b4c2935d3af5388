import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Row } from '../../../src/transcript/row.ts';
import type { Replica } from '../applyPatch.ts';
import { fill } from '../fill.ts';
import { dayNumber } from '../format.ts';
import { rowAt, type Span } from '../rowWindow.ts';
import type { UiState } from '../uiState.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { isAgents, rowView } from './row.ts';

export interface ConversationState {
  readonly replica: Replica;
  /** The rows to draw. */
  readonly drawn: Span;
  /** The row that Tab reaches. */
  readonly current: number;
  /** Whether the view is at the end and stays there. */
  readonly atEnd: boolean;
  readonly newRows: number;
  /** Rows come and go faster than they can be read. */
  readonly isPouring: boolean;
  readonly now: number;
}

export interface ConversationEvents {
  readonly onScroll: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onToEnd: (event: MouseEvent) => void;
}

export function conversationView(
  state: ConversationState,
  events: ConversationEvents,
  ui: UiState,
  context: PageContext,
): TemplateResult {
  const { replica } = state;
  const { strings } = context;
  const rows = drawnRows(state);
  const isEmpty = replica.range.first >= replica.range.end;
  return html`<div class="stage">
    <div class="scroller" tabindex="-1" @scroll=${events.onScroll}>
      <div class="column">
        ${isEmpty ? emptyView(replica, context) : historyView(replica, context)}
        <div class="spacer" data-spacer="top"></div>
        <div
          class="feed-rows"
          role=${isEmpty ? nothing : 'feed'}
          aria-label=${isEmpty ? nothing : strings.conversation}
          aria-busy=${isEmpty ? nothing : replica.feed.history.kind === 'loading'}
          @keydown=${events.onKey}
          @focusin=${events.onFocus}
        >
          ${repeat(
            rows,
            ({ row }) => row.key,
            ({ row, at }) => {
              const place = {
                position: at - replica.range.first + 1,
                size: replica.feed.history.kind === 'complete' ? replica.range.end - replica.range.first : -1,
                current: at === state.current,
                day: dayOf(replica, row, at, state.now, context),
                follows: isAgents(rowAt(replica.held, at - 1)),
                passing: state.isPouring,
              };
              return rowView(row, place, ui.of(row.key), context);
            },
          )}
        </div>
        <div class="spacer" data-spacer="bottom"></div>
      </div>
    </div>
    ${isEmpty || state.atEnd ? nothing : toEndButton(state.newRows, events, context)}
  </div>`;
}

/** The way back to the end: always there for who is not, and loud only where something new came. */
function toEndButton(newRows: number, events: ConversationEvents, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const text = newRows > 0 ? fill(strings.newRows, { count: format.number(newRows) }) : '';
  return html`<button
    type="button"
    class=${newRows > 0 ? 'pill' : 'pill is-quiet'}
    title=${strings.jumpToEnd}
    aria-label=${newRows > 0 ? `${text}, ${strings.jumpToEnd}` : strings.jumpToEnd}
    @click=${events.onToEnd}
  >
    ${icon('arrow-down')}${text}
  </button>`;
}

function drawnRows(state: ConversationState): readonly { readonly row: Row; readonly at: number }[] {
  const rows: { row: Row; at: number }[] = [];
  for (let at = state.drawn.from; at < state.drawn.end; at += 1) {
    const row = rowAt(state.replica.held, at);
    if (row !== undefined) {
      rows.push({ row, at });
    }
  }
  return rows;
}

/**
 * The name of the day where it begins with this row. The session's very first row always has one; the first of
 * those that are here so far has none, since it would lose it to an older row, and move.
 */
function dayOf(
  replica: Replica,
  row: Row,
  at: number,
  now: number,
  context: PageContext,
): string | undefined {
  if (row.at === null) {
    return undefined;
  }
  for (let before = at - 1; before >= replica.held.from; before -= 1) {
    const earlier = rowAt(replica.held, before);
    if (earlier?.at !== null && earlier?.at !== undefined) {
      return dayNumber(earlier.at) === dayNumber(row.at) ? undefined : context.format.day(row.at, now);
    }
  }
  const isVeryFirst = at === replica.range.first && replica.feed.history.kind === 'complete';
  return isVeryFirst ? context.format.day(row.at, now) : undefined;
}

function historyView(replica: Replica, context: PageContext): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  switch (replica.feed.history.kind) {
    case 'loading':
      return html`<div class="history">
        ${icon('sync', 'icon-spin')}<span>${strings.loadingOlder}</span>
      </div>`;
    case 'complete':
      return html`<div class="history"><span>${strings.beginning}</span></div>`;
    case 'partial':
      return html`<div class="history">
        <button type="button" class="secondary" @click=${() => actions.act('loadOlder')}>
          ${icon('history')}${strings.loadOlder}
        </button>
      </div>`;
    case 'incomplete':
      return html`<div class="history is-incomplete">
        ${icon('warning')}<span>${strings.feed.historyIncomplete}</span>
        <button type="button" class="secondary" @click=${() => actions.act('loadOlder')}>
          ${icon('refresh')}${strings.retry}
        </button>
      </div>`;
    default:
      return nothing;
  }
}

function emptyView(replica: Replica, context: PageContext): TemplateResult {
  const { strings } = context;
  if (replica.feed.history.kind === 'incomplete') {
    return html`${historyView(replica, context)}`;
  }
  if (replica.feed.history.kind === 'loading') {
    const { kind } = replica.feed.state;
    if (kind === 'ended' || kind === 'stopped') {
      return html``; // nothing is under way; the line above says why
    }
    return html`<div class="empty"><p>${strings.loading}</p></div>`;
  }
  return html`<div class="empty">
    ${icon('comment-discussion')}
    <h2>${strings.emptyTitle}</h2>
    <p>${strings.emptyText}</p>
  </div>`;
}

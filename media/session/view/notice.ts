import { html, nothing, type TemplateResult } from 'lit/html.js';
import { noticeLine } from '../../../src/transcript/noticeLine.ts';
import type { NoticeCode, NoticeRow } from '../../../src/transcript/row.ts';
import type { RowUi } from '../uiState.ts';
import { blocksView, type TextStyle } from './blocks.ts';
import type { PageContext } from './context.ts';
import { errorNoticeView, errorWords, isErrorNotice } from './errorNotice.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';
import { timeView } from './time.ts';

const toneIcons: Record<NoticeRow['tone'], IconName | undefined> = {
  quiet: undefined,
  good: 'check',
  warning: 'warning',
  error: 'error',
};

/** Lines that divide: what comes behind them is another turn, or begins anew. The others are steps on the way. */
const dividers: ReadonlySet<NoticeCode> = new Set([
  'turn.ended',
  'turn.interrupted',
  'idle.endTurn',
  'idle.requiresAction',
  'idle.other',
  'rescheduled',
  'interrupt',
  'compacted',
]);

/** What a quiet line is about, for those kinds that a picture tells faster than words. */
const icons: Partial<Record<NoticeCode, IconName>> = {
  compacted: 'fold',
  interrupt: 'stop-circle',
  'turn.interrupted': 'stop-circle',
  rescheduled: 'sync',
  systemMessage: 'note',
  'thread.created': 'list-tree',
  'thread.advisor': 'list-tree',
  'thread.message.sent': 'mail',
  'thread.message.received': 'mail-read',
  'outcome.defined': 'target',
  'outcome.started': 'target',
  'outcome.needsRevision': 'target',
  'outcome.evaluated': 'target',
  'outcome.interrupted': 'target',
  updated: 'edit',
  'updated.title': 'edit',
  'updated.titleRemoved': 'edit',
  'updated.agent': 'edit',
  'updated.budget': 'edit',
  'updated.budgetRemoved': 'edit',
  'updated.metadata': 'edit',
  'confirmation.allow': 'account',
  'confirmation.deny': 'account',
  customResult: 'account',
  toolResult: 'tools',
  'workflow.created': 'layers',
  'workflow.running': 'layers',
  'workflow.idle': 'layers',
  'workflow.stopped': 'layers',
  'workflow.phaseStarted': 'milestone',
  'workflow.phaseEnded': 'milestone',
};

export function noticeText(row: NoticeRow, context: PageContext): string {
  if (isErrorNotice(row.code)) {
    const { what, then } = errorWords(row, context);
    return then === '' ? what : `${what}. ${then}`;
  }
  return noticeLine(row, context.strings.notice, context.format);
}

/** A quiet divider, a line with something folded away behind it, or a clear line where something is wrong. */
export function noticeView(row: NoticeRow, ui: RowUi, context: PageContext): TemplateResult {
  if (isErrorNotice(row.code)) {
    return errorNoticeView(row, context);
  }
  const name = toneIcons[row.tone] ?? icons[row.code];
  const words = html`${name === undefined ? nothing : icon(name)}<span>${visibleText(noticeText(row, context))}</span>${stateView(row, context)}`;
  if (row.blocks === undefined) {
    return html`<div class="notice tone-${row.tone} ${dividers.has(row.code) ? 'is-divider' : ''}">
      <span class="notice-text">${words}</span>${timeView(row.at, context)}
    </div>`;
  }
  const expanded = ui.expanded === true;
  return html`<div class="notice tone-${row.tone} is-foldable">
      <button
        type="button"
        class="notice-text quiet"
        aria-expanded=${expanded}
        @click=${() => context.actions.toggle(row.key, !expanded)}
      >
        ${words}${icon('chevron-right', 'chevron')}
      </button>
      ${timeView(row.at, context)}
    </div>
    ${
      expanded
        ? html`<div class="folded">
            ${blocksView(row.key, row.blocks, styleOf(row.code), part(row.code), context)}
          </div>`
        : nothing
    }`;
}

/** A thread says what it does now, long after it was started. */
function stateView({ code, args }: NoticeRow, context: PageContext): TemplateResult | typeof nothing {
  if (code !== 'thread.created' && code !== 'thread.advisor') {
    return nothing;
  }
  const states = new Map(Object.entries(context.strings.reading.threadState));
  const text = states.get(args['state'] ?? '');
  return text === undefined
    ? nothing
    : html`<span class="notice-state"
        >${args['state'] === 'running' ? icon('sync', 'icon-spin') : nothing}${text}</span
      >`;
}

function styleOf(code: NoticeCode): TextStyle {
  switch (code) {
    case 'toolResult':
    case 'customResult':
      return 'output';
    case 'systemMessage':
      return 'plain';
    default:
      return 'markdown';
  }
}

function part(code: NoticeCode): 'text' | 'raw' {
  return code === 'workflow.created' ? 'raw' : 'text';
}

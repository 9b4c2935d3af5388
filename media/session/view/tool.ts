import { html, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import type { RowUi } from '../uiState.ts';
import { answerView } from './answerTool.ts';
import { approvalView } from './approval.ts';
import type { PageContext } from './context.ts';
import { answeredView, decisionView } from './decision.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { threadTag } from './threadTag.ts';
import { toolBody } from './toolBody.ts';
import { toolPreview } from './toolPreview.ts';
import { editCounts, toolIcon, toolStatus, toolSummary } from './toolSummary.ts';

/** Failed calls are open from the start; the others show a line and the beginning of what came out. */
function isToolExpanded(row: ToolRow, ui: RowUi): boolean {
  return ui.expanded ?? row.status === 'failed';
}

export function toolView(row: ToolRow, ui: RowUi, context: PageContext): TemplateResult {
  if (row.status === 'needsApproval') {
    return approvalView(row, ui, context);
  }
  if (row.status === 'needsResult') {
    return answerView(row, ui, context);
  }
  const expanded = isToolExpanded(row, ui);
  return html`<div class="card tool is-${row.status} shows-${row.input.view}">
    <button
      type="button"
      class="card-head"
      aria-expanded=${expanded}
      @click=${() => context.actions.toggle(row.key, !expanded)}
    >
      ${icon(toolIcon(row))}
      <span class="card-title"
        ><span class="tool-name">${visibleText(row.name)}</span
        >${toolSummary(row, context)}${editCounts(row)}</span
      >
      ${threadTag(row, context)}${statusView(row, context)} ${icon('chevron-right', 'chevron')}
    </button>
    ${expanded ? toolBody(row, context) : toolPreview(row, context)}
    ${decisionView(row.decision, context)}${answeredView(row, context)}
  </div>`;
}

/** A call that went well needs no word for it beside its time. */
function statusView(row: ToolRow, context: PageContext): TemplateResult {
  const status = toolStatus(row, context);
  const duration = row.durationMs === null ? '' : context.format.duration(row.durationMs);
  const isPlain = row.status === 'done' && duration !== '';
  return html`<span class="tool-status"
    >${icon(status.icon, row.status === 'running' ? 'icon-spin' : '')}<span
      ><span class=${isPlain ? 'sr-only' : ''}>${status.text}${duration === '' ? '' : ' · '}</span
      >${duration}</span
    ></span
  >`;
}

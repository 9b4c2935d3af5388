import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import type { RowUi } from '../uiState.ts';
import { answerView } from './answerTool.ts';
import { approvalView } from './approval.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { toolBody } from './toolBody.ts';
import { editCounts, toolIcon, toolStatus, toolSummary } from './toolSummary.ts';

/** Failed calls are open from the start; the others show one line. */
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
        ><span class="tool-summary">${visibleText(toolSummary(row))}</span></span
      >
      ${editCounts(row)}${statusView(row, context)} ${icon('chevron-right', 'chevron')}
    </button>
    ${expanded ? toolBody(row, context) : nothing}
  </div>`;
}

function statusView(row: ToolRow, context: PageContext): TemplateResult {
  const status = toolStatus(row, context);
  const duration = row.durationMs === null ? nothing : html` · ${context.format.duration(row.durationMs)}`;
  return html`<span class="tool-status"
    >${icon(status.icon, row.status === 'running' ? 'icon-spin' : '')}<span
      >${status.text}${duration}</span
    ></span
  >`;
}

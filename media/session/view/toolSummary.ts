import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { lineDiff } from '../lineDiff.ts';
import type { PageContext } from './context.ts';
import type { IconName } from './icon.ts';

/** Longer than any line the page can show; the rest would only cost layout. */
const LONGEST_SUMMARY = 300;

export function toolIcon(row: ToolRow): IconName {
  const icons: Record<ToolRow['input']['view'], IconName> = {
    shell: 'terminal',
    path: 'file',
    write: 'new-file',
    edit: 'edit',
    search: 'search',
    web: 'globe',
    json: row.family === 'mcp' ? 'mcp' : 'tools',
  };
  return icons[row.input.view];
}

/** What the call is about, in one line. */
export function toolSummary(row: ToolRow): string {
  return oneLine(summaryOf(row)).slice(0, LONGEST_SUMMARY);
}

function summaryOf(row: ToolRow): string {
  const { input } = row;
  switch (input.view) {
    case 'shell':
      return input.command;
    case 'path':
      return input.detail === null ? input.path : `${input.path} · ${input.detail}`;
    case 'write':
    case 'edit':
      return input.path;
    case 'search':
      return input.path === null ? input.pattern : `${input.pattern} · ${input.path}`;
    case 'web':
      return input.url ?? input.text;
    case 'json':
      return (row.server === null ? '' : `${row.server} · `) + row.inputJson.slice(0, 2 * LONGEST_SUMMARY);
    default:
      return assertNever(input);
  }
}

function oneLine(text: string): string {
  return text
    .slice(0, 4 * LONGEST_SUMMARY)
    .replace(/\s+/g, ' ')
    .trim();
}

/** How many lines an edit adds and takes away. */
export function editCounts(row: ToolRow): TemplateResult | typeof nothing {
  if (row.input.view !== 'edit') {
    return nothing;
  }
  const lines = lineDiff(row.input.before, row.input.after);
  const added = lines.filter((line) => line.sign === '+').length;
  const removed = lines.filter((line) => line.sign === '-').length;
  return html`<span class="edit-counts"
    ><span class="added">+${added}</span> <span class="removed">−${removed}</span></span
  >`;
}

export function toolStatus(
  row: ToolRow,
  context: PageContext,
): { readonly icon: IconName; readonly text: string } {
  const { strings } = context;
  switch (row.status) {
    case 'running':
      return { icon: 'sync', text: strings.running };
    case 'needsApproval':
      return { icon: 'shield', text: strings.needsApproval };
    case 'needsResult':
      return { icon: 'question', text: strings.needsResult };
    case 'denied':
      return { icon: 'circle-slash', text: strings.denied };
    case 'failed':
      return { icon: 'error', text: strings.failed };
    case 'done':
      return { icon: 'check', text: strings.done };
    case 'interrupted':
      return { icon: 'stop-circle', text: strings.interrupted };
    default:
      return assertNever(row.status);
  }
}

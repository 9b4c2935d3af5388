import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { diffCounts } from './diffView.ts';
import { visibleText } from './hidden.ts';
import type { IconName } from './icon.ts';
import { outputLines } from './outputLines.ts';

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

/** What the call is about, in one line: what matters first, the rest quietly behind it. */
export function toolSummary(row: ToolRow, context: PageContext): TemplateResult {
  const { input } = row;
  switch (input.view) {
    case 'shell':
      return html`<span class="tool-summary">${short(input.command)}</span>`;
    case 'path':
      return html`${pathView(input.path)}${detail(input.detail ?? lineCount(row, context))}`;
    case 'write':
    case 'edit':
      return pathView(input.path);
    case 'search':
      return html`<span class="tool-summary">${short(input.pattern)}</span>${detail(input.path)}`;
    case 'web':
      return html`<span class="tool-summary">${short(input.url ?? input.text)}</span>`;
    case 'json':
      return html`${detail(row.server)}<span class="tool-summary is-quiet"
          >${short(row.inputJson === '{}' ? '' : row.inputJson)}</span
        >`;
    default:
      return assertNever(input);
  }
}

/** A path whose end is what stays readable where there is little room. */
function pathView(path: string): TemplateResult {
  const line = oneLine(path);
  const end = line.lastIndexOf('/', line.length - 2) + 1;
  return html`<span class="tool-summary is-path"
    >${end > 0 ? html`<span class="path-folder">${visibleText(line.slice(0, end))}</span>` : nothing}<span
      class="path-file"
      >${visibleText(line.slice(end))}</span
    ></span
  >`;
}

function detail(text: string | null): TemplateResult | typeof nothing {
  return text === null || text === '' ? nothing : html`<span class="tool-detail">${short(text)}</span>`;
}

/** A file that was read says how much of it there was. */
function lineCount(row: ToolRow, context: PageContext): string | null {
  const { lines, isWhole } = outputLines(row.result ?? []);
  return isWhole && lines.length > 0
    ? fill(context.strings.reading.lines, { count: context.format.number(lines.length) })
    : null;
}

function short(text: string): unknown {
  return visibleText(oneLine(text));
}

function oneLine(text: string): string {
  return text
    .slice(0, 4 * LONGEST_SUMMARY)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_SUMMARY);
}

/** How many lines an edit adds and takes away. */
export function editCounts(row: ToolRow): TemplateResult | typeof nothing {
  const counts = row.input.view === 'edit' ? diffCounts(row.input) : undefined;
  return counts === undefined
    ? nothing
    : html`<span class="edit-counts"
        ><span class="added">+${counts.added}</span> <span class="removed">−${counts.removed}</span></span
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
    case 'inThread':
      return { icon: 'list-tree', text: strings.reading.inThread };
    default:
      return assertNever(row.status);
  }
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Block, ToolRow } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import { blockView } from './blocks.ts';
import type { PageContext } from './context.ts';
import { type EditInput, diffLines, diffOf } from './diffView.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { linkView } from './linkView.ts';
import { numberedLines } from './numberedText.ts';
import { outputLines } from './outputLines.ts';

const MOST_LINES = 6;
const MOST_DIFF_LINES = 8;
/** Pieces that are no text: pictures, documents, search results. */
const MOST_OTHERS = 3;
/** Longer than any line the page can show. */
const LONGEST_LINE = 400;

/**
 * What a closed card shows of what came out: the change, the beginning of a file that was written, or the first
 * lines of the output. A file that was read is not news; the head says which part it was.
 */
export function toolPreview(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  const { input } = row;
  if (input.view === 'edit') {
    return diffPreview(row, input, context);
  }
  if (input.view === 'write') {
    const lines = input.content.replace(/\n$/, '').split('\n');
    const isWhole = input.content.length === input.total;
    return preview(
      row,
      html`<div class="lines">${numberedLines(clipped(lines, MOST_LINES))}</div>`,
      lines.length - MOST_LINES,
      isWhole,
      context,
    );
  }
  if (row.result === null || row.result.length === 0 || row.status === 'denied') {
    return nothing;
  }
  return resultPreview(row, row.result, context);
}

function diffPreview(row: ToolRow, input: EditInput, context: PageContext): TemplateResult | typeof nothing {
  const lines = diffOf(input);
  const change = Math.max(0, lines.findIndex(({ sign }) => sign !== ' ') - 1);
  const shown = lines.slice(change, change + MOST_DIFF_LINES);
  return shown.length === 0
    ? nothing
    : preview(
        row,
        html`<div class="lines diff">${diffLines(shown)}</div>`,
        lines.length - change - MOST_DIFF_LINES,
        input.isCut !== true,
        context,
      );
}

function resultPreview(
  row: ToolRow,
  result: readonly Block[],
  context: PageContext,
): TemplateResult | typeof nothing {
  const isFile = row.input.view === 'path';
  const { lines, isWhole } = outputLines(result);
  const others = result.flatMap((block, index) => (isText(block) ? [] : [{ block, index }]));
  if ((isFile || lines.length === 0) && others.length === 0) {
    return nothing;
  }
  const url = row.input.view === 'web' ? row.input.url : null;
  const text =
    isFile || lines.length === 0
      ? nothing
      : html`<div class="output">
          ${clipped(lines, MOST_LINES).map((line) => html`<div class="line-text">${visibleText(line)}</div>`)}
        </div>`;
  const pieces = others
    .slice(0, MOST_OTHERS)
    .map(({ block, index }) => blockView(row.key, block, index, 'output', 'result', context));
  const hidden = isFile ? 0 : lines.length - MOST_LINES;
  return preview(
    row,
    html`${url === null ? nothing : html`<div class="preview-link">${linkView(url, url, context)}</div>`}${text}${
      pieces.length === 0 ? nothing : html`<div class="preview-pieces">${pieces}</div>`
    }`,
    hidden,
    (isWhole || isFile) && others.length <= MOST_OTHERS,
    context,
  );
}

function isText(block: Block): boolean {
  return block.type === 'text' || block.type === 'other' || block.type === 'more';
}

function preview(
  row: ToolRow,
  content: TemplateResult,
  hidden: number,
  isWhole: boolean,
  context: PageContext,
): TemplateResult {
  const { strings, format, actions } = context;
  const isMore = hidden > 0 || !isWhole;
  const label =
    hidden > 0 && isWhole
      ? fill(strings.reading.moreLines, { count: format.number(hidden) })
      : strings.reading.showMore;
  const isEdit = row.input.view === 'edit';
  const foot = html`<div class="preview-foot">
    ${
      isMore
        ? html`<button type="button" class="quiet" @click=${() => actions.toggle(row.key, true)}>
            ${label}
          </button>`
        : nothing
    }
    ${
      isEdit
        ? html`<button type="button" class="quiet" @click=${() => actions.openBody(row.key, 'diff')}>
            ${icon('diff')}${strings.openDiff}
          </button>`
        : nothing
    }
  </div>`;
  return html`<div class="preview">${content} ${isMore || isEdit ? foot : nothing}</div>`;
}

function clipped(lines: readonly string[], most: number): readonly string[] {
  return lines.slice(0, most).map((line) => line.slice(0, LONGEST_LINE));
}

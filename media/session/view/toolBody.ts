import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { blocksView, showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { diffView } from './diffView.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** The opened part of a tool card: what went in, and what came out. */
export function toolBody(row: ToolRow, context: PageContext): TemplateResult {
  return html`<div class="card-body">${inputView(row, context)} ${resultView(row, context)}</div>`;
}

function inputView(row: ToolRow, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  return html`<div class="tool-part">
    <div class="part-head">
      <span>${strings.input}</span>
      ${
        row.input.view === 'edit'
          ? html`<button type="button" class="quiet" @click=${() => actions.openBody(row.key, 'diff')}>
              ${icon('go-to-file')}${strings.openDiff}
            </button>`
          : nothing
      }
      ${openButton(row, 'input', context)} ${copyButton(() => actions.copyBody(row.key, 'input'), context)}
    </div>
    ${inputContent(row)} ${inputRest(row, context)}
  </div>`;
}

function inputContent(row: ToolRow): unknown {
  const { input } = row;
  switch (input.view) {
    case 'shell':
      return html`<pre
        class="output"
        tabindex="0"
      ><span class="prompt" aria-hidden="true">$ </span>${visibleText(input.command)}</pre>`;
    case 'path':
      return html`<div class="path">${visibleText(input.path)}</div>
        ${input.detail === null ? nothing : html`<div class="path-detail">${visibleText(input.detail)}</div>`}`;
    case 'write':
      return html`<div class="path">${visibleText(input.path)}</div>
        <pre class="output" tabindex="0">${visibleText(input.content)}</pre>`;
    case 'edit':
      return html`<div class="path">${visibleText(input.path)}</div>
        ${diffView(input.before, input.after)}`;
    case 'search':
      return html`<div class="path">${visibleText(input.pattern)}</div>
        ${input.path === null ? nothing : html`<div class="path-detail">${visibleText(input.path)}</div>`}`;
    case 'web':
      return html`<div class="path">${visibleText(input.text)}</div>
        ${input.url === null || input.url === input.text ? nothing : html`<div class="path-detail">${visibleText(input.url)}</div>`}`;
    case 'json':
      return html`<pre class="output" tabindex="0">${visibleText(row.inputJson)}</pre>`;
    default:
      return assertNever(input);
  }
}

function inputRest(row: ToolRow, context: PageContext): unknown {
  if (row.input.view === 'write') {
    return showAllButton(row.key, 'input', row.input.content.length, row.input.total, context);
  }
  return row.input.view === 'json'
    ? showAllButton(row.key, 'input', row.inputJson.length, row.inputTotal, context)
    : nothing;
}

function resultView(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  if (row.result === null) {
    return nothing;
  }
  return html`<div class="tool-part">
    <div class="part-head">
      <span>${strings.result}</span>
      ${row.result.length === 0 ? nothing : openButton(row, 'result', context)}
      ${row.result.length === 0 ? nothing : copyButton(() => actions.copyBody(row.key, 'result'), context)}
    </div>
    ${
      row.result.length === 0
        ? html`<div class="no-output">${strings.noOutput}</div>`
        : blocksView(row.key, row.result, 'output', 'result', context)
    }
  </div>`;
}

function openButton(row: ToolRow, part: 'input' | 'result', context: PageContext): TemplateResult {
  const { strings, actions } = context;
  return html`<button type="button" class="quiet" @click=${() => actions.openBody(row.key, part)}>
    ${icon('go-to-file')}${strings.openInEditor}
  </button>`;
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import { blocksView, showAllButton } from './blocks.ts';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { diffView } from './diffView.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';
import { linkView } from './linkView.ts';
import { numberedText } from './numberedText.ts';

/** The opened part of a tool card: what went in, and what came out. */
export function toolBody(row: ToolRow, context: PageContext): TemplateResult {
  return html`<div class="card-body">${inputPart(row, context)} ${resultPart(row, context)}</div>`;
}

function inputPart(row: ToolRow, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  return html`<div class="tool-part">
    <div class="part-head">
      <span class="part-name">${inputName(row, context)}</span>
      ${
        row.input.view === 'edit'
          ? html`<button type="button" class="quiet" @click=${() => actions.openBody(row.key, 'diff')}>
              ${icon('diff')}${strings.openDiff}
            </button>`
          : nothing
      }
      ${workspaceButtons(row, context)} ${openButton(row, 'input', context)}
      ${copyButton(() => actions.copyBody(row.key, 'input'), context)}
    </div>
    ${inputContent(row, context)} ${inputRest(row, context)}
  </div>`;
}

/** What can be done with the file of this workspace that a call is about. */
function workspaceButtons({ key, input, family }: ToolRow, { strings, actions }: PageContext): unknown {
  const { view } = input;
  if (family !== 'builtin' || (view !== 'path' && view !== 'write' && view !== 'edit')) {
    return nothing;
  }
  const { openInWorkspace, applyChange } = strings.reading;
  const button = (name: IconName, label: string, what: 'openPath' | 'applyChange') =>
    html`<button type="button" class="quiet" @click=${() => actions.useInWorkspace(key, what)}>
      ${icon(name)}${label}
    </button>`;
  return html`${button('go-to-file', openInWorkspace, 'openPath')}
  ${view === 'path' ? nothing : button('check', applyChange, 'applyChange')}`;
}

/** What a call works on names its input, where that is a single thing. */
function inputName(row: ToolRow, context: PageContext): unknown {
  const { input } = row;
  const { strings } = context;
  switch (input.view) {
    case 'shell':
      return strings.reading.command;
    case 'json':
      return strings.input;
    case 'path':
      return html`<span class="path">${visibleText(input.path)}</span>${detail(input.detail)}`;
    case 'write':
    case 'edit':
      return html`<span class="path">${visibleText(input.path)}</span>`;
    case 'search':
      return html`<span class="path">${visibleText(input.pattern)}</span>${detail(input.path)}`;
    case 'web':
      return html`<span class="path"
        >${input.url === null ? visibleText(input.text) : linkView(input.url, input.url, context)}</span
      >`;
    default:
      return assertNever(input);
  }
}

function inputContent(row: ToolRow, context: PageContext): unknown {
  const { input } = row;
  switch (input.view) {
    case 'shell':
      return html`<pre
        class="output"
        tabindex="0"
      ><span class="prompt" aria-hidden="true">$ </span>${visibleText(input.command)}</pre>`;
    case 'write':
      return numberedText(input.content, fill(context.strings.reading.fileContent, { path: input.path }));
    case 'edit':
      return diffView(input, context);
    case 'json':
      return html`<pre class="output" tabindex="0">${visibleText(row.inputJson)}</pre>`;
    case 'path':
    case 'search':
    case 'web':
      return nothing;
    default:
      return assertNever(input);
  }
}

function detail(text: string | null): TemplateResult | typeof nothing {
  return text === null ? nothing : html`<span class="path-detail">${visibleText(text)}</span>`;
}

function inputRest(row: ToolRow, context: PageContext): unknown {
  switch (row.input.view) {
    case 'write':
      return showAllButton(row.key, 'input', row.input.content.length, row.input.total, context);
    case 'edit':
      return row.input.isCut === true
        ? html`<button
            type="button"
            class="link show-all"
            @click=${() => context.actions.openBody(row.key, 'diff')}
          >
            ${icon('go-to-file')}${context.strings.reading.showWhole}
          </button>`
        : nothing;
    case 'json':
      return showAllButton(row.key, 'input', row.inputJson.length, row.inputTotal, context);
    default:
      return nothing;
  }
}

function resultPart(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  if (row.result === null) {
    return nothing;
  }
  const isEmpty = row.result.length === 0;
  return html`<div class="tool-part is-result">
    <div class="part-head">
      <span class="part-name">${strings.result}</span>
      ${isEmpty ? nothing : openButton(row, 'result', context)}
      ${isEmpty ? nothing : copyButton(() => actions.copyBody(row.key, 'result'), context)}
    </div>
    ${
      isEmpty
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

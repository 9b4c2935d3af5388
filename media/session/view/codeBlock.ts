import { html, nothing, type TemplateResult } from 'lit/html.js';
import { codeLanguage, fenceLabel } from '../../../src/transcript/codeLanguages.ts';
import { hasHidden } from '../../../src/util/hiddenCharacters.ts';
import type { CodeToken } from '../../../src/transcript/code/codeTokens.ts';
import { fill } from '../fill.ts';
import type { CodePlace, MarkdownContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** A block of code of a message. */
export interface CodeView {
  readonly text: string;
  /** What stands behind the fence. */
  readonly info: string;
  /** The same text in colours, or undefined while it has none. */
  readonly runs: readonly CodeToken[] | undefined;
  readonly place: CodePlace;
}

/** A block of code with its language, and what can be done with it. */
export function codeBlock(code: CodeView, context: MarkdownContext): TemplateResult {
  const { strings, actions } = context;
  const { markdown } = strings;
  const language = codeLanguage(code.info)?.name ?? fenceLabel(code.info);
  const isTricky = hasHidden(code.text);
  const label = language === '' ? markdown.code : fill(markdown.codeIn, { language });
  return html`<div class="code">
    <div class="code-bar">
      <span class="code-language">${visibleText(language)}</span>
      ${
        isTricky
          ? html`<span class="code-warning" title=${markdown.hiddenCharacters}
              >${icon('warning')}<span>${markdown.hiddenCharacters}</span></span
            >`
          : nothing
      }
      <span class="code-actions">
        <button
          type="button"
          class="quiet code-wrap"
          title=${markdown.wrapLines}
          aria-label=${markdown.wrapLines}
          aria-pressed="false"
          @click=${toggleWrap}
        >
          ${icon('word-wrap')}
        </button>
        <button
          type="button"
          class="quiet code-insert"
          title=${markdown.insertAtCursor}
          aria-label=${markdown.insertAtCursor}
          @click=${() => actions.insertCode(code.place)}
        >
          ${icon('insert')}
        </button>
        <button
          type="button"
          class="quiet code-open"
          title=${strings.openInEditor}
          aria-label=${strings.openInEditor}
          @click=${() => actions.openCode(code.place)}
        >
          ${icon('go-to-file')}
        </button>
        ${copyButton(isTricky ? () => askToCopy(code, context) : () => actions.copyText(code.text), context)}
      </span>
    </div>
    <pre
      class="code-text"
      dir="ltr"
      tabindex="0"
      role="group"
      aria-label=${label}
    ><code>${codeText(code)}</code></pre>
  </div>`;
}

/** What is copied is decided in a question of the editor: nothing is said of it here. */
function askToCopy({ place }: CodeView, { actions }: MarkdownContext): 'asked' {
  actions.copyCode(place);
  return 'asked';
}

function codeText({ text, runs }: CodeView): unknown {
  if (runs === undefined) {
    return visibleText(text);
  }
  return runs.map((run) =>
    run.kind === undefined
      ? visibleText(run.text)
      : html`<span class="hl-${run.kind}">${visibleText(run.text)}</span>`,
  );
}

function toggleWrap(event: Event): void {
  if (event.currentTarget instanceof HTMLElement) {
    const button = event.currentTarget;
    const wraps = button.closest('.code')?.classList.toggle('is-wrapped') === true;
    button.setAttribute('aria-pressed', String(wraps));
  }
}

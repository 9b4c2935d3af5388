import { html, type TemplateResult } from 'lit/html.js';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { visibleText } from './hidden.ts';

/** A block of code with its language and a copy button. */
export function codeBlock(content: string, language: string, context: PageContext): TemplateResult {
  // A final newline pasted into a terminal would run the line.
  const code = content.replace(/\n$/, '');
  return html`<div class="code">
    <div class="code-bar">
      <span class="code-language">${visibleText(language)}</span>
      ${copyButton(() => context.actions.copyText(code), context)}
    </div>
    <pre class="code-text" tabindex="0"><code>${visibleText(code)}</code></pre>
  </div>`;
}

import { html, type TemplateResult } from 'lit/html.js';
import { type DiffLine, lineDiff } from '../lineDiff.ts';
import { visibleText } from './hidden.ts';

const classes: Record<DiffLine['sign'], string> = { '+': 'added', '-': 'removed', ' ': 'same' };

/** A small line diff: the sign says it, the colour underlines it. */
export function diffView(before: string, after: string): TemplateResult {
  const lines = lineDiff(before, after);
  return html`<div class="diff" tabindex="0">
    ${lines.map(
      (line) =>
        html`<div class="diff-line ${classes[line.sign]}">
          <span class="diff-sign">${line.sign === '-' ? '−' : line.sign}</span
          ><span>${visibleText(line.text)}</span>
        </div>`,
    )}
  </div>`;
}

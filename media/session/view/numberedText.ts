import { html, type TemplateResult } from 'lit/html.js';
import { visibleText } from './hidden.ts';

/** Beyond this many lines numbers cost more than they tell; the rest follows as one text. */
const MOST_NUMBERED = 400;

/** A file's content with the numbers of its lines. */
export function numberedText(text: string, label: string): TemplateResult {
  const lines = text.split('\n');
  const rest = lines.slice(MOST_NUMBERED).join('\n');
  return html`<div class="lines" tabindex="0" role="group" aria-label=${label}>
    ${numberedLines(lines.slice(0, MOST_NUMBERED))}
    ${rest === '' ? '' : html`<pre class="lines-rest">${visibleText(rest)}</pre>`}
  </div>`;
}

export function numberedLines(lines: readonly string[]): readonly TemplateResult[] {
  return lines.map(
    (text, index) =>
      html`<div class="line">
        <span class="line-number" aria-hidden="true">${index + 1}</span
        ><span class="line-text">${visibleText(text)}</span>
      </div>`,
  );
}

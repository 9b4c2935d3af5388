import { html, type TemplateResult } from 'lit/html.js';
import type { ToolInput } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import { type DiffLine, lineDiff } from '../../../src/transcript/lineDiff.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';

export type EditInput = Extract<ToolInput, { view: 'edit' }>;

const classes: Record<DiffLine['sign'], string> = { '+': 'added', '-': 'removed', ' ': 'same' };

const known = new WeakMap<EditInput, readonly DiffLine[]>();

/** The lines of an edit; worked out once, since the head, the preview and the body want them. */
export function diffOf(input: EditInput): readonly DiffLine[] {
  const lines = known.get(input) ?? lineDiff(input.before, input.after);
  known.set(input, lines);
  return lines;
}

/** How many lines an edit adds and takes away; unknown where the page has only a part of it. */
export function diffCounts(
  input: EditInput,
): { readonly added: number; readonly removed: number } | undefined {
  if (input.isCut === true) {
    return undefined;
  }
  const lines = diffOf(input);
  return {
    added: lines.filter(({ sign }) => sign === '+').length,
    removed: lines.filter(({ sign }) => sign === '-').length,
  };
}

/** A line diff with numbers: the sign says it, the colour underlines it. The numbers count the changed passage. */
export function diffView(input: EditInput, context: PageContext): TemplateResult {
  return html`<div
    class="lines diff"
    tabindex="0"
    role="group"
    aria-label=${fill(context.strings.reading.diffLabel, { path: input.path })}
  >
    ${diffLines(diffOf(input))}
  </div>`;
}

export function diffLines(lines: readonly DiffLine[]): readonly TemplateResult[] {
  return lines.map(
    ({ sign, line, text }) =>
      html`<div class="line ${classes[sign]}">
        <span class="line-number" aria-hidden="true">${line}</span
        ><span class="line-sign">${sign === '-' ? '−' : sign}</span
        ><span class="line-text">${visibleText(text)}</span>
      </div>`,
  );
}

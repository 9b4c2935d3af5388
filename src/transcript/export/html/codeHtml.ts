import { codeLanguage } from '../../codeLanguages.ts';
import { highlight } from '../../code/highlighter.ts';
import type { DiffLine } from '../../lineDiff.ts';
import { element, type Markup } from './markup.ts';

/** A block of code with its colours, as classes; `info` is what stands behind a fence. */
export function codeHtml(code: string, info: string): Markup {
  const language = codeLanguage(info);
  return element(
    'div',
    { class: 'code' },
    language && element('div', { class: 'code-bar' }, language.name),
    element('pre', { class: 'code-text', tabindex: '0' }, element('code', {}, runsHtml(code, info))),
  );
}

/** Code in runs of one colour each. */
function runsHtml(code: string, info: string): readonly (string | Markup)[] {
  const grammar = codeLanguage(info)?.grammar;
  const runs = grammar === undefined ? undefined : highlight(code, grammar);
  return (
    runs?.map(({ text, kind }) =>
      kind === undefined ? text : element('span', { class: `hl-${kind}` }, text),
    ) ?? [code]
  );
}

const classes: Readonly<Record<DiffLine['sign'], string>> = { '+': 'added', '-': 'removed', ' ': 'same' };

/** The lines of an edit: the sign says it, the colour underlines it. */
export function diffHtml(lines: readonly DiffLine[], label: string): Markup {
  return element(
    'div',
    { class: 'lines diff', role: 'group', tabindex: '0', 'aria-label': label },
    lines.map(({ sign, line, text }) =>
      element(
        'div',
        { class: `line ${classes[sign]}` },
        element('span', { class: 'line-number', 'aria-hidden': 'true' }, String(line)),
        element('span', { class: 'line-sign' }, sign === '-' ? '−' : sign),
        element('span', { class: 'line-text' }, text),
      ),
    ),
  );
}

/** What a program wrote, or anything else that is shown as it is. */
export function outputHtml(text: string, info = ''): Markup {
  return element('pre', { class: 'output', tabindex: '0' }, runsHtml(text, info));
}

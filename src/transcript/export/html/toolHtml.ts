import type { StoredEvent } from '../../../stream/eventStore.ts';
import type { SessionEvent } from '../../../api/resources/event.ts';
import { assertNever } from '../../../util/assertNever.ts';
import { asObject, field } from '../../../util/json.ts';
import { editBodies, inputBody } from '../../bodies.ts';
import { lineDiff } from '../../lineDiff.ts';
import type { ToolRow } from '../../row.ts';
import { callOf, resultFields } from '../../toolCall.ts';
import type { ExportTexts } from '../exportTexts.ts';
import { diffHtml, outputHtml } from './codeHtml.ts';
import { contentHtml, messageHtml } from './contentHtml.ts';
import { element, type Markup } from './markup.ts';

/**
 * An edit with more lines, before and after together, is written as its input: a few elements for each line of
 * what may be millions would be more than the extension host can hold.
 */
const MOST_DIFF_LINES = 20_000;

/** What a call works on, in one line; undefined where only its name says something. */
export function toolSubject({ input }: ToolRow): string | undefined {
  switch (input.view) {
    case 'shell':
      return input.command;
    case 'path':
      return [input.path, input.detail ?? ''].join('  ').trimEnd();
    case 'write':
    case 'edit':
      return input.path;
    case 'search':
      return [input.pattern, input.path ?? ''].join('  ').trimEnd();
    case 'web':
      return input.text;
    case 'json':
      return undefined;
    default:
      return assertNever(input);
  }
}

/** What went into a call and what came out, whole. */
export function toolParts(
  row: ToolRow,
  stored: StoredEvent | undefined,
  result: SessionEvent | undefined,
  texts: ExportTexts,
): readonly (Markup | undefined)[] {
  const reason = row.decision?.reason ?? null;
  return [
    element('div', { class: 'part' }, inputHtml(row, stored, texts)),
    reason === null ? undefined : element('div', { class: 'part thought' }, messageHtml(reason, texts)),
    result === undefined ? undefined : resultHtml(result, texts),
  ];
}

function inputHtml(row: ToolRow, stored: StoredEvent | undefined, texts: ExportTexts): readonly Markup[] {
  const name = (text: string) => element('div', { class: 'part-name' }, text);
  if (stored === undefined) {
    return [name(texts.input), outputHtml(row.inputJson, 'json')];
  }
  const input = asObject(callOf(stored.event).input);
  const { view } = row.input;
  const edit = view === 'edit' ? editBodies(stored) : undefined;
  if (edit !== undefined && linesOf(edit.before) + linesOf(edit.after) <= MOST_DIFF_LINES) {
    return [name(edit.path), diffHtml(lineDiff(edit.before, edit.after), edit.path)];
  }
  const content = field(input, 'content');
  if (row.input.view === 'write' && typeof content === 'string') {
    const extension = /\.(\w{1,12})$/.exec(row.input.path)?.[1] ?? '';
    return [name(row.input.path), outputHtml(content, extension)];
  }
  const body = inputBody(stored);
  return [name(texts.input), outputHtml(body.text, body.language === 'shellscript' ? 'sh' : body.language)];
}

/** Counted no further than it matters. */
function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && lines <= MOST_DIFF_LINES; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

function resultHtml(result: SessionEvent, texts: ExportTexts): Markup {
  const parts = contentHtml(resultFields(result.body).content, texts, (text) => outputHtml(text));
  return element(
    'div',
    { class: 'part' },
    element('div', { class: 'part-name' }, texts.result),
    parts.length === 0 ? element('div', { class: 'quiet' }, texts.noOutput) : parts,
  );
}

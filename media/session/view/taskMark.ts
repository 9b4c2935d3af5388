import { html, type TemplateResult } from 'lit/html.js';
import type { Token } from '../../../src/transcript/messageMarkdown.ts';
import type { MarkdownContext } from './context.ts';
import { icon } from './icon.ts';

/** A list item that is a task. */
export interface Task {
  readonly isDone: boolean;
  /** The text that begins with the mark. */
  readonly text: Token;
}

/** The task that the list item at `index` is, or undefined where it is none: its text begins with "[ ]" or "[x]". */
export function taskOf(tokens: readonly Token[], index: number): Task | undefined {
  const inline = tokens[index + 2];
  const text = inline?.type === 'inline' ? inline.children?.[0] : undefined;
  const mark = text?.type === 'text' ? /^\[([ xX])\](?=\s|$)/.exec(text.content)?.[1] : undefined;
  return text === undefined || mark === undefined ? undefined : { isDone: mark !== ' ', text };
}

export function taskMark(isDone: boolean, context: MarkdownContext): TemplateResult {
  const { taskDone, taskOpen } = context.strings.markdown;
  return html`<span
    class="task ${isDone ? 'is-done' : ''}"
    role="img"
    aria-label=${isDone ? taskDone : taskOpen}
    >${isDone ? icon('check') : ''}</span
  >`;
}

import * as vscode from 'vscode';
import { withoutLinks } from '../../text/visible.ts';
import type { Answer, Frame } from './answer.ts';
import { showInput } from './quickInput.ts';

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string | undefined;
  /** What is wrong with a text, if anything. Called as it is typed, so it must be quick. */
  readonly validate?: (text: string) => string | undefined;
}

/** Asks for one line of text. Surrounding blanks are not part of it. */
export async function askText(frame: Frame, question: TextQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value ?? '';
  const problemOf = (text: string) => {
    const problem = question.validate?.(text);
    return problem === undefined ? undefined : withoutLinks(problem);
  };
  input.validationMessage = frame.problem === undefined ? undefined : withoutLinks(frame.problem);
  return await showInput<string>(input, frame, (done, disposables) => {
    disposables.add(
      input.onDidChangeValue((text) => {
        // An empty field is not scolded before it is sent off.
        input.validationMessage = text.trim() === '' ? undefined : problemOf(text.trim());
      }),
    );
    disposables.add(
      input.onDidAccept(() => {
        const text = input.value.trim();
        const problem = problemOf(text);
        if (problem === undefined) {
          done({ kind: 'value', value: text });
        } else {
          input.validationMessage = problem;
        }
      }),
    );
  });
}

import * as vscode from 'vscode';
import type { Answer, Frame } from './answer.ts';
import { type Choice, toPick } from './askChoice.ts';
import { showInput } from './quickInput.ts';

export interface SomeQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  readonly selected: (value: T) => boolean;
}

/** Asks to choose any number of some things, none included. */
export async function askSome<T>(frame: Frame, question: SomeQuestion<T>): Promise<Answer<readonly T[]>> {
  const input = vscode.window.createQuickPick<ReturnType<typeof toPick<T>>>();
  input.placeholder = question.placeholder;
  input.canSelectMany = true;
  input.items = question.choices.map(toPick);
  input.selectedItems = input.items.filter(({ value }) => question.selected(value));
  return await showInput<readonly T[]>(input, frame, (done, disposables) => {
    disposables.add(
      input.onDidAccept(() => done({ kind: 'value', value: input.selectedItems.map(({ value }) => value) })),
    );
  });
}

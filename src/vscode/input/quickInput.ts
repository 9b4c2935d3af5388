import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import type { Answer, Frame } from './answer.ts';

/**
 * Shows an input of the editor and waits for its end. Losing the focus does not close it, so that a look at
 * another window loses nothing. `wire` connects what is special; it ends the question by calling `done`.
 */
export async function showInput<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  frame: Frame,
  wire: (done: (answer: Answer<T>) => void, disposables: DisposableStore) => void,
): Promise<Answer<T>> {
  const disposables = new DisposableStore();
  disposables.add(input);
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.totalSteps;
  input.ignoreFocusOut = true;
  try {
    return await new Promise<Answer<T>>((resolve) => {
      if (frame.canGoBack === true) {
        input.buttons = [vscode.QuickInputButtons.Back];
        disposables.add(input.onDidTriggerButton(() => resolve({ kind: 'back' })));
      }
      disposables.add(input.onDidHide(() => resolve({ kind: 'cancelled' })));
      wire(resolve, disposables);
      input.show();
    });
  } finally {
    disposables.dispose();
  }
}

import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import type { Answer } from './answer.ts';

export interface LongTextQuestion {
  /** What is to be done, and how it ends; shown as long as the question stands. */
  readonly hint: string;
  readonly language: string;
  /** What is in the editor at first. */
  readonly text: string;
  /** What is wrong with a text, if anything. */
  readonly validate: (text: string) => string | undefined;
}

/** A text that was written, and the document it stands in. */
export interface WrittenText {
  readonly text: string;
  readonly document: vscode.TextDocument;
}

/**
 * Asks for a long text: it is written in an untitled editor, where nothing is lost by looking elsewhere, and
 * handed over by a command. Whatever editor is active then is the one that counts.
 */
export class TextInEditor {
  private readonly awaitedKey: string;
  private asked:
    { readonly question: LongTextQuestion; readonly end: (text?: WrittenText) => void } | undefined;

  /** @param awaitedKey the context key that is set while a text is being written. */
  constructor(awaitedKey: string) {
    this.awaitedKey = awaitedKey;
  }

  /** Resolves when the text is handed over, or with `back` when that is given up. */
  async ask(question: LongTextQuestion): Promise<Answer<WrittenText>> {
    this.asked?.end();
    const { language, text: content } = question;
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document);
    const written = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: question.hint, cancellable: true },
      async (_, token) => await this.wait(question, document, token),
    );
    return written === undefined ? { kind: 'back' } : { kind: 'value', value: written };
  }

  /** Hands over what stands in the active editor. */
  async accept(): Promise<void> {
    const { asked } = this;
    const document = vscode.window.activeTextEditor?.document;
    if (asked === undefined || document === undefined) {
      return;
    }
    const text = document.getText();
    const problem = asked.question.validate(text);
    if (problem === undefined) {
      asked.end({ text, document });
    } else {
      await vscode.window.showWarningMessage(problem);
    }
  }

  private async wait(
    question: LongTextQuestion,
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<WrittenText | undefined> {
    setAwaited(this.awaitedKey, true);
    const owned = new DisposableStore();
    let own: typeof this.asked;
    try {
      return await new Promise<WrittenText | undefined>((resolve) => {
        owned.add(token.onCancellationRequested(() => resolve(undefined)));
        owned.add(
          vscode.workspace.onDidCloseTextDocument((closed) => {
            if (closed === document && document.isClosed) {
              resolve(undefined);
            }
          }),
        );
        own = { question, end: resolve };
        this.asked = own;
      });
    } finally {
      owned.dispose();
      // Another question may have taken this one's place.
      if (this.asked === own) {
        this.asked = undefined;
        setAwaited(this.awaitedKey, false);
      }
    }
  }
}

function setAwaited(key: string, isAwaited: boolean): void {
  void vscode.commands.executeCommand('setContext', key, isAwaited);
}

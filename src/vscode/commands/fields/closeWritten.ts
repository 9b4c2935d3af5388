import * as vscode from 'vscode';
import type { WrittenText } from '../../input/textInEditor.ts';

/** Closes the untitled editor that has served its purpose; a file, or one that was changed since, stays. */
export async function closeWritten({ document, text }: WrittenText): Promise<void> {
  if (document.isUntitled && !document.isClosed && document.getText() === text) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

import * as vscode from 'vscode';
import { documentScheme } from '../ids.ts';

/**
 * Documents that the editor is about to save by itself. It says so before it saves, and may save a document that
 * it brought back before anything else of ours was needed.
 */
export class AutomaticSaves implements vscode.Disposable {
  private readonly pending = new Set<string>();
  private readonly registration = vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
    if (reason === vscode.TextDocumentSaveReason.Manual) {
      this.pending.delete(uri.toString());
    } else if (uri.scheme === documentScheme) {
      this.pending.add(uri.toString());
    }
  });

  /** Whether the save that is under way was the editor's own idea. Asked once per save. */
  take(uri: vscode.Uri): boolean {
    return this.pending.delete(uri.toString());
  }

  dispose(): void {
    this.registration.dispose();
  }
}

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';

/** Scheme of the texts that stand on one side of a comparison. */
const compareScheme = 'managed-agents-compare';

/** Texts in memory, for the editor's diff. Each is let go with the editor that shows it. */
export class ComparedTexts implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly disposables = new DisposableStore();
  private count = 0;

  constructor() {
    this.disposables.add(vscode.workspace.registerTextDocumentContentProvider(compareScheme, this));
    this.disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === compareScheme) {
          this.texts.delete(uri.path);
        }
      }),
    );
  }

  /** @param name a harmless file name that ends in `.json`. */
  hold(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: compareScheme, path: `/${this.count++}/${name}` });
    this.texts.set(uri.path, text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

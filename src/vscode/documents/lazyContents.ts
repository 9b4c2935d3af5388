import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';

/** Provides documents by code that is loaded when the first of them is opened. */
export class LazyContents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly load: () => Promise<vscode.TextDocumentContentProvider>;
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  private provider: vscode.TextDocumentContentProvider | undefined;

  readonly onDidChange = this.changed.event;

  constructor(scheme: string, load: () => Promise<vscode.TextDocumentContentProvider>) {
    this.load = load;
    this.owned.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async provideTextDocumentContent(
    uri: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<string | undefined | null> {
    const provider = await this.load();
    if (this.provider === undefined) {
      // Nothing can have changed before: whatever the editor shows of this scheme it got from here.
      this.provider = provider;
      const subscription = provider.onDidChange?.((changed) => this.changed.fire(changed));
      this.owned.add(subscription ?? new vscode.Disposable(() => undefined));
    }
    return await provider.provideTextDocumentContent(uri, token);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

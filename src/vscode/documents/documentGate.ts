import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import { AskedDocuments } from './askedDocuments.ts';

/** The documents of this window that a server may be asked for: see `AskedDocuments`. */
export class DocumentGate implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly shown = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly asked = new AskedDocuments(() =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(urisOf)
      .map(String),
  );

  /** A tab shows this document now. What was refused before can be read. */
  readonly onDidShow = this.shown.event;

  constructor() {
    this.owned.add(
      vscode.window.tabGroups.onDidChangeTabs(({ opened, changed, closed }) => {
        for (const uri of closed.flatMap(urisOf)) {
          this.asked.withdraw(uri.toString());
        }
        for (const uri of [...opened, ...changed].flatMap(urisOf)) {
          this.shown.fire(uri);
        }
      }),
    );
  }

  announce(uri: vscode.Uri): void {
    this.asked.announce(uri.toString());
  }

  admits(uri: vscode.Uri): boolean {
    return this.asked.has(uri.toString());
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** What a tab shows. */
function urisOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) {
    return [input.original, input.modified];
  }
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? [input.uri] : [];
}

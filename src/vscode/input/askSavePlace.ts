import { homedir } from 'node:os';
import * as vscode from 'vscode';

export interface SaveQuestion {
  /** Under which the folder of the last answer is kept, so that it is offered the next time. */
  readonly key: string;
  readonly title: string;
  readonly saveLabel: string;
  readonly fileName: string;
  readonly filters?: Readonly<Record<string, string[]>>;
}

/** Asks where to write a file: in the folder of the last time, else that of the window. Undefined for nowhere. */
export async function askSavePlace(
  kept: vscode.Memento,
  { key, title, saveLabel, fileName, filters }: SaveQuestion,
): Promise<vscode.Uri | undefined> {
  const last = kept.get<string>(key);
  const folder =
    last === undefined
      ? (vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()))
      : vscode.Uri.parse(last);
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel,
    defaultUri: vscode.Uri.joinPath(folder, fileName),
    ...(filters !== undefined && { filters }),
  });
  if (target !== undefined) {
    await kept.update(key, vscode.Uri.joinPath(target, '..').toString());
  }
  return target;
}

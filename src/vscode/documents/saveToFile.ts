import * as vscode from 'vscode';
import { fileName } from '../../documents/documentPlace.ts';
import type { DocumentKind } from '../../documents/editable.ts';
import type { L10n } from '../../l10n.ts';

/** Asks for a file, writes the text there and opens it. Undefined when the person gives up. */
export async function saveToFile(
  kind: DocumentKind,
  name: string,
  text: string,
  l10n: L10n,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const suggested = fileName(kind, name);
  const uri = await vscode.window.showSaveDialog({
    title: l10n.t('Save as File'),
    filters: { JSON: ['json'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, suggested) }),
  });
  if (uri !== undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(uri, { preview: false });
  }
  return uri;
}

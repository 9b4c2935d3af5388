import * as vscode from 'vscode';
import { kindOfFile } from '../../documents/documentPlace.ts';
import { type DocumentKind, editablePart, readDocument } from '../../documents/editable.ts';
import { asText, field, type JsonObject } from '../../util/json.ts';
import { documentProblemText } from '../documents/documentProblemText.ts';
import { documentScheme } from '../ids.ts';
import type { CommandContext } from './commandContext.ts';

/** A file of the workspace that says what an agent or an environment is to be. */
export interface DocumentFile {
  readonly uri: vscode.Uri;
  readonly kind: DocumentKind;
  /** What can be sent of it. */
  readonly part: JsonObject;
  readonly text: string;
  /** The name in it, or that of the file. */
  readonly name: string;
}

/** The file that was clicked, or the one in the editor. Says why where there is none, or where it cannot be used. */
export async function documentFile(
  context: CommandContext,
  argument: unknown,
): Promise<DocumentFile | undefined> {
  const { l10n, notify } = context.shell;
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const kind = uri === undefined || uri.scheme === documentScheme ? undefined : kindOfFile(uri.path);
  if (uri === undefined || kind === undefined) {
    notify.info(l10n.t('Open a file whose name ends in .agent.json or .environment.json first.'));
    return undefined;
  }
  return await readFile(context, uri, kind);
}

/**
 * Reads a file as what the user sees of it, with what is not saved yet. Only in a workspace that is trusted: what
 * stands in the file is about to be sent to a server.
 */
export async function readFile(
  { shell }: CommandContext,
  uri: vscode.Uri,
  kind: DocumentKind,
): Promise<DocumentFile | undefined> {
  const { l10n, notify } = shell;
  if (!vscode.workspace.isTrusted) {
    notify.warn(l10n.t('Files are not sent to a server in restricted mode: this workspace is not trusted.'));
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const read = readDocument(text);
  if (read.kind !== 'object') {
    if (read.kind === 'notJson') {
      const at = document.positionAt(read.problem.offset);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    }
    notify.warn(documentProblemText(read, l10n));
    return undefined;
  }
  const part = editablePart(kind, read.value);
  const name = asText(field(part, 'name')) ?? uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { uri, kind, part, text, name };
}

import * as vscode from 'vscode';
import type { L10n } from '../../../l10n.ts';
import { bothEnds, hasDotSegments } from '../../../text/bothEnds.ts';
import { EXTENSION_ID } from '../../ids.ts';

/**
 * A resource as the editor's own drags name it; undefined for what is none. Those never go up on their way: a path
 * that does is made to read like another one.
 */
export function parsed(uri: string): vscode.Uri | undefined {
  try {
    const resource = vscode.Uri.parse(uri, true);
    if (hasDotSegments(resource.path)) {
      return undefined;
    }
    // What the window calls remote is local to an extension host that runs there; the editor translates it on every
    // way but this one.
    return resource.scheme === 'vscode-remote' && runsRemotely()
      ? resource.with({ scheme: 'file', authority: '' })
      : resource;
  } catch {
    return undefined;
  }
}

function runsRemotely(): boolean {
  const kind = vscode.extensions.getExtension(EXTENSION_ID)?.extensionKind;
  return vscode.env.remoteName !== undefined && kind === vscode.ExtensionKind.Workspace;
}

/** Asks, outside of the page, whether these files are meant: they may be any that the editor can read. */
export async function mayAttach(files: readonly vscode.Uri[], l10n: L10n): Promise<boolean> {
  const attach = l10n.t('Attach');
  const message =
    files.length === 1
      ? l10n.t('Attach this file to the message?')
      : l10n.t('Attach these {count} files to the message?', { count: files.length });
  const detail = files.map((uri) => bothEnds(placeOf(uri))).join('\n');
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, attach)) === attach;
}

/** The path in the workspace or on the disk; of anything else the whole address. */
function placeOf(uri: vscode.Uri): string {
  const isPath = uri.scheme === 'file' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return isPath ? vscode.workspace.asRelativePath(uri) : uri.toString(true);
}

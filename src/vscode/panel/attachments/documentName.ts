import * as vscode from 'vscode';
import { visible } from '../../../text/visible.ts';

/**
 * How a file is called for the agent and on the screen: by its path in the workspace, or by its bare name, so
 * that nothing is told of the rest of the disk.
 */
export function nameOf(uri: vscode.Uri): string {
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = isInside ? vscode.workspace.asRelativePath(uri) : (uri.path.split('/').pop() ?? '');
  return visible(path === '' ? uri.scheme : path, 300);
}

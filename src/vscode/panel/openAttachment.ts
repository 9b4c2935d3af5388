import * as vscode from 'vscode';
import type { Attachment } from '../../transcript/bodies.ts';
import { rasterHeader } from '../../util/rasterHeader.ts';
import type { BodyDocuments } from './bodyDocuments.ts';

const endings = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['application/pdf', 'pdf'],
  ['image/svg+xml', 'svg'],
  ['text/plain', 'txt'],
  ['text/markdown', 'md'],
  ['text/csv', 'csv'],
  ['application/json', 'json'],
]);

/**
 * Shows an image or a document of a session: text as a document, a picture in the editor's own viewer, and
 * anything else is saved where the user says. A picture is what its first bytes say, not what the server calls it.
 */
export async function openAttachment(attachment: Attachment, documents: BodyDocuments): Promise<void> {
  const { kind, data, mediaType, title } = attachment;
  if (kind === 'text') {
    await documents.open(title ?? 'document', data, 'plaintext');
    return;
  }
  const bytes = Buffer.from(data, 'base64');
  const picture = rasterHeader(bytes)?.mediaType;
  const ending = endings.get(picture ?? mediaType ?? '') ?? 'bin';
  const name = fileName(title, ending);
  if (picture !== undefined) {
    await vscode.commands.executeCommand('vscode.open', documents.holdFile(name, bytes), {
      preview: true,
      viewColumn: vscode.ViewColumn.Beside,
    });
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) },
  );
  if (target !== undefined) {
    await vscode.workspace.fs.writeFile(target, bytes);
  }
}

/** A name that can do nothing but be a name. */
function fileName(title: string | undefined, ending: string): string {
  const base = (title?.split(/[/\\]/).pop() ?? '')
    .replace(/[^\p{L}\p{N} _-]+/gu, '_')
    .replace(/^[ _-]+/, '')
    .slice(0, 60);
  const withoutEnding = base.endsWith(`_${ending}`) ? base.slice(0, -ending.length - 1) : base;
  return `${withoutEnding === '' ? 'attachment' : withoutEnding}.${ending}`;
}

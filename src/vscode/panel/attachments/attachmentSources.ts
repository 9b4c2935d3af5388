import * as vscode from 'vscode';
import { MAX_IMAGE_BYTES } from '../../../protocol/composerMessages.ts';
import { visible } from '../../../text/visible.ts';
import {
  type AttachmentReference,
  fileAttachment,
  imageAttachment,
  type Made,
  textAttachment,
  textHash,
} from './attachment.ts';
import { nameOf } from './documentName.ts';
import { lastLine, selectedRanges } from './editorSelections.ts';

/** What came of one try, and what it was about. */
export interface Found {
  readonly name: string;
  readonly made: Made;
}

/** Reads files, as the editor reads them: local, remote and virtual ones alike. */
export async function filesFound(uris: readonly vscode.Uri[]): Promise<readonly Found[]> {
  return await Promise.all(uris.map((uri) => fileFound(uri)));
}

/** A file that has unsaved changes is taken as it is on the screen. */
async function fileFound(uri: vscode.Uri): Promise<Found> {
  const name = nameOf(uri);
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open?.isDirty === true) {
    return documentFound(open);
  }
  const reference: AttachmentReference = { kind: 'file', uri: uri.toString() };
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      return { name, made: { kind: 'refused', refusal: 'folder' } };
    }
    // Nothing larger than the largest that can be sent is read.
    if (size > MAX_IMAGE_BYTES) {
      return {
        name,
        made: { kind: 'refused', refusal: isPictureName(name) ? 'imageTooLarge' : 'textTooLarge' },
      };
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    const language = open?.languageId ?? extensionOf(name);
    return { name, made: fileAttachment(bytes, { name, lines: undefined, language, reference }) };
  } catch {
    return { name, made: { kind: 'refused', refusal: 'unreadable' } };
  }
}

/** Files that are to be pictures. */
export async function picturesFound(uris: readonly vscode.Uri[]): Promise<readonly Found[]> {
  const found = await filesFound(uris);
  return found.map(({ name, made }) =>
    made.kind === 'made' && made.content.chip.kind !== 'image'
      ? { name, made: { kind: 'refused', refusal: 'noImage' } }
      : { name, made },
  );
}

/** A document as it is on the screen, with what is not saved. */
export function documentFound(document: vscode.TextDocument): Found {
  const name = nameOf(document.uri);
  const reference = document.isUntitled
    ? undefined
    : ({ kind: 'file', uri: document.uri.toString() } as const);
  const facts = { name, lines: undefined, language: document.languageId, reference };
  return { name, made: textAttachment(document.getText(), facts) };
}

/** Everything that is selected in an editor, each range by itself. */
export function selectionsFound(editor: vscode.TextEditor): readonly Found[] {
  return selectedRanges(editor).map((range) => selectionFound(editor.document, range));
}

function selectionFound(document: vscode.TextDocument, range: vscode.Range): Found {
  const name = nameOf(document.uri);
  const text = document.getText(range);
  const made = textAttachment(text, {
    name,
    lines: { from: range.start.line + 1, to: lastLine(range) + 1 },
    language: document.languageId,
    reference: document.isUntitled
      ? undefined
      : {
          kind: 'selection',
          uri: document.uri.toString(),
          range: [range.start.line, range.start.character, range.end.line, range.end.character],
          hash: textHash(text),
        },
  });
  return { name, made };
}

/** A picture that came through the clipboard. @param data base64, from the page and so not trusted. */
export function pastedPicture(data: string, name: string): Found {
  const made: Made = /^[A-Za-z0-9+/]+={0,2}$/.test(data)
    ? imageAttachment(Buffer.from(data, 'base64'), { name, source: 'pasted', reference: undefined })
    : { kind: 'refused', refusal: 'noImage' };
  return { name, made };
}

/** A file whose content came from the page. @param data base64, not trusted. */
export function droppedFile(data: string, name: string): Found {
  const made: Made = /^[A-Za-z0-9+/]*={0,2}$/.test(data)
    ? fileAttachment(Buffer.from(data, 'base64'), {
        name,
        lines: undefined,
        language: extensionOf(name),
        reference: undefined,
      })
    : { kind: 'refused', refusal: 'unreadable' };
  return { name: visible(name, 60), made };
}

/** Finds what was attached before the window was loaded anew. A selection whose text has changed is not found. */
export async function foundAgain(reference: AttachmentReference): Promise<Found> {
  const uri = vscode.Uri.parse(reference.uri, true);
  if (reference.kind === 'file') {
    return await fileFound(uri);
  }
  const gone: Found = { name: nameOf(uri), made: { kind: 'refused', refusal: 'unreadable' } };
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const range = new vscode.Range(...reference.range);
    return textHash(document.getText(range)) === reference.hash ? selectionFound(document, range) : gone;
  } catch {
    return gone;
  }
}

function extensionOf(name: string): string {
  return /\.(\w{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function isPictureName(name: string): boolean {
  return /\.(png|jpe?g|gif|webp)$/i.test(name);
}

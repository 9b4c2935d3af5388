import * as vscode from 'vscode';
import type { AttachSource } from '../../../protocol/composerMessages.ts';
import { visible } from '../../../text/visible.ts';
import { assertNever } from '../../../util/assertNever.ts';
import type { Shell } from '../../shell.ts';
import { type Attachment, textAttachment } from './attachment.ts';
import { AttachmentShelf } from './attachmentShelf.ts';
import {
  documentFound,
  droppedFile,
  filesFound,
  type Found,
  foundAgain,
  pastedPicture,
  picturesFound,
  selectionsFound,
} from './attachmentSources.ts';
import type { EditorMemory } from './editorMemory.ts';
import { readKept, toKept } from './keptReferences.ts';
import { refusalText } from './refusalText.ts';

export interface ComposerAttachmentsOptions {
  readonly shell: Pick<Shell, 'l10n' | 'workspaceState'>;
  readonly editors: EditorMemory;
  /** Under which they are remembered for this session. */
  readonly storageKey: string;
  readonly onChange: () => void;
}

/**
 * What goes with the message that is being written: takes it from files, editors and the clipboard, says why
 * something cannot be taken, and finds it again after the window was loaded anew.
 */
export class ComposerAttachments {
  private readonly options: ComposerAttachmentsOptions;
  private readonly shelf = new AttachmentShelf();
  /** Why something was refused or let go, until it is dismissed. */
  note: string | null = null;

  constructor(options: ComposerAttachmentsOptions) {
    this.options = options;
  }

  get all(): readonly Attachment[] {
    return this.shelf.all;
  }

  get(key: string): Attachment | undefined {
    return this.shelf.get(key);
  }

  /** Exactly those that the page showed, or undefined where these are not the ones that are here. */
  named(keys: readonly string[]): readonly Attachment[] | undefined {
    return this.shelf.named(keys);
  }

  remove(keys: readonly string[]): void {
    this.shelf.remove(keys);
    this.changed();
  }

  /** Finds again what was attached before, and says what it did not find. */
  async bringBack(): Promise<void> {
    const { shell, storageKey } = this.options;
    const kept = readKept(shell.workspaceState.get(storageKey));
    if (kept.length === 0) {
      return;
    }
    const lost: string[] = [];
    for (const { name, reference } of kept) {
      const canRead = reference !== undefined && vscode.workspace.isTrusted;
      const found = canRead ? await foundAgain(reference).catch(() => undefined) : undefined;
      if (found?.made.kind !== 'made' || this.shelf.add(found.made.content) !== undefined) {
        lost.push(visible(name, 60));
      }
    }
    if (lost.length > 0) {
      this.note = shell.l10n.t(
        'No longer attached, because it could not be found again as it was when it was attached: {names}.',
        { names: lost.join(', ') },
      );
    }
    this.changed();
  }

  async attach(source: AttachSource): Promise<void> {
    if (vscode.workspace.isTrusted) {
      this.take(await this.find(source));
    }
  }

  async attachFiles(uris: readonly vscode.Uri[]): Promise<void> {
    if (vscode.workspace.isTrusted) {
      this.take(await filesFound(uris));
    }
  }

  attachSelection(editor: vscode.TextEditor): void {
    if (vscode.workspace.isTrusted) {
      this.take(selectionsFound(editor));
    }
  }

  /** Takes a text that is in no file. @param name says what it is. */
  attachText(name: string, text: string): void {
    const facts = { name, lines: undefined, language: '', reference: undefined };
    this.take([{ name, made: textAttachment(text, facts) }]);
  }

  /** @param data base64. What the user has in the clipboard is theirs to send, also in an untrusted workspace. */
  attachPasted(data: string): void {
    this.take([pastedPicture(data, this.options.shell.l10n.t('Pasted picture'))]);
  }

  /** A file from outside of the editor: as with a picture that is pasted, the user has it in their hand. */
  attachDropped(name: string, data: string): void {
    this.take([droppedFile(data, name)]);
  }

  private async find(source: AttachSource): Promise<readonly Found[]> {
    const { l10n } = this.options.shell;
    const { editor } = this.options.editors;
    const openLabel = l10n.t('Attach');
    switch (source) {
      case 'file':
        return await filesFound(await ask({ openLabel }));
      case 'image': {
        const filters = { [l10n.t('Pictures')]: ['png', 'jpg', 'jpeg', 'gif', 'webp'] };
        return await picturesFound(await ask({ openLabel, filters }));
      }
      case 'selection':
        return editor === undefined ? [] : selectionsFound(editor);
      case 'editor':
        return editor === undefined ? [] : [documentFound(editor.document)];
      default:
        return assertNever(source);
    }
  }

  private take(found: readonly Found[]): void {
    const { l10n } = this.options.shell;
    const refusals = found.flatMap(({ name, made }) => {
      const refused = made.kind === 'refused' ? made.refusal : this.shelf.add(made.content);
      return refused === undefined ? [] : [refusalText(refused, name, l10n)];
    });
    if (found.length > 0) {
      // More than a few would push the field out of sight; they are all of the same kind then.
      this.note = refusals.length === 0 ? null : refusals.slice(0, 3).join(' ');
      this.changed();
    }
  }

  private changed(): void {
    const { shell, storageKey, onChange } = this.options;
    const kept = toKept(this.shelf.all);
    void shell.workspaceState.update(storageKey, kept.length === 0 ? undefined : kept);
    onChange();
  }
}

async function ask(options: vscode.OpenDialogOptions): Promise<readonly vscode.Uri[]> {
  return (await vscode.window.showOpenDialog({ canSelectMany: true, ...options })) ?? [];
}

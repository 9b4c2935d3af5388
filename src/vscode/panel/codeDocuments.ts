import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import type { CodeMessage } from '../../protocol/markdownMessages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { blocksOf } from '../../transcript/blocks.ts';
import { codeLanguage } from '../../transcript/codeLanguages.ts';
import { hasHidden } from '../../util/hiddenCharacters.ts';
import { field } from '../../util/json.ts';
import type { Notify } from '../shell.ts';
import { nameOf } from './attachments/documentName.ts';
import type { EditorMemory } from './attachments/editorMemory.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { copyOut } from './copyOut.ts';

export interface CodeDocumentsOptions {
  readonly feed: SessionFeed;
  readonly documents: BodyDocuments;
  readonly editors: EditorMemory;
  readonly l10n: L10n;
  readonly notify: Notify;
}

/**
 * Takes blocks of code of messages into the editor: found in the session's own events, never taken from the page.
 */
export class CodeDocuments {
  private readonly options: CodeDocumentsOptions;

  constructor(options: CodeDocumentsOptions) {
    this.options = options;
  }

  async receive(message: CodeMessage): Promise<void> {
    const found = await this.find(message);
    if (found === undefined) {
      return;
    }
    if (message.type === 'copyCode') {
      await copyOut(found.code, this.options.l10n);
      return;
    }
    const language = codeLanguage(found.info);
    const open = () =>
      this.options.documents.open(
        `code.${language?.extension ?? 'txt'}`,
        found.code,
        language?.editor ?? 'plaintext',
      );
    await (message.type === 'openCode' ? open() : this.insert(found.code, open));
  }

  /** Puts the code where the cursor is in the text editor that was used last. Nothing is saved, and undo takes it back. */
  private async insert(code: string, openInstead: () => Promise<void>): Promise<void> {
    const { editors, l10n, notify } = this.options;
    const last = editors.editor;
    const instead = { title: l10n.t('Open in Editor'), run: () => void openInstead() };
    if (last === undefined) {
      notify.warn(
        l10n.t('There is no text editor to insert into. Open a file and place the cursor.'),
        instead,
      );
      return;
    }
    const name = nameOf(last.document.uri);
    if (hasHidden(code) && !(await this.isMeant(name))) {
      return;
    }
    // The editor may have been behind another tab, where the one that was kept takes no edits any more.
    const { document, viewColumn, selections } = last;
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: viewColumn ?? vscode.ViewColumn.Active,
    });
    editor.selections = [...selections];
    const isDone = await editor.edit((edit) => {
      for (const selection of selections) {
        edit.replace(selection, code);
      }
    });
    if (!isDone) {
      notify.warn(l10n.t('{name} does not take changes. Nothing was inserted.', { name }), instead);
    }
  }

  private async isMeant(name: string): Promise<boolean> {
    const { l10n } = this.options;
    const insert = l10n.t('Insert All the Same');
    const message = l10n.t('This code has characters that cannot be seen. Insert it into {name}?', { name });
    const detail = l10n.t('Such characters can make code read differently from what it does.');
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, insert)) === insert;
  }

  private async find({ key, block, code }: CodeMessage) {
    const event = this.options.feed.store.get(key)?.event;
    const whole = blocksOf(event && field(event.body, 'content'), Number.POSITIVE_INFINITY)[block];
    if (whole?.type !== 'text') {
      return undefined;
    }
    const { codeBlockAt } = await import('../../transcript/messageMarkdown.ts');
    return codeBlockAt(whole.text, code);
  }
}

import * as vscode from 'vscode';
import type { TextSpan } from '../../transcript/searchNearest.ts';
import type { Disposable } from '../../util/disposable.ts';
import { AttachmentFiles } from './attachmentFiles.ts';

/** Documents that hold a body of a row while somebody looks at it. */
const bodyScheme = 'managed-agents-body';

const MAX_HELD = 50;

/** A document that somebody is to read to its end. */
interface Unread {
  /** Lines of its text: a document that lost its text has fewer, and its end is no end. */
  readonly lines: number;
  readonly whenRead: () => void;
}

/** Opens texts from a session as read-only documents. What is held is bounded and goes with the window. */
export class BodyDocuments implements Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly unread = new Map<string, Unread>();
  private readonly files = new AttachmentFiles();
  private readonly registration: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(bodyScheme, this),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.look(textEditor)),
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        editors.forEach((editor) => this.look(editor)),
      ),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async open(name: string, text: string, language: string, selected?: TextSpan): Promise<void> {
    await this.show(this.hold(name, text), language, selected);
  }

  /**
   * Opens a text that is to be read to its end, as plain text.
   * @param whenRead called once, when its last line was on the screen: perhaps before this resolves, perhaps never.
   */
  async openToRead(name: string, text: string, whenRead: () => void): Promise<void> {
    const uri = this.hold(name, text);
    this.unread.set(uri.toString(), { lines: text.split('\n').length, whenRead });
    await this.show(uri, 'plaintext');
    // What fits on the screen is never scrolled.
    vscode.window.visibleTextEditors.forEach((editor) => this.look(editor));
  }

  /** @param title of the tab; unlike a file's name it may hold anything harmless. */
  async diff(name: string, before: string, after: string, title: string): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.hold(name, before),
      this.hold(name, after),
      title,
      { preview: true },
    );
  }

  /** Shows a file as it is, if there is one, beside what it would become. */
  async compareWith(file: vscode.Uri | undefined, name: string, after: string, title: string): Promise<void> {
    const before = file ?? this.hold(name, '');
    await vscode.commands.executeCommand('vscode.diff', before, this.hold(name, after), title, {
      preview: true,
    });
  }

  /** Holds what is no text for a viewer. */
  holdFile(name: string, bytes: Uint8Array): vscode.Uri {
    return this.files.hold(name, bytes);
  }

  dispose(): void {
    this.registration.dispose();
    this.files.dispose();
    this.texts.clear();
    this.unread.clear();
  }

  private look({ document, visibleRanges }: vscode.TextEditor): void {
    const key = document.uri.toString();
    const unread = this.unread.get(key);
    if (unread?.lines !== document.lineCount) {
      return;
    }
    if (visibleRanges.some(({ end }) => end.line >= document.lineCount - 1)) {
      this.unread.delete(key);
      unread.whenRead();
    }
  }

  private async show(uri: vscode.Uri, language: string, selected?: TextSpan): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language).then(undefined, () => document);
    const selection =
      selected && new vscode.Range(document.positionAt(selected.start), document.positionAt(selected.end));
    await vscode.window.showTextDocument(document, {
      preview: true,
      viewColumn: vscode.ViewColumn.Beside,
      ...(selection !== undefined && { selection }),
    });
  }

  private hold(name: string, text: string): vscode.Uri {
    // Only the last part of a remote path, and only harmless characters: it becomes the tab's title.
    const file = (name.split(/[/\\]/).pop() ?? '').replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 80);
    const uri = vscode.Uri.from({
      scheme: bodyScheme,
      path: `/${this.count++}/${file === '' ? 'text' : file}`,
    });
    this.texts.set(uri.toString(), text);
    const oldest = this.texts.keys().next().value;
    if (this.texts.size > MAX_HELD && oldest !== undefined) {
      this.texts.delete(oldest);
      this.unread.delete(oldest);
    }
    return uri;
  }
}

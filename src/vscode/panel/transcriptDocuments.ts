import * as vscode from 'vscode';
import { type Connection, isId } from '../../api/connection.ts';
import { exportFileName } from '../../transcript/export/exportName.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { DocumentGate } from '../documents/documentGate.ts';
import { transcriptScheme } from '../ids.ts';
import type { Shell } from '../shell.ts';
import type { SessionFeeds } from './sessionFeeds.ts';
import { TranscriptDocument } from './transcriptDocument.ts';

/**
 * Sessions as text documents that follow what happens: for screen readers, for searching with the editor's own
 * means, and for places where panels cannot be shown. Each holds its session live while it is seen, also
 * without a panel, and lets it go when its last tab is closed.
 */
export class TranscriptDocuments implements Disposable, vscode.TextDocumentContentProvider {
  private readonly shell: Shell;
  private readonly feeds: SessionFeeds;
  private readonly gate: DocumentGate;
  private readonly live = new Map<string, TranscriptDocument>();
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this.changed.event;

  constructor(shell: Shell, feeds: SessionFeeds, gate: DocumentGate) {
    this.shell = shell;
    this.feeds = feeds;
    this.gate = gate;
    const { workspace, window } = vscode;
    this.owned.add(workspace.onDidCloseTextDocument(({ uri }) => this.release(uri.toString())));
    this.owned.add(window.onDidChangeVisibleTextEditors(() => this.review()));
    this.owned.add(gate.onDidShow(({ scheme }) => this.shown(scheme)));
    this.owned.add(window.tabGroups.onDidChangeTabs(({ closed }) => this.tabsClosed(closed)));
    this.owned.add(
      workspace.onDidChangeTextDocument(({ document }) => this.live.get(document.uri.toString())?.follow()),
    );
  }

  /** Opens the text of a session, at its end. */
  async open(connection: Connection, sessionId: string, title: string | undefined): Promise<void> {
    const uri = this.uriOf(connection, sessionId, title);
    this.gate.announce(uri);
    const text = this.ensure(uri)?.text();
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== text) {
      this.changed.fire(uri); // somebody else had it opened, and was refused
    }
    if (document.languageId !== 'markdown') {
      await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    }
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(new vscode.Range(end, end));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    if (!this.gate.admits(uri)) {
      return this.shell.l10n.t('Open it from the Managed Agents view.');
    }
    return (
      this.ensure(uri)?.text() ??
      this.shell.l10n.t(
        'The connection of this session does not exist any more, so there is nothing to show.',
      )
    );
  }

  dispose(): void {
    for (const document of this.live.values()) {
      document.dispose();
    }
    this.live.clear();
    this.owned.dispose();
  }

  /** One document per session: a title that changed since does not make a second one. */
  private uriOf(connection: Connection, sessionId: string, title: string | undefined): vscode.Uri {
    const query = new URLSearchParams({ connection: connection.id, session: sessionId }).toString();
    const open = [...this.live.values()].find(({ uri }) => uri.query === query);
    const path = `/${exportFileName(title ?? sessionId, sessionId, 'md')}`;
    return open?.uri ?? vscode.Uri.from({ scheme: transcriptScheme, path, query });
  }

  private ensure(uri: vscode.Uri): TranscriptDocument | undefined {
    const held = this.live.get(uri.toString());
    if (held !== undefined) {
      return held;
    }
    if (!this.gate.admits(uri)) {
      return undefined;
    }
    const names = new URLSearchParams(uri.query);
    const connection = this.shell.connections.byId(names.get('connection') ?? '');
    const sessionId = names.get('session');
    if (connection === undefined || sessionId === null || !isId(sessionId)) {
      return undefined;
    }
    const document = new TranscriptDocument({
      shell: this.shell,
      feeds: this.feeds,
      connection,
      sessionId,
      uri,
      changed: () => this.changed.fire(uri),
    });
    this.live.set(uri.toString(), document);
    return document;
  }

  private release(key: string): void {
    this.live.get(key)?.dispose();
    this.live.delete(key);
  }

  /** Only what is seen is kept live; a document that comes back after it was let go is live again. */
  private review(): void {
    const seen = new Set(vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()));
    for (const { document } of vscode.window.visibleTextEditors) {
      const { uri } = document;
      if (
        uri.scheme === transcriptScheme &&
        !this.live.has(uri.toString()) &&
        this.ensure(uri) !== undefined
      ) {
        this.changed.fire(uri);
      }
    }
    for (const [key, document] of this.live) {
      document.setVisible(seen.has(key));
    }
  }

  /** A document may be seen before its tab is known. */
  private shown(scheme: string): void {
    if (scheme === transcriptScheme) {
      this.review();
    }
  }

  private tabsClosed(closed: readonly vscode.Tab[]): void {
    const left = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(keyOf));
    for (const key of closed.flatMap(keyOf)) {
      if (!left.has(key)) {
        this.release(key);
      }
    }
  }
}

/** What a tab shows, where it is a text. */
function keyOf({ input }: vscode.Tab): readonly string[] {
  return input instanceof vscode.TabInputText ? [input.uri.toString()] : [];
}

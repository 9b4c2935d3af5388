import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import { documentScheme } from '../ids.ts';
import type { ObjectDocuments } from './objectDocuments.ts';

type Files = Pick<ObjectDocuments, 'onDidChangeFile' | 'stat' | 'readDirectory' | 'readFile' | 'writeFile'>;

/** Agents and environments as files, by code that is loaded when the editor asks for the first of them. */
export class LazyFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly load: () => Promise<Files>;
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private files: Files | undefined;

  readonly onDidChangeFile = this.changed.event;

  constructor(load: () => Promise<Files>) {
    this.load = load;
    this.owned.add(
      vscode.workspace.registerFileSystemProvider(documentScheme, this, { isCaseSensitive: true }),
    );
  }

  /** Every change is told, watched or not. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.loaded()).stat(uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.loaded()).readDirectory(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return await (await this.loaded()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.loaded()).writeFile(uri, content);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async loaded(): Promise<Files> {
    const files = await this.load();
    if (this.files === undefined) {
      this.files = files;
      this.owned.add(files.onDidChangeFile((changes) => this.changed.fire(changes)));
    }
    return files;
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../../util/disposable.ts';

/** Files that hold a picture of a session while somebody looks at it. */
const fileScheme = 'managed-agents-file';

const MAX_HELD = 8;

/** A read-only file system in memory, for what is no text. What is held is bounded and goes with the window. */
export class AttachmentFiles implements Disposable, vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registration: vscode.Disposable;
  private count = 0;
  readonly onDidChangeFile = this.changed.event;

  constructor() {
    this.registration = vscode.workspace.registerFileSystemProvider(fileScheme, this, { isReadonly: true });
  }

  /** @param name a harmless file name; the editor chooses a viewer by its ending. */
  hold(name: string, bytes: Uint8Array): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: fileScheme, path: `/${this.count++}/${name}` });
    this.files.set(uri.path, bytes);
    const oldest = this.files.keys().next().value;
    if (this.files.size > MAX_HELD && oldest !== undefined) {
      this.files.delete(oldest);
    }
    return uri;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { byteLength } = this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: byteLength };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.files.get(uri.path);
    if (bytes === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return bytes;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
    this.files.clear();
  }
}

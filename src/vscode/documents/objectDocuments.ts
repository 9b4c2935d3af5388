import * as vscode from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../api/connection.ts';
import { inOrderOf, shownAfter } from '../../documents/afterAnswer.ts';
import { type DocumentPlace, documentPath, readDocumentPath } from '../../documents/documentPlace.ts';
import { type DocumentKind, documentText, editablePart, readDocument } from '../../documents/editable.ts';
import { DisposableStore, type Disposable } from '../../util/disposable.ts';
import type { JsonObject } from '../../util/json.ts';
import { documentScheme } from '../ids.ts';
import type { Shell } from '../shell.ts';
import type { AutomaticSaves } from './automaticSaves.ts';
import type { ComparedTexts } from './comparedTexts.ts';
import type { DocumentGate } from './documentGate.ts';
import { documentProblemText } from './documentProblemText.ts';
import type { FieldDiagnostics } from './fieldDiagnostics.ts';
import { type Base, KeptBases } from './keptBases.ts';
import { ObjectSaver, type Saved, versionOf } from './objectSaver.ts';
import { operationsOf, type ServerObject } from './serverObjects.ts';
import { SaveFailures } from './saveFailures.ts';

/**
 * The same for every document, so that the editor's own check for newer files never stands in the way of ours,
 * which knows what has changed and loses nothing.
 */
const CLAIMED_SIZE = 1;

/** What documents share with the commands for files. */
interface Around {
  readonly gate: DocumentGate;
  readonly automatic: AutomaticSaves;
  readonly compared: ComparedTexts;
  readonly diagnostics: FieldDiagnostics;
  readonly changed: (connection: Connection, kind: DocumentKind) => void;
}

/** What is known of one document. */
interface Entry {
  /** What the open text was made from. */
  base: Base | undefined;
  /** What reading gives. */
  latest: Base & { readonly text: string; readonly isArchived: boolean };
  /** Reading may take it as it is, once. */
  isFresh: boolean;
  mtime: number;
}

/**
 * Agents and environments as files. Reading asks the server; saving sends what differs. Nothing is asked before
 * an editor shows such a file. What stands here is not redacted: it is edited, and must stay what the server has.
 */
export class ObjectDocuments implements Disposable {
  private readonly shell: Shell;
  private readonly onSaved: (connection: Connection, kind: DocumentKind) => void;
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private readonly gate: DocumentGate;
  private readonly diagnostics: FieldDiagnostics;
  private readonly failures: SaveFailures;
  private readonly saver: ObjectSaver;
  private readonly kept: KeptBases;
  private readonly entries = new Map<string, Entry>();
  private readonly automatic: AutomaticSaves;
  /** The save that is under way, per document. */
  private readonly saves = new Map<string, Promise<void>>();

  readonly onDidChangeFile = this.changed.event;

  constructor(shell: Shell, { gate, automatic, compared, diagnostics, changed }: Around) {
    this.shell = shell;
    this.gate = gate;
    this.automatic = automatic;
    this.onSaved = changed;
    this.diagnostics = diagnostics;
    this.failures = new SaveFailures(shell, diagnostics);
    this.saver = new ObjectSaver(shell, compared);
    this.kept = new KeptBases(shell.workspaceState);
    this.disposables.add(vscode.workspace.onDidSaveTextDocument((document) => this.settle(document)));
    this.disposables.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.settle(document)));
    this.disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.closed(uri)));
  }

  /** Reads an object and shows it as a document; one that is open already is shown as it is. */
  async open(connection: Connection, kind: DocumentKind, id: string): Promise<void> {
    const place = { connectionId: connection.id, kind, id };
    const open = vscode.workspace.textDocuments.find(
      ({ uri, isClosed }) =>
        !isClosed && uri.scheme === documentScheme && isDeepStrictEqual(readDocumentPath(uri.path), place),
    );
    if (open?.isDirty === true) {
      await vscode.window.showTextDocument(open, { preview: false });
      return;
    }
    const object = await operationsOf[kind].read(this.shell.clients.for(connection), id);
    const uri =
      open?.uri ?? vscode.Uri.from({ scheme: documentScheme, path: documentPath(place, object.name) });
    this.gate.announce(uri);
    this.take(uri, place, connection, object);
    if (open !== undefined) {
      this.settle(open);
    }
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const place = readDocumentPath(uri.path);
    if (place === undefined) {
      if (/^\/([^/]+(\/[^/.]+)?)?$/.test(uri.path)) {
        return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      }
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const entry = this.entries.get(uri.toString());
    const connection = this.shell.connections.byId(place.connectionId);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: entry?.mtime ?? 1,
      size: CLAIMED_SIZE,
      ...((connection?.readOnly === true || entry?.latest.isArchived === true) && {
        permissions: vscode.FilePermission.Readonly,
      }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { place, connection } = this.locate(uri);
    const key = uri.toString();
    let entry = this.entries.get(key);
    if (entry?.isFresh !== true) {
      if (!this.gate.admits(uri)) {
        throw this.failures.refused(this.shell.l10n.t('Open it from the Managed Agents view.'));
      }
      try {
        const client = this.shell.clients.for(connection);
        entry = this.take(uri, place, connection, await operationsOf[place.kind].read(client, place.id));
      } catch (error) {
        throw this.failures.unreadable(error, connection);
      }
    }
    entry.isFresh = false;
    if (this.openDocument(uri) === undefined) {
      this.adopt(key, entry);
    }
    return new TextEncoder().encode(entry.latest.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const key = uri.toString();
    const before = this.saves.get(key) ?? Promise.resolve();
    const save = before.then(() => this.save(uri, new TextDecoder().decode(content)));
    const settled = save.catch(() => undefined);
    this.saves.set(key, settled);
    try {
      await save;
    } finally {
      if (this.saves.get(key) === settled) {
        this.saves.delete(key);
      }
    }
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const folder = uri.path.endsWith('/') ? uri.path : `${uri.path}/`;
    const names = [...this.entries.keys()]
      .map((key) => vscode.Uri.parse(key).path)
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length).split('/'))
      .map(([name = '', ...rest]): [string, vscode.FileType] => [
        name,
        rest.length === 0 ? vscode.FileType.File : vscode.FileType.Directory,
      ]);
    return [...new Map(names)];
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async save(uri: vscode.Uri, text: string): Promise<void> {
    const { l10n } = this.shell;
    const key = uri.toString();
    const { place, connection } = this.locate(uri);
    if (this.automatic.take(uri)) {
      throw this.failures.refused(
        l10n.t('This document changes a server, so it is only saved when you save it yourself.'),
      );
    }
    this.diagnostics.clear(uri);
    const document = readDocument(text);
    if (document.kind !== 'object') {
      throw this.failures.refused(documentProblemText(document, l10n));
    }
    const entry = this.entries.get(key);
    const base = entry?.base ?? this.kept.find(key);
    if (base !== undefined && base.origin !== connection.origin) {
      throw this.failures.moved(connection, { kind: place.kind, name: base.name, text });
    }
    const edited = editablePart(place.kind, document.value);
    let saved: Saved;
    try {
      saved = await this.saver.save({ uri, place, connection, base, edited, text });
    } catch (error) {
      throw this.failures.failed(error, {
        uri,
        connection,
        kind: place.kind,
        name: base?.name ?? place.id,
        text,
      });
    }
    if (saved.kind === 'later') {
      throw this.failures.refused(
        l10n.t('Nothing was sent. Your text is kept here; save again to choose what to do.'),
      );
    }
    this.noteSaved(uri, place, connection, { base, edited, text }, saved);
  }

  private noteSaved(
    uri: vscode.Uri,
    place: DocumentPlace,
    connection: Connection,
    wrote: { readonly base: Base | undefined; readonly edited: JsonObject; readonly text: string },
    saved: Exclude<Saved, { kind: 'later' }>,
  ): void {
    const key = uri.toString();
    if (saved.kind === 'nothing') {
      return;
    }
    const isSent = saved.kind === 'sent';
    const server = editablePart(place.kind, saved.object.raw);
    const before = wrote.base ?? { part: server, server };
    const part = isSent ? shownAfter(server, wrote.edited, before, saved.sent) : server;
    const from = {
      server,
      version: versionOf(saved.object),
      origin: connection.origin,
      name: saved.object.name,
    };
    const isAsWritten = isDeepStrictEqual(part, wrote.edited);
    const entry: Entry = {
      // Until the editor shows what the server made of it, its text stands for what was written.
      base: { ...from, part: isSent ? wrote.edited : part },
      latest: {
        ...from,
        part,
        text: isAsWritten ? wrote.text : documentText(part),
        isArchived: saved.object.archivedAt !== undefined,
      },
      isFresh: !isAsWritten,
      mtime: this.entries.get(key)?.mtime ?? 1,
    };
    this.entries.set(key, entry);
    if (entry.base !== undefined) {
      this.kept.keep(key, entry.base);
    }
    if (isSent) {
      this.onSaved(connection, place.kind);
    }
  }

  /** Notes what the server says now; reading gives it, with what it never shows. */
  private take(uri: vscode.Uri, place: DocumentPlace, connection: Connection, object: ServerObject): Entry {
    const key = uri.toString();
    const old = this.entries.get(key);
    const server = editablePart(place.kind, object.raw);
    const before = this.openDocument(uri) === undefined ? undefined : (old?.base ?? this.kept.find(key));
    const part = before === undefined ? server : shownAfter(server, before.part, before, new Set());
    const isSame = old !== undefined && isDeepStrictEqual(part, old.latest.part);
    const entry: Entry = {
      base: before,
      latest: {
        server,
        part,
        version: versionOf(object),
        origin: connection.origin,
        name: object.name,
        text: isSame
          ? old.latest.text
          : documentText(before === undefined ? part : inOrderOf(part, before.part)),
        isArchived: object.archivedAt !== undefined,
      },
      isFresh: true,
      mtime: old?.mtime ?? 1,
    };
    this.entries.set(key, entry);
    return entry;
  }

  /** Brings an open document and what is known together, as soon as it holds nothing unsaved. */
  private settle(document: vscode.TextDocument): void {
    const entry =
      document.uri.scheme === documentScheme ? this.entries.get(document.uri.toString()) : undefined;
    if (entry === undefined || document.isDirty) {
      return;
    }
    if (sameText(document.getText(), entry.latest.text)) {
      this.adopt(document.uri.toString(), entry);
    } else if (entry.isFresh) {
      // Newer than what is shown: the editor reads it again, unless somebody types meanwhile.
      entry.mtime++;
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: document.uri }]);
    }
  }

  private adopt(key: string, entry: Entry): void {
    const { part, server, version, origin, name } = entry.latest;
    entry.base = { part, server, version, origin, name };
    this.kept.keep(key, entry.base);
  }

  private closed(uri: vscode.Uri): void {
    // A document whose language changes is closed and opened in one go.
    if (uri.scheme === documentScheme && this.openDocument(uri) === undefined) {
      this.entries.delete(uri.toString());
      this.kept.forget(uri.toString());
      this.diagnostics.clear(uri);
    }
  }

  private openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(
      (document) => !document.isClosed && document.uri.toString() === uri.toString(),
    );
  }

  private locate(uri: vscode.Uri): { readonly place: DocumentPlace; readonly connection: Connection } {
    const place = readDocumentPath(uri.path);
    if (place === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const connection = this.shell.connections.byId(place.connectionId);
    if (connection === undefined) {
      throw this.failures.refused(
        this.shell.l10n.t('The connection of this document does not exist any more.'),
      );
    }
    return { place, connection };
  }
}

function sameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

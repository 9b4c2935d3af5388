import * as vscode from 'vscode';
import type { ManagedAgentsClient } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { DisposableStore } from '../../util/disposable.ts';
import type { JsonObject } from '../../util/json.ts';
import type { Connection } from '../../api/connection.ts';
import { detailScheme } from '../ids.ts';
import type { Shell } from '../shell.ts';
import type { DocumentGate } from './documentGate.ts';

export type DetailKind = 'sessions' | 'agents' | 'environments';

/** Deeper than any real object; beyond it `JSON.stringify` could exhaust the stack. */
const MAX_DEPTH = 200;

/** Read-only documents that show a session, an agent or an environment as the server sent it. */
export class DetailDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly shell: Shell;
  private readonly gate: DocumentGate;
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());
  /** Read just now by the command that opens the document, so that it is not read twice. */
  private readonly ready = new Map<string, string>();
  /** Not read, because nobody asked for them yet. */
  private readonly refused = new Set<string>();

  readonly onDidChange = this.changed.event;

  constructor(shell: Shell, gate: DocumentGate) {
    this.shell = shell;
    this.gate = gate;
    this.disposables.add(
      gate.onDidShow((uri) => {
        if (this.refused.delete(uri.toString())) {
          this.changed.fire(uri);
        }
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.refused.delete(uri.toString())),
    );
  }

  /** Reads the thing and shows it; a document that is open already gets the newer text. */
  async show(connection: Connection, kind: DetailKind, id: string): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: detailScheme,
      path: `/${kind}/${id}.json`,
      query: connection.id,
    });
    const text = await this.read(connection, kind, id);
    this.gate.announce(uri);
    this.ready.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== text) {
      this.ready.set(uri.toString(), text);
      this.changed.fire(uri);
    } else {
      this.ready.delete(uri.toString());
    }
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ready = this.ready.get(uri.toString());
    if (ready !== undefined) {
      this.ready.delete(uri.toString());
      return ready;
    }
    const { l10n, connections } = this.shell;
    if (!this.gate.admits(uri)) {
      this.refused.add(uri.toString());
      return l10n.t('Open it from the Managed Agents view.');
    }
    const connection = connections.byId(uri.query);
    const place = /^\/(sessions|agents|environments)\/([^/]+)\.json$/.exec(uri.path);
    if (connection === undefined || place?.[2] === undefined) {
      return l10n.t('The connection of this document does not exist any more.');
    }
    try {
      return await this.read(connection, place[1] as DetailKind, place[2]);
    } catch (error) {
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      const where = { connection: connection.name, origin: connection.origin };
      const { title, why, next } = describeError(known, where, l10n);
      return this.shell.redactor.redact(sentences(title, why, next));
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(connection: Connection, kind: DetailKind, id: string): Promise<string> {
    const { raw } = await readers[kind](this.shell.clients.for(connection), id);
    return this.shell.redactor.redact(`${JSON.stringify(limitDepth(raw, MAX_DEPTH), undefined, 2)}\n`);
  }
}

const readers: Record<
  DetailKind,
  (client: ManagedAgentsClient, id: string) => Promise<{ readonly raw: JsonObject }>
> = {
  sessions: (client, id) => client.getSession(id),
  agents: (client, id) => client.getAgent(id),
  environments: (client, id) => client.getEnvironment(id),
};

function limitDepth(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth === 0) {
    return '…';
  }
  return Array.isArray(value)
    ? value.map((item) => limitDepth(item, depth - 1))
    : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, limitDepth(item, depth - 1)]));
}

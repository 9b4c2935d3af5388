import * as vscode from 'vscode';
import type { Agent } from '../../api/resources/agent.ts';
import type { Connection } from '../../api/connection.ts';
import type { Cursor } from '../../api/pagination.ts';
import { CursorGuard } from '../../api/pagination.ts';
import { DisposableStore } from '../../util/disposable.ts';
import type { JsonObject } from '../../util/json.ts';
import { pastScheme } from '../ids.ts';
import type { Shell } from '../shell.ts';

/** Pages of a thread that are read into one document; what is beyond them is named. */
const MAX_PAGES = 20;
/** Documents that are kept while nobody shows them. */
const MAX_KEPT = 50;

/**
 * Read-only documents of what does not change any more, or is only looked at: versions of agents, and the events
 * of a session's threads. Their texts are read by the commands that open them.
 */
export class PastDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly shell: Shell;
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly texts = new Map<string, string>();

  readonly onDidChange = this.changed.event;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      this.shell.l10n.t('This was shown before the window was loaded anew. Open it again from the tree.')
    );
  }

  /** The document of one version of an agent, as the server sent it. */
  version(connection: Connection, agent: Agent): vscode.Uri {
    return this.keep(connection, `/agents/${agent.id}/v${agent.version ?? '0'}.json`, agent.raw);
  }

  /** A text as it was read. */
  text(connection: Connection, path: string, text: string): vscode.Uri {
    return this.hold(connection, path, this.shell.redactor.cutKeys(text));
  }

  /** Reads the events of a thread and shows them as they were sent. */
  async showThread(connection: Connection, sessionId: string, threadId: string): Promise<void> {
    const client = this.shell.clients.for(connection);
    const guard = new CursorGuard();
    const events: JsonObject[] = [];
    let cursor: Cursor | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await client.listThreadEvents(sessionId, threadId, { limit: 100, cursor });
      events.push(...answer.items.map(({ raw }) => raw));
      cursor = answer.next;
      if (cursor === undefined || !guard.admit(cursor)) {
        break;
      }
    }
    const uri = this.keep(connection, `/sessions/${sessionId}/threads/${threadId}.json`, {
      session_id: sessionId,
      thread_id: threadId,
      events,
      ...(cursor !== undefined && { more: true }),
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private keep(connection: Connection, path: string, content: JsonObject): vscode.Uri {
    return this.hold(
      connection,
      path,
      this.shell.redactor.redact(`${JSON.stringify(content, undefined, 2)}\n`),
    );
  }

  private hold(connection: Connection, path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: pastScheme, path, query: connection.id });
    const key = uri.toString();
    if (this.texts.get(key) !== text) {
      this.texts.delete(key);
      this.texts.set(key, text);
      this.changed.fire(uri);
    }
    const [oldest] = this.texts.keys();
    if (this.texts.size > MAX_KEPT && oldest !== undefined) {
      this.texts.delete(oldest);
    }
    return uri;
  }
}

import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { JsonValue } from '../../../src/util/json.ts';
import { setKey, useConnection } from '../../e2e/support/connections.ts';
import type { Editor } from '../../e2e/support/editor.ts';
import { panelFrame } from '../../e2e/support/panel.ts';
import { takeScreenshot } from '../../e2e/support/traces.ts';
import { chooseHost } from '../../host/chooseHost.ts';
import type { EditorHost, ExtensionSource } from '../../host/editorHost.ts';
import { projectFolder } from '../../host/paths.ts';
import { waitFor, within } from './bounded.ts';
import { LiveServer } from './liveServer.ts';
import { installProbe, type ProbeSeen } from './pageProbe.ts';

/** A session panel, or the naive one, that is open in the editor. */
export interface OpenPanel {
  readonly session: string;
  /** When the command began, wall clock milliseconds. */
  readonly openedAt: number;
  readonly document: Locator;
  /** What the probe saw since it was asked last. */
  seen(): Promise<ProbeSeen>;
}

const extensions: readonly ExtensionSource[] = [
  { kind: 'folder', path: projectFolder },
  { kind: 'folder', path: path.join(projectFolder, 'test', 'bench', 'companion') },
];

/** No answer of the editor takes longer, in milliseconds, unless something is wrong. */
const ANSWER_MS = 60_000;

let used = 0;

/** A real VS Code with the extension as it ships, and a server of long sessions that it is connected to. */
export class BenchEditor {
  readonly editor: Editor;
  readonly server: LiveServer;
  private readonly host: EditorHost;

  private constructor(host: EditorHost, editor: Editor, server: LiveServer) {
    this.host = host;
    this.editor = editor;
    this.server = server;
  }

  static async start(): Promise<BenchEditor> {
    const server = await LiveServer.start();
    const host = chooseHost();
    const workbench = await within(2 * ANSWER_MS, 'open editor', host.openWorkbench({ extensions }));
    const editor: Editor = {
      ...workbench,
      host: host.name,
      screenshot: async (name) => await takeScreenshot(workbench.page, name),
    };
    await editor.page.context().addInitScript(installProbe);
    await useConnection(editor, { name: 'Bench', baseUrl: server.origin });
    await setKey(editor, 'key-for-the-bench-0123456789');
    return new BenchEditor(host, editor, server);
  }

  /** A session that nobody has looked at yet. */
  newSession(events: number, order: 'asc' | 'desc' = 'desc'): string {
    used += 1;
    return `session_${events}_${order}_${used}`;
  }

  async execute(command: string, ...args: readonly unknown[]): Promise<JsonValue | undefined> {
    return await within(ANSWER_MS, `answer to ${command}`, this.editor.execute(command, ...args));
  }

  async openSession(session: string): Promise<OpenPanel> {
    return await this.open(session, 'managedAgents.session.open', { sessionId: session });
  }

  /** A panel to compare with: one without any care, or one that shows next to nothing. */
  async openOther(kind: 'naive' | 'bare', session: string): Promise<OpenPanel> {
    const panel = await this.open(
      session,
      `bench.${kind}`,
      `${this.server.origin}/v1/sessions/${session}/events/stream`,
    );
    await this.followed(session);
    return panel;
  }

  private async open(session: string, command: string, argument: unknown): Promise<OpenPanel> {
    const openedAt = Number(await this.execute('bench.timed', command, argument));
    const document = panelFrame(this.editor).locator('html');
    const seen = async () => {
      const answer = await within(
        ANSWER_MS,
        'answer of the page in the panel',
        document.evaluate(() => window.benchProbe?.take()),
      );
      if (answer === undefined) {
        throw new Error('There is no probe in the panel.');
      }
      return answer;
    };
    return { session, openedAt, document, seen };
  }

  /** Waits until somebody has the session's stream open. */
  async followed(session: string): Promise<void> {
    await waitFor(
      `stream of ${session}`,
      async () => (await this.server.look(session)).listeners > 0 || false,
    );
  }

  /** Waits until the whole session is with the host. */
  async loaded(session: string, events: number): Promise<void> {
    await waitFor(
      `all events of ${session}`,
      async () => (await this.server.look(session)).eventsRead >= events || false,
      { timeoutMs: 90_000, intervalMs: 100 },
    );
  }

  /**
   * Closes the panels. The extension keeps their sessions for half a minute, for a reader who comes back. All that
   * is left of one that is loaded is then an idle stream; nobody waits for the end of it here.
   */
  async closeAll(): Promise<void> {
    const closing = this.editor.execute('workbench.action.closeAllEditors');
    // A panel without care may keep the whole window busy for long with what it was told.
    await within(4 * ANSWER_MS, 'closed panel', closing);
    const frames = this.editor.page.locator('iframe.webview.ready');
    await waitFor('closed panel', async () => (await frames.count()) === 0);
  }

  /** Lets a session end on the server, and waits until the extension has let go of its stream. */
  async over(session: string): Promise<void> {
    await this.server.end(session);
    await waitFor(
      `end of the stream of ${session}`,
      async () => (await this.server.look(session)).listeners === 0,
    );
  }

  async stop(): Promise<void> {
    // Whatever the editor does: what was measured is worth more than a clean end.
    await within(ANSWER_MS, 'closed editor', this.editor.close()).catch(() => undefined);
    await this.server.stop();
    await within(ANSWER_MS, 'end of the editor', this.host.dispose()).catch(() => undefined);
  }
}

import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { setKey, useConnection } from '../../e2e/support/connections.ts';
import type { Editor } from '../../e2e/support/editor.ts';
import { panelFrame } from '../../e2e/support/panel.ts';
import { takeScreenshot } from '../../e2e/support/traces.ts';
import { chooseHost } from '../../host/chooseHost.ts';
import type { EditorHost, ExtensionSource } from '../../host/editorHost.ts';
import { projectFolder } from '../../host/paths.ts';
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
    const workbench = await host.openWorkbench({ extensions });
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

  async openSession(session: string): Promise<OpenPanel> {
    return await this.open(session, 'managedAgents.session.open', { sessionId: session });
  }

  async openNaive(session: string): Promise<OpenPanel> {
    const panel = await this.open(
      session,
      'bench.naive',
      `${this.server.origin}/v1/sessions/${session}/events/stream`,
    );
    await eventually(async () => (await this.server.look(session)).listeners > 0);
    return panel;
  }

  private async open(session: string, command: string, argument: unknown): Promise<OpenPanel> {
    const openedAt = Number(await this.editor.execute('bench.timed', command, argument));
    const document = panelFrame(this.editor).locator('html');
    const seen = async () => {
      const answer = await document.evaluate(() => window.benchProbe?.take());
      if (answer === undefined) {
        throw new Error('There is no probe in the panel.');
      }
      return answer;
    };
    return { session, openedAt, document, seen };
  }

  /** Waits until the whole session is with the host, and nothing is under way. */
  async loaded(session: string, events: number): Promise<void> {
    await eventually(async () => (await this.server.look(session)).eventsRead >= events, {
      timeoutMs: 120_000,
      intervalMs: 100,
    });
  }

  /** Closes the panels and waits until their sessions are let go, so that they cost the next one nothing. */
  async closeAll(...sessions: readonly string[]): Promise<void> {
    await this.editor.execute('workbench.action.closeAllEditors');
    await eventually(
      async () => {
        const looks = await Promise.all(sessions.map(async (session) => await this.server.look(session)));
        return looks.every(({ listeners }) => listeners === 0);
      },
      { timeoutMs: 60_000, intervalMs: 100 },
    );
  }

  async stop(): Promise<void> {
    await this.editor.close();
    await this.server.stop();
    await this.host.dispose();
  }
}

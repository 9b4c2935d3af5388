import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { CountingServer } from './countingServer.ts';
import { theParts } from './support.ts';

const list = 'GET /sessions?limit=50';

describe('rows that update by themselves, with a server that counts', () => {
  let server: CountingServer;
  let parts: Parts;
  let status: string;
  let title = 'One';
  const explorer = () => parts.commandContext.explorer;
  const firstRow = async () => {
    const [root] = await explorer().getChildren();
    const [row] = await explorer().getChildren(root);
    assert.ok(row);
    return row;
  };
  const description = async () => (await firstRow()).toTreeItem().description;

  before(async function () {
    parts = await theParts();
    await vscode.commands.executeCommand(`${views.explorer}.focus`);
    if (!vscode.window.state.focused) {
      this.skip(); // an editor without the focus never polls
    }
    server = new CountingServer();
    status = 'running';
    server.answer = (url) => {
      if (url.pathname.endsWith('/events')) {
        const stop = { type: 'requires_action', event_ids: ['event_1'] };
        return { body: { data: [{ id: 'event_2', type: 'session.status_idle', stop_reason: stop }] } };
      }
      return {
        body: { data: url.pathname.endsWith('/sessions') ? [{ id: 'session_1', title, status }] : [] },
      };
    };
    const baseUrl = await server.start();
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, [{ name: 'Live', baseUrl }], vscode.ConfigurationTarget.Global);
    const { registry, keyStore } = parts.commandContext;
    const connection = await eventually(() => registry.byId('custom:Live') ?? false);
    registry.choose(connection.id);
    keyStore.keepForWindow(connection, 'in-host-key-0123456789');
    await vscode.commands.executeCommand(commands.refresh);
    await eventually(async () => (await description()) === 'running');
  });

  after(async () => {
    parts.commandContext.registry.choose('synth');
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
    await (server as CountingServer | undefined)?.close();
  });

  it('reads the list again and again while a session runs and the view shows', async () => {
    server.requests.length = 0;
    const drawn: unknown[] = [];
    const subscription = parts.view.onDidChangeTreeData((node) => drawn.push(node));
    await eventually(() => server.requests.length >= 2, { timeoutMs: 25_000, intervalMs: 50 });
    subscription.dispose();
    assert.deepEqual(new Set(server.requests), new Set([list]));
    assert.deepEqual(drawn, [], 'nothing is drawn anew when the answer is the same');
    assert.deepEqual(parts.shell.attention.counts(), { running: 1, needsYou: 0 });
  });

  it('draws just the row that is another', async () => {
    const row = await firstRow();
    const drawn: unknown[] = [];
    const subscription = parts.view.onDidChangeTreeData((node) => drawn.push(node));
    title = 'Two';
    await eventually(() => drawn.length > 0, { timeoutMs: 25_000 });
    subscription.dispose();
    assert.deepEqual(new Set(drawn), new Set([row]));
    assert.equal(row.toTreeItem().label, 'Two');
  });

  it('plans and asks nothing while the view is hidden, and catches up when it shows', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await eventually(() => explorer().nextPollAt === undefined);
    const asked = server.requests.length;
    status = 'idle';
    assert.equal(await description(), 'running');
    assert.equal(server.requests.length, asked);
    await vscode.commands.executeCommand(`${views.explorer}.focus`);
    await eventually(() => explorer().nextPollAt !== undefined || server.requests.length > asked);
  });

  it('looks into the session that has stopped running, and nothing else', async () => {
    server.requests.length = 0;
    const row = await firstRow();
    await eventually(async () => (await description()) === 'needs you', { timeoutMs: 25_000 });
    assert.equal(await firstRow(), row, 'the row is the same object');
    const events = server.requests.filter((request) => request !== list);
    assert.deepEqual(events, ['GET /sessions/session_1/events?limit=20&order=desc']);
    assert.deepEqual(parts.shell.attention.counts(), { running: 0, needsYou: 1 });
  });

  it('keeps the row when a poll fails, and says so', async () => {
    const { answer } = server;
    server.answer = () => ({ status: 418, body: { detail: 'I am a teapot' } });
    const [root] = await explorer().getChildren();
    await eventually(
      async () => {
        const rows = await explorer().getChildren(root);
        assert.equal(rows.length, 2);
        assert.match(rows[0]?.toTreeItem().contextValue ?? '', /\bretryable\b/);
      },
      { timeoutMs: 25_000 },
    );
    server.answer = answer;
    await vscode.commands.executeCommand(commands.refresh);
    assert.equal((await explorer().getChildren(root)).length, 1);
  });
});

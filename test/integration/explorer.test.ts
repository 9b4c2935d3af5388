import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { eventually } from '../support/eventually.ts';
import { CountingServer } from './countingServer.ts';
import { theParts } from './support.ts';

const key = 'in-host-key-0123456789';
const sessions = Array.from({ length: 120 }, (_, index) => ({
  id: `session_${index}`,
  title: `Session ${index}`,
  status: 'running',
}));

/** What a row shows there, which is always plain text in this tree. */
function text(value: unknown): string {
  assert.equal(typeof value, 'string');
  return value as string;
}

describe('the tree, with a server that counts', () => {
  let server: CountingServer;
  let parts: Parts;
  const roots = () => parts.commandContext.explorer.getChildren();
  const labels = async (node: TreeNode) =>
    (await parts.commandContext.explorer.getChildren(node)).map((row) => text(row.toTreeItem().label));
  const sessionsRoot = async () => {
    const [root] = await roots();
    assert.ok(root);
    return root;
  };

  before(async () => {
    parts = await theParts();
    server = new CountingServer();
    const baseUrl = await server.start();
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, [{ name: 'Counting', baseUrl }], vscode.ConfigurationTarget.Global);
    const { registry, keyStore } = parts.commandContext;
    const connection = await eventually(() => registry.byId('custom:Counting') ?? false);
    registry.choose(connection.id);
    keyStore.keepForWindow(connection, key);
  });
  after(async () => {
    parts.commandContext.registry.choose('synth');
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
    await server.close();
  });
  beforeEach(async () => {
    server.answer = (url) => {
      if (!url.pathname.endsWith('/sessions')) {
        return { body: { data: [] } };
      }
      const start = Number(url.searchParams.get('page') ?? 0);
      const end = start + Number(url.searchParams.get('limit'));
      const next = end < sessions.length ? String(end) : null;
      return { body: { data: sessions.slice(start, end), next_page: next } };
    };
    await vscode.commands.executeCommand(commands.refresh);
    server.requests.length = 0;
  });

  it('shows the first page, and one row for more', async () => {
    const rows = await labels(await sessionsRoot());
    assert.equal(rows.length, 51);
    assert.deepEqual([rows[0], rows[49], rows[50]], ['Session 0', 'Session 49', 'Load more']);
    assert.deepEqual(server.requests, [], 'what is known is not asked again');
  });

  it('makes one request of two clicks on more', async () => {
    const root = await sessionsRoot();
    const more = (await parts.commandContext.explorer.getChildren(root)).at(-1);
    await Promise.all([
      vscode.commands.executeCommand(commands.loadMore, more),
      vscode.commands.executeCommand(commands.loadMore, more),
    ]);
    assert.deepEqual(server.requests, ['GET /sessions?limit=50&page=50']);
    assert.equal((await labels(root)).length, 101);
  });

  it('keeps rows, ids and objects over a refresh', async () => {
    const root = await sessionsRoot();
    const before = await parts.commandContext.explorer.getChildren(root);
    await vscode.commands.executeCommand(commands.refresh);
    const after = await parts.commandContext.explorer.getChildren(root);
    assert.deepEqual(
      after.map(({ id }) => id),
      before.map(({ id }) => id),
    );
    assert.equal(after[0], before[0]);
    assert.ok(before.every(({ id }) => id.startsWith('custom:Counting/sessions/')));
  });

  it('keeps the rows when a refresh fails, says so, and recovers by Retry', async () => {
    const root = await sessionsRoot();
    const before = (await labels(root)).length;
    const { answer } = server;
    server.answer = () => ({ status: 418, body: { detail: 'I am a teapot' } });
    await vscode.commands.executeCommand(commands.refresh);
    const rows = await parts.commandContext.explorer.getChildren(root);
    const error = rows[0];
    assert.ok(error);
    assert.equal(rows.length, before + 1);
    assert.match(error.toTreeItem().contextValue ?? '', /\bretryable\b/);
    assert.match(text(error.toTreeItem().tooltip), /I am a teapot/);
    server.answer = answer;
    await vscode.commands.executeCommand(commands.retry, error);
    assert.equal((await labels(root)).length, before);
  });

  it('shows a session that it does not understand, and says how many it could not read', async () => {
    server.answer = () => ({
      body: {
        data: [{ id: 'session_x', status: 'pondering\u202e', title: null }, { title: 'without an id' }, 7],
      },
    });
    await vscode.commands.executeCommand(commands.refresh);
    const root = await sessionsRoot();
    const [session, skipped] = await parts.commandContext.explorer.getChildren(root);
    assert.ok(session && skipped);
    assert.equal(session.toTreeItem().label, 'session_x');
    assert.match(text(session.toTreeItem().description), /^pondering⟨202E⟩/);
    assert.match(text(skipped.toTreeItem().label), /^2 /);
  });

  it('says with words what the icons say', async () => {
    const [row] = await parts.commandContext.explorer.getChildren(await sessionsRoot());
    assert.ok(row);
    const item = row.toTreeItem();
    assert.equal(item.accessibilityInformation?.label, 'Session Session 0, running');
    assert.equal(item.contextValue, 'session copyable archivable outputs deletable');
    assert.equal(typeof item.tooltip, 'string', 'a text from a server is no markup');
  });

  it('asks nothing while nobody looks, and catches up when somebody does', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    parts.shell.sessions.refresh('custom:Counting');
    parts.shell.sessions.refresh('custom:Counting');
    assert.deepEqual(server.requests, []);
    await vscode.commands.executeCommand(`${views.explorer}.focus`);
    await eventually(() => server.requests.length > 0);
    assert.deepEqual(server.requests, ['GET /sessions?limit=50']);
  });

  it('has one welcome state for nothing at all, after looking everywhere', async () => {
    server.answer = () => ({ body: { data: [] } });
    parts.commandContext.registry.choose('synth');
    parts.commandContext.registry.choose('custom:Counting');
    await vscode.commands.executeCommand(commands.refresh);
    assert.equal(parts.commandContext.explorer.viewState, 'empty');
    assert.deepEqual(await roots(), []);
    assert.deepEqual(server.requests.map((request) => request.split('?')[0]).sort(), [
      'GET /agents',
      'GET /environments',
      'GET /sessions',
    ]);
  });

  it('turns a rejected key into one state, and a new key out of it', async () => {
    const { answer } = server;
    server.answer = () => ({ status: 401, body: { detail: 'Invalid API key' } });
    await vscode.commands.executeCommand(commands.refresh);
    assert.equal(parts.commandContext.explorer.viewState, 'rejected');
    assert.deepEqual(await roots(), []);
    server.answer = answer;
    parts.commandContext.keyStore.keepForWindow(parts.commandContext.registry.active, `${key}-new`);
    assert.equal((await roots()).length, 3);
  });

  it('tells a server of another kind from one that is away', async () => {
    const { registry } = parts.commandContext;
    server.answer = () => ({ status: 404, body: { detail: 'Not Found' } });
    registry.choose('synth');
    registry.choose('custom:Counting');
    await vscode.commands.executeCommand(commands.refresh);
    assert.equal(parts.commandContext.explorer.viewState, 'notOffered');
  });
});

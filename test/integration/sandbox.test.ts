import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { loadedBundles, theParts } from './support.ts';

const slots = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')] as const;
const slotValues = () => slots.map((slot) => Reflect.get(globalThis, slot) as unknown);

describe('the local sandbox in the editor', () => {
  let parts: Parts;
  before(async () => {
    parts = await theParts();
  });
  after(async () => {
    await vscode.commands.executeCommand(commands.stopSandbox);
  });

  it('starts by its command, becomes active, and fills the tree by real requests', async () => {
    const before = slotValues();
    const started: unknown = await vscode.commands.executeCommand(commands.startSandbox, { seedSessions: 4 });
    const { registry, explorer, keyStore } = parts.commandContext;
    assert.deepEqual(started, { connectionId: 'sandbox', origin: registry.sandbox?.origin });
    assert.equal(registry.active.id, 'sandbox');
    assert.match(registry.active.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await keyStore.presence(registry.active), 'present');

    const roots = await explorer.getChildren();
    const rows = await Promise.all(roots.map((root) => explorer.getChildren(root)));
    assert.deepEqual(
      roots.map((root) => root.toTreeItem().label),
      ['Sessions', 'Agents', 'Environments'],
    );
    assert.equal(rows[0]?.length, 4);
    assert.ok((rows[1]?.length ?? 0) > 0 && (rows[2]?.length ?? 0) > 0);

    assert.ok(
      loadedBundles().some((name) => name.startsWith('chunks/undiciCore')),
      'no real request was made',
    );
    assert.deepEqual(slotValues(), before, 'the dispatcher of other extensions was replaced');
  });

  it('is one sandbox, however often it is started', async () => {
    const origin = parts.commandContext.registry.sandbox?.origin;
    parts.commandContext.registry.choose('anthropic');
    await vscode.commands.executeCommand(commands.startSandbox);
    assert.equal(parts.commandContext.registry.active.origin, origin);
  });

  it('shows a thing as the server sent it, read-only', async () => {
    const { explorer } = parts.commandContext;
    const [root] = await explorer.getChildren();
    const [session] = await explorer.getChildren(root);
    await vscode.commands.executeCommand(commands.showDetails, session);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'managed-agents-details');
    const shown = JSON.parse(document.getText()) as { readonly id: string };
    assert.match(shown.id, /^session_/);
    assert.ok(session?.id.endsWith(shown.id));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('copies an id', async () => {
    const { explorer } = parts.commandContext;
    const [root] = await explorer.getChildren();
    const [session] = await explorer.getChildren(root);
    await vscode.commands.executeCommand(commands.copyId, session);
    assert.equal(await vscode.env.clipboard.readText(), session?.id.split('/').at(-1));
  });

  it('stops by its command, and takes its connection and its key along', async () => {
    const { registry, keyStore } = parts.commandContext;
    const connection = registry.sandbox;
    assert.ok(connection);
    await vscode.commands.executeCommand(commands.stopSandbox);
    assert.equal(registry.sandbox, undefined);
    assert.equal(registry.byId('sandbox'), undefined);
    assert.notEqual(await keyStore.presence(connection), 'present');
    await assert.rejects(parts.shell.clients.for(connection).listAgents());
  });
});

import assert from 'node:assert/strict';
import net from 'node:net';
import * as vscode from 'vscode';
import { commandTable } from '../../src/vscode/commands/commandTable.ts';
import { commands, views } from '../../src/vscode/ids.ts';
import { bundlesAtActivation, loadedBundles, theExtension, theParts, theTestApi } from './support.ts';

/** Commands that the editor itself makes for every view and every container. */
const ofTheEditor = (id: string) =>
  Object.values(views).some((view) => id.startsWith(`${view}.`)) &&
  /\.(focus|open|toggleVisibility|resetViewLocation|removeView)$/.test(id);

// The name of this file puts it first: what is proved here must be seen before anything else uses the extension.
describe('activation', () => {
  it('makes no connection, reads no secret, and loads nothing but what it is made of', async () => {
    assert.equal(theExtension().isActive, false, 'something has activated the extension before');
    const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => unknown;
    const { fetch } = globalThis;
    let connections = 0;
    const counting = function (this: unknown, ...args: unknown[]): unknown {
      connections++;
      return Reflect.apply(connect, this, args);
    };
    Reflect.set(net.Socket.prototype, 'connect', counting);
    globalThis.fetch = async (...args) => {
      connections++;
      return await fetch(...args);
    };
    try {
      const { parts } = await theTestApi();
      // What activation may have put off is done when a whole turn of the editor has passed.
      await vscode.commands.executeCommand('setContext', 'managedAgents.test', true);
      assert.deepEqual(loadedBundles(), await bundlesAtActivation());
      assert.equal(parts.built, undefined, 'something was built that nobody has asked for');
      const { commandContext } = await parts.get();
      await vscode.commands.executeCommand('setContext', 'managedAgents.test', true);
      assert.equal(connections, 0);
      assert.equal(commandContext.keyStore.questions, 0);
      assert.deepEqual(
        loadedBundles().filter((name) => /sessionPanels|undici|sandbox|smoke/i.test(name)),
        [],
      );
    } finally {
      Reflect.set(net.Socket.prototype, 'connect', connect);
      globalThis.fetch = fetch;
    }
  });

  it('registers the commands of the code, and no others', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('managedAgents.') && !ofTheEditor(id),
    );
    assert.deepEqual(registered.sort(), Object.values(commands).sort());
    assert.ok((await vscode.commands.getCommands(true)).includes(`${views.explorer}.focus`));
  });

  it('has code for every command', async () => {
    assert.deepEqual(Object.keys(commandTable).sort(), Object.values(commands).sort());
    for (const [id, load] of Object.entries(commandTable)) {
      assert.equal(typeof (await load()), 'function', id);
    }
  });

  it('shows nothing and asks for nothing while the view was never seen', async () => {
    const { commandContext } = await theParts();
    assert.equal(commandContext.explorer.viewState, 'starting');
    commandContext.shell.sessions.refresh(commandContext.registry.active.id);
    assert.equal(commandContext.keyStore.questions, 0);
  });
});

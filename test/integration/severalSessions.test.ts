import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { commands, settings } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { eventually } from '../support/eventually.ts';
import { theParts } from './support.ts';

/** Makes a connection the user's only one and the active one. */
async function use(parts: Parts, name: string, baseUrl: string, key: string): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(settings.connections, [{ name, baseUrl }], vscode.ConfigurationTarget.Global);
  const { registry, keyStore } = parts.commandContext;
  const connection = await eventually(() => registry.byId(`custom:${name}`) ?? false);
  registry.choose(connection.id);
  keyStore.keepForWindow(connection, key);
}

async function forget(parts: Parts): Promise<void> {
  parts.commandContext.registry.choose('synth');
  await vscode.workspace
    .getConfiguration()
    .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
}

async function rowsOf(parts: Parts, root: number): Promise<readonly TreeNode[]> {
  const { explorer } = parts.commandContext;
  const node = (await explorer.getChildren())[root];
  assert.ok(node);
  return await explorer.getChildren(node);
}

describe('what concerns several sessions', () => {
  let sandbox: Sandbox;
  let parts: Parts;

  before(async () => {
    parts = await theParts();
    sandbox = await startSandbox({ seedSessions: 12 });
    await use(parts, 'Across', `${sandbox.url}/v1`, sandbox.key);
  });

  after(async () => {
    await vscode.commands.executeCommand(commands.clearSearch);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await forget(parts);
    await sandbox.close();
  });

  /** The texts of the diff that shows, left and right. */
  async function shownDiff(): Promise<readonly [left: string, right: string]> {
    const input = await eventually(() => {
      const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return shown instanceof vscode.TabInputTextDiff && shown;
    });
    const [left, right] = await Promise.all(
      [input.original, input.modified].map(async (uri) =>
        (await vscode.workspace.openTextDocument(uri)).getText(),
      ),
    );
    assert.ok(left !== undefined && right !== undefined);
    return [left, right];
  }

  it('searches all of them without a question where the text is given, and forgets when it is told to', async () => {
    const search = await parts.commandContext.search.get();
    await vscode.commands.executeCommand(commands.searchSessions, { text: 'the' });
    const { state } = search;
    assert.equal(state?.phase.kind, 'done');
    assert.equal(state.searched, state.size);
    assert.equal(state.size, (await rowsOf(parts, 0)).length);
    assert.ok(state.results.length > 1 && state.hits >= state.results.length);
    assert.deepEqual(state.unread, []);
    await vscode.commands.executeCommand(commands.searchSessions, { text: 'no session says this' });
    assert.deepEqual([search.state?.phase.kind, search.state?.hits], ['done', 0]);
    await vscode.commands.executeCommand(commands.clearSearch);
    assert.equal(search.state, undefined);
  });

  it('compares two that are selected, by what was said in them', async () => {
    const [one, other] = await rowsOf(parts, 0);
    await vscode.commands.executeCommand(commands.compareSessions, one, [one, other]);
    const [left, right] = await shownDiff();
    assert.match(left, /^# /);
    assert.match(right, /^# /);
    assert.notEqual(left, right);
    assert.doesNotMatch(left + right, /\bsevt_/, 'ids would differ in every line');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('compares two agents that are selected, as the server has them now', async () => {
    const [one, other] = await rowsOf(parts, 1);
    await vscode.commands.executeCommand(commands.agentVersions, one, [one, other]);
    const [left, right] = (await shownDiff()).map((text) => JSON.parse(text) as { readonly name?: unknown });
    assert.deepEqual(
      [left?.name, right?.name],
      [one, other].map((row) => row?.toTreeItem().label),
    );
  });
});

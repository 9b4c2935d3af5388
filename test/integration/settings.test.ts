import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { theParts } from './support.ts';

const evil = { name: 'Evil', baseUrl: 'https://evil.example' };
const names = (parts: Parts) => parts.shell.connections.all.map(({ name }) => name);

describe('settings', () => {
  let parts: Parts;
  before(async () => {
    parts = await theParts();
  });

  it('from a workspace never say where requests and keys go', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder, 'no folder is open');
    const file = vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
    const hostile = {
      [settings.connections]: [evil],
      [settings.transport]: 'editor',
    };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(hostile)));
    try {
      // Some hosts do not watch files: the editor's own change to the file makes it read the file for sure.
      await vscode.workspace
        .getConfiguration()
        .update(settings.enterSends, false, vscode.ConfigurationTarget.Workspace);
      await eventually(() => vscode.workspace.getConfiguration().get(settings.enterSends) === false);
      const written = Buffer.from(await vscode.workspace.fs.readFile(file)).toString();
      assert.match(written, /evil\.example/);
      assert.ok(!names(parts).includes('Evil'));
      assert.equal(parts.commandContext.settings.transport, 'auto');
    } finally {
      await vscode.workspace
        .getConfiguration()
        .update(settings.enterSends, undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '.vscode'), { recursive: true });
    }
  });

  it('from the user add connections; a wrong entry is left out and the others hold', async () => {
    const value = [
      { name: 'Mine', baseUrl: 'https://mine.example' },
      { name: 'Plain', baseUrl: 'http://mine.example' },
      7,
    ];
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.connections, value, vscode.ConfigurationTarget.Global);
    try {
      await eventually(() => names(parts).includes('Mine'));
      assert.ok(!names(parts).includes('Plain'));
      assert.equal(parts.shell.connections.byId('custom:Mine')?.origin, 'https://mine.example');
    } finally {
      await configuration.update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
      await eventually(() => !names(parts).includes('Mine'));
    }
  });

  it('are written by the extension for the user only', async () => {
    await parts.commandContext.settings.addConnection({ name: 'Added', baseUrl: 'https://added.example' });
    const inspected = vscode.workspace.getConfiguration().inspect(settings.connections);
    assert.ok(inspected);
    assert.deepEqual(inspected.globalValue, [{ name: 'Added', baseUrl: 'https://added.example' }]);
    assert.equal(inspected.workspaceValue, undefined);
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
  });
});

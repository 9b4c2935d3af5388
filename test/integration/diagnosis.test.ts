/** What a connection offers and how it is reached, as documents: from a real server, without its key. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { theParts } from './support.ts';

const VERSIONS = 'GET /agents/{agent_id}/versions';

function report(start: string): string | undefined {
  return vscode.workspace.textDocuments
    .filter(({ uri }) => uri.scheme === 'managed-agents-report')
    .map((document) => document.getText())
    .find((text) => text.startsWith(start));
}

describe('the documents about a connection', () => {
  let parts: Parts;
  before(async () => {
    parts = await theParts();
    await vscode.commands.executeCommand(commands.startSandbox, { seedSessions: 2 });
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(commands.stopSandbox);
  });

  it('say what the server offers, and the editor remembers it', async () => {
    const { shell } = parts;
    const connection = shell.connections.active;
    await vscode.commands.executeCommand(commands.showOperations);
    await eventually(() => report('# What ') !== undefined);
    const text = report('# What ') ?? '';
    assert.match(text, /20 of the 24 operations of the contract are offered/);
    assert.match(text, /\| – \| `GET \/agents\/\{agent\\?_id\}\/versions`/);
    assert.equal(shell.offers.of(connection, VERSIONS), 'absent');
    assert.equal(shell.offers.of(connection, 'GET /sessions'), 'present');
  });

  it('say how the server is reached, with no secret in it', async () => {
    await vscode.commands.executeCommand(commands.diagnose);
    await eventually(() => report('# Diagnosis') !== undefined);
    const text = report('# Diagnosis') ?? '';
    for (const part of ['Transport chosen', 'Proxy', 'Addresses of', 'Clock of the server', 'Request id']) {
      assert.ok(text.includes(part), part);
    }
    assert.match(text, /200 · a list/);
    assert.doesNotMatch(text, /sandbox-key|Bearer [A-Za-z0-9]{8}/);
  });

  it('can be copied, as can the report of the smoke checks', async () => {
    await vscode.commands.executeCommand(commands.copySmokeReport);
    assert.match(await vscode.env.clipboard.readText(), /^# /);
  });
});

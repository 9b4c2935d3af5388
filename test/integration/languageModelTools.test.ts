import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asObject, asText, field } from '../../src/util/json.ts';
import { commands, languageModelTools, settings, type ToolName } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { theParts } from './support.ts';

const names = Object.values(languageModelTools);

async function turn(value: boolean | undefined): Promise<void> {
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration().update(settings.languageModelTools, value, target);
}

/** Nobody answers to the name of a tool: words of the editor. */
const nobody = /implementation registered|not contributed/;

/**
 * Calls a tool as the editor's AI does, through the editor, but outside of a chat. There the editor asks by a
 * dialog, which a test run answers with yes by itself.
 */
async function call(name: ToolName, input: object, token?: vscode.CancellationToken): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('the tools for the editor’s own AI', () => {
  let parts: Parts;
  before(async () => {
    parts = await theParts();
    await vscode.commands.executeCommand(commands.startSandbox, { seedSessions: 3 });
  });
  after(async () => {
    await turn(undefined);
    await vscode.commands.executeCommand(commands.stopSandbox);
  });

  // The editor names every declared tool to extensions, on or off; what is off has nobody who answers.
  it('answer nothing before they are turned on', async () => {
    for (const name of names) {
      await assert.rejects(call(name, {}), nobody);
    }
  });

  describe('turned on', () => {
    let agentId: string;
    let environmentId: string;
    let created: string;

    before(async () => {
      await turn(true);
      await eventually(() => call(languageModelTools.listSessions, {}));
      const client = parts.shell.clients.for(parts.shell.connections.active);
      agentId = (await client.listAgents()).items[0]?.id ?? '';
      environmentId = (await client.listEnvironments()).items[0]?.id ?? '';
    });

    it('list the sessions as untrusted data', async () => {
      const text = await call(languageModelTools.listSessions, { limit: 2 });
      assert.equal(text.match(/^session_/gm)?.length, 2);
      assert.match(text, /untrusted/);
    });

    it('create a session with its first message', async () => {
      const input = { agentId, environmentId, title: 'From a tool', message: 'Hello from a tool' };
      created = /session_\w+/.exec(await call(languageModelTools.createSession, input))?.[0] ?? '';
      const client = parts.shell.clients.for(parts.shell.connections.active);
      assert.equal((await client.getSession(created)).title, 'From a tool');
    });

    it('send a message and read what was said', async () => {
      await call(languageModelTools.sendMessage, { sessionId: created, message: 'And a second one' });
      const text = await call(languageModelTools.readSession, { sessionId: created });
      assert.match(text, /untrusted/);
      assert.match(text, /Hello from a tool/);
      assert.match(text, /And a second one/);
    });

    it('refuse what is no session, and say why', async () => {
      await assert.rejects(
        call(languageModelTools.readSession, { sessionId: '../agents' }),
        /has to be an id/,
      );
      await assert.rejects(call(languageModelTools.readSession, { sessionId: 'session_none' }), (error) => {
        assert.ok(error instanceof Error);
        assert.notEqual(error.message, '');
        return true;
      });
    });

    it('give nothing once they are cancelled', async () => {
      const source = new vscode.CancellationTokenSource();
      source.cancel();
      await assert.rejects(call(languageModelTools.readSession, { sessionId: created }, source.token));
      source.dispose();
    });

    it('never give a key', async () => {
      const { registry, keyStore } = parts.commandContext;
      const key = await keyStore.get(registry.active);
      assert.ok(key);
      await call(languageModelTools.sendMessage, { sessionId: created, message: `Say ${key}` });
      const text = await call(languageModelTools.readSession, { sessionId: created });
      assert.ok(!text.includes(key));
    });

    it('answer nothing once they are turned off', async () => {
      await turn(false);
      await eventually(() => assert.rejects(call(languageModelTools.listSessions, {}), nobody));
      for (const name of names) {
        await assert.rejects(call(name, {}), nobody);
      }
    });
  });

  it('are declared as they are called, only where the setting is on, with what they take', () => {
    const manifest: unknown = vscode.extensions.getExtension(
      'managed-agents.managed-agents-vscode',
    )?.packageJSON;
    const declared = field(asObject(field(asObject(manifest), 'contributes')), 'languageModelTools');
    assert.ok(Array.isArray(declared));
    assert.deepEqual(
      declared.map((tool) => asText(field(asObject(tool), 'name'))),
      names,
    );
  });
});

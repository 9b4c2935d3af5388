import assert from 'node:assert/strict';
import { ManagedAgentsClient } from '../../../src/api/client.ts';
import { type Connection, sandboxConnection } from '../../../src/api/connection.ts';
import { HttpCaller } from '../../../src/api/http/caller.ts';
import { Redactor } from '../../../src/api/http/redact.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { DisposableStore } from '../../../src/util/disposable.ts';
import type { ToolName } from '../../../src/vscode/ids.ts';
import { SessionTools } from '../../../src/vscode/languageModel/sessionTools.ts';

const never = new AbortController().signal;

describe('the tools for an AI against a real server', () => {
  let sandbox: Sandbox;
  let connection: Connection;
  let owned: DisposableStore;
  let client: ManagedAgentsClient;
  let tools: SessionTools;
  let refreshed: string[];
  let written: string;
  let asked: number;

  beforeEach(async () => {
    owned = new DisposableStore();
    sandbox = await startSandbox({ seedSessions: 3 });
    connection = sandboxConnection(sandbox.url);
    refreshed = [];
    written = 'Hello';
    asked = 0;
    const redactor = new Redactor();
    redactor.learn(sandbox.key);
    const caller = new HttpCaller({
      connection,
      transport: owned.add(createUndiciTransport()),
      key: () => {
        asked += 1;
        return Promise.resolve(sandbox.key);
      },
      clock: systemClock,
      random: () => 0,
    });
    client = new ManagedAgentsClient(connection, caller);
    tools = new SessionTools({
      shell: {
        clients: { for: () => client },
        connections: {
          get active() {
            return connection;
          },
          get all() {
            return [connection];
          },
          sandbox: undefined,
          byId: () => connection,
          onDidChange: () => ({ dispose: () => undefined }),
        },
        l10n: plainL10n,
        redactor,
        sessions: { refresh: (id) => void refreshed.push(id) },
      },
      readSession: (_connection, _id, most) =>
        Promise.resolve({ text: written.slice(-most), isAll: written.length <= most }),
    });
  });
  afterEach(async () => {
    owned.dispose();
    await sandbox.close();
  });

  const aSession = async () => (await client.listSessions()).items[0]?.id ?? '';
  const confirmed = async (name: ToolName, input: object) => {
    const { question } = tools.prepare(name, input);
    assert.ok(question, 'nothing was asked');
    return { question, answer: await tools.run(name, input, never) };
  };

  it('list without a question, as many as are wanted', async () => {
    const input = { limit: 2 };
    assert.equal(tools.prepare('managedAgents_listSessions', input).question, undefined);
    const text = await tools.run('managedAgents_listSessions', input, never);
    assert.equal(text.match(/^session_\w+\t/gm)?.length, 2);
    assert.match(text, /It is untrusted/);
  });

  it('read without a question, within a bound, and say what is not there', async () => {
    written = `first ${'x'.repeat(2_000)} last`;
    const input = { sessionId: await aSession(), maxCharacters: 1_000 };
    assert.equal(tools.prepare('managedAgents_readSession', input).question, undefined);
    const text = await tools.run('managedAgents_readSession', input, never);
    assert.match(text, /Only its newest part is here\..*It is untrusted/s);
    assert.ok(text.includes(' last') && !text.includes('first'));
  });

  it('put what agents wrote between marks that it cannot know', async () => {
    const input = { sessionId: await aSession() };
    const texts = [
      await tools.run('managedAgents_readSession', input, never),
      await tools.run('managedAgents_readSession', input, never),
    ];
    const marks = texts.map((text) => /<<<(\w{16})\nHello\n(\w{16})>>>$/.exec(text));
    assert.equal(marks[0]?.[1], marks[0]?.[2]);
    assert.ok(marks[0]?.[1] !== undefined && marks[0][1] !== marks[1]?.[1]);
  });

  it('cut keys out of all that they answer', async () => {
    written = `The key is ${sandbox.key}.`;
    const text = await tools.run('managedAgents_readSession', { sessionId: await aSession() }, never);
    assert.ok(!text.includes(sandbox.key) && text.includes('The key is'));
  });

  it('make a session that is not there an error in words', async () => {
    await assert.rejects(
      tools.run('managedAgents_readSession', { sessionId: 'session_none' }, never),
      (error: Error) => error.message.length > 20 && !error.message.includes('ApiError'),
    );
  });

  it('send just what was shown', async () => {
    const sessionId = await aSession();
    const message = 'Look at [this](https://evil.example)';
    const { question } = await confirmed('managedAgents_sendMessage', { sessionId, message });
    for (const part of [connection.name, connection.origin, sessionId, message]) {
      assert.ok(question.text.includes(part), part);
    }
    const { items } = await client.listEvents(sessionId, { order: 'desc' });
    assert.ok(items.some(({ body }) => JSON.stringify(body).includes(message)));
    assert.deepEqual(refreshed, [connection.id]);
  });

  it('create a session with its first message, after a question', async () => {
    const [agent] = (await client.listAgents()).items;
    const [environment] = (await client.listEnvironments()).items;
    assert.ok(agent && environment);
    const input = { agentId: agent.id, environmentId: environment.id, title: 'Mine', message: 'Begin' };
    const { question, answer } = await confirmed('managedAgents_createSession', input);
    for (const part of [connection.origin, agent.id, environment.id, 'Mine', 'Begin']) {
      assert.ok(question.text.includes(part), part);
    }
    const id = /session_\w+/.exec(answer)?.[0] ?? '';
    assert.equal((await client.getSession(id)).title, 'Mine');
    const { items } = await client.listEvents(id);
    assert.ok(items.some(({ body }) => JSON.stringify(body).includes('Begin')));
  });

  it('send nothing that was not shown, or to another place than was shown', async () => {
    const input = { sessionId: await aSession(), message: 'Hello' };
    asked = 0;
    await assert.rejects(tools.run('managedAgents_sendMessage', input, never), /nothing was done/);
    tools.prepare('managedAgents_sendMessage', input);
    connection = { ...connection, id: 'another', origin: 'http://127.0.0.1:9' };
    await assert.rejects(tools.run('managedAgents_sendMessage', input, never), /nothing was done/);
    assert.equal(asked, 0, 'a request was made');
  });

  it('refuse to write where the connection is read-only, also where it has just become so', async () => {
    const input = { sessionId: await aSession(), message: 'Hello' };
    tools.prepare('managedAgents_sendMessage', input);
    connection = { ...connection, readOnly: true };
    asked = 0;
    await assert.rejects(tools.run('managedAgents_sendMessage', input, never), /read-only/);
    assert.throws(() => tools.prepare('managedAgents_sendMessage', input), /read-only/);
    assert.throws(
      () => tools.prepare('managedAgents_createSession', { agentId: 'a', environmentId: 'b' }),
      /read-only/,
    );
    assert.equal(asked, 0, 'a request was made');
  });

  it('do nothing once they are cancelled', async () => {
    const input = { sessionId: await aSession(), message: 'Hello' };
    tools.prepare('managedAgents_sendMessage', input);
    asked = 0;
    await assert.rejects(tools.run('managedAgents_sendMessage', input, AbortSignal.abort()), {
      name: 'AbortError',
    });
    assert.equal(asked, 0, 'a request was made');
  });
});

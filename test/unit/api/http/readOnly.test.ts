import assert from 'node:assert/strict';
import { checkContract } from '../../../../src/contract/checkContract.ts';
import { plainL10n } from '../../../../src/l10n.ts';
import { describeError } from '../../../../src/text/describeError.ts';
import { jsonAnswer } from '../../../support/faultServer.ts';
import { failureOf, useServers } from '../apiSetup.ts';

describe('a read-only connection', () => {
  const servers = useServers();
  const start = async () => await servers.start(() => jsonAnswer({ id: 'x_1', data: [] }));

  it('lets no request out that could change anything, whatever it is called', async () => {
    const server = await start();
    const { client, caller, records } = servers.api(server, { connection: { readOnly: true } });
    const changes: readonly (() => Promise<unknown>)[] = [
      () => client.createEnvironment({}),
      () => client.updateEnvironment('x_1', {}),
      () => client.archiveEnvironment('x_1'),
      () => client.deleteEnvironment('x_1'),
      () => client.createAgent({}),
      () => client.updateAgent('x_1', {}),
      () => client.archiveAgent('x_1'),
      () => client.createSession({}),
      () => client.updateSession('x_1', {}),
      () => client.archiveSession('x_1'),
      () => client.deleteSession('x_1'),
      () => client.sendEvents('x_1', [{ type: 'user.interrupt' }]),
      () => caller.probe({ method: 'POST', path: '/agents', query: {}, accept: 'application/json' }),
      () => caller.probe({ method: 'DELETE', path: '/agents/x', query: {}, accept: 'application/json' }),
    ];
    for (const change of changes) {
      const error = await failureOf(change(), 'readOnly');
      assert.equal(error.details.sent, false);
    }
    assert.equal(server.requests.length, 0);
    assert.ok(records.every(({ reason }) => reason === 'readOnly'));
  });

  it('reads as any other, and may be asked what it offers', async () => {
    const server = await start();
    const { client, caller } = servers.api(server, { connection: { readOnly: true } });
    await client.listAgents();
    await caller.probe({ method: 'OPTIONS', path: '/agents', query: {}, accept: 'application/json' });
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['GET', 'OPTIONS'],
    );
  });

  it('is what the settings say now, for a client that is older than they', async () => {
    const server = await start();
    let isReadOnly = true;
    const { client } = servers.api(server, { isReadOnly: () => isReadOnly });
    await failureOf(client.archiveAgent('x_1'), 'readOnly');
    isReadOnly = false;
    await client.archiveAgent('x_1');
    isReadOnly = true;
    await failureOf(client.archiveAgent('x_1'), 'readOnly');
    assert.equal(server.requests.length, 1);
  });

  it('stays so for a client that is observed', async () => {
    const server = await start();
    const { client } = servers.api(server, { isReadOnly: () => true });
    await failureOf(client.observed(() => undefined).archiveAgent('x_1'), 'readOnly');
    assert.equal(server.requests.length, 0);
  });

  it('has a contract that is found out without a single post; what would take one is unknown', async () => {
    const server = await start();
    const { client, clock } = servers.api(server, { connection: { readOnly: true } });
    const report = await checkContract({
      connection: client.connection,
      prober: client,
      allowWrites: true,
      signal: new AbortController().signal,
      clock,
      random: () => 0.5,
      redact: (text) => text,
    });
    assert.ok(server.requests.length > 5);
    assert.ok(server.requests.every(({ method }) => method === 'GET' || method === 'OPTIONS'));
    const posts = report.operations.filter(({ method, how }) => method === 'POST' && how !== 'options');
    assert.ok(posts.length > 0);
    assert.ok(posts.every(({ status }) => status === 'unknown'));
  });

  it('says why, and what to do', async () => {
    const { client } = servers.api(await start(), { connection: { readOnly: true } });
    const error = await failureOf(client.archiveAgent('x_1'), 'readOnly');
    const { title, actions } = describeError(
      error,
      { connection: 'Prod', origin: 'https://prod.example' },
      plainL10n,
    );
    assert.equal(title, 'Prod (prod.example) is read-only here.');
    assert.deepEqual(actions, ['editConnection', 'chooseConnection']);
  });
});

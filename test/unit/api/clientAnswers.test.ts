import assert from 'node:assert/strict';
import { type FaultAnswer, jsonAnswer } from '../../support/faultServer.ts';
import { failureOf, useServers } from './apiSetup.ts';

describe('ManagedAgentsClient: what it makes of answers', () => {
  const servers = useServers();
  const clientOf = async (answer: FaultAnswer | (() => FaultAnswer)) => {
    const server = await servers.start(() => (typeof answer === 'function' ? answer() : answer));
    return { ...servers.api(server), server };
  };
  const plain = (text: string, status = 200) => ({
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: text,
  });

  for (const status of [200, 201, 202]) {
    it(`takes a ${status} for a yes`, async () => {
      const { client } = await clientOf(jsonAnswer({ id: 'x', status: 'active' }, status));
      assert.equal((await client.createSession({})).id, 'x');
    });
  }

  it('takes JSON whatever the content type says', async () => {
    const { client } = await clientOf(plain('\ufeff {"id":"x"}\n'));
    assert.equal((await client.getSession('x')).id, 'x');
    const nameless = await clientOf({ body: '{"id":"y"}' });
    assert.equal((await nameless.client.getSession('y')).id, 'y');
  });

  const nothing: readonly (readonly [name: string, answer: FaultAnswer])[] = [
    ['204', { status: 204 }],
    ['204 that says gzip', { status: 204, headers: { 'content-encoding': 'gzip' } }],
    ['200 without a body', {}],
    ['200 with an empty body that says gzip', { headers: { 'content-encoding': 'gzip' } }],
    ['200 with white space', plain(' \r\n')],
    ['202 with a word of plain text', plain('accepted', 202)],
  ];
  for (const [name, answer] of nothing) {
    it(`is content with a ${name} where nothing is needed`, async () => {
      const { client, records } = await clientOf(answer);
      await client.health();
      await client.archiveEnvironment('x');
      await client.archiveAgent('x');
      await client.archiveSession('x');
      assert.deepEqual(await client.sendEvents('x', [{ type: 'user.interrupt' }]), []);
      assert.deepEqual(
        records.map(({ reason }) => reason),
        Array.from({ length: 5 }, () => undefined),
      );
    });
  }

  it('does not take a page for a word of plain text', async () => {
    const { client } = await clientOf({
      headers: { 'content-type': 'text/html' },
      body: '<title>Sign in</title>',
    });
    const error = await failureOf(client.archiveSession('x'), 'notJson');
    assert.equal(error.details.contentType, 'text/html');
    assert.equal(error.details.serverMessage, 'Sign in');
    await failureOf(client.health(), 'notJson');
    await failureOf(client.sendEvents('x', []), 'notJson');
  });

  it('reads a resource again whose update was answered with nothing', async () => {
    for (const kind of ['Agent', 'Environment', 'Session'] as const) {
      const server = await servers.start(({ method }) =>
        method === 'POST' ? { status: 204 } : jsonAnswer({ id: 'x', title: 'new' }),
      );
      const { client } = servers.api(server);
      assert.equal((await client[`update${kind}`]('x', { title: 'new' })).raw['title'], 'new');
      assert.deepEqual(
        server.requests.map(({ method, path }) => `${method} ${path}`),
        [`POST /v1/${kind.toLowerCase()}s/x`, `GET /v1/${kind.toLowerCase()}s/x`],
      );
    }
  });

  const useless: readonly (readonly [name: string, answer: FaultAnswer])[] = [
    ['nothing', { status: 204 }],
    ['null', jsonAnswer(null)],
    ['a number', jsonAnswer(7)],
    ['a text', jsonAnswer('ok')],
    ['an object without an id', jsonAnswer({ status: 'active' })],
    ['an id that is no text', jsonAnswer({ id: 7 })],
    ['an empty id', jsonAnswer({ id: '' })],
    ['an id that only the prototype has', { body: '{"__proto__":{"id":"x"}}' }],
  ];
  for (const [name, answer] of useless) {
    it(`calls ${name} malformed where a resource was due, and says of which request`, async () => {
      const { client } = await clientOf(answer);
      const error = await failureOf(client.getSession('sesn_1'), 'malformed');
      assert.deepEqual(error.details, { method: 'GET', path: '/sessions/sesn_1' });
      await failureOf(client.createAgent({}), 'malformed');
    });
  }

  it('calls an answer without any list malformed, and says of which request', async () => {
    for (const answer of [{ status: 204 }, jsonAnswer('x'), jsonAnswer({ id: 'x' }), jsonAnswer(null)]) {
      const { client } = await clientOf(answer);
      const error = await failureOf(client.listAgents(), 'malformed');
      assert.deepEqual(error.details, { method: 'GET', path: '/agents' });
    }
  });

  it('skips entries without an id, and counts them', async () => {
    const { client } = await clientOf(
      jsonAnswer({ data: [{ id: 'a' }, {}, null, 'b', 7, ['c'], { id: null }, { id: 'd', name: 'D' }] }),
    );
    const page = await client.listAgents();
    assert.deepEqual(
      page.items.map(({ id, name }) => [id, name]),
      [
        ['a', 'a'],
        ['d', 'D'],
      ],
    );
    assert.equal(page.skipped, 6);
    const threads = await client.listThreads();
    assert.deepEqual([threads.items.length, threads.skipped], [4, 4]);
  });

  it('follows the cursor that a page names', async () => {
    const server = await servers.start(({ query }) =>
      jsonAnswer(
        query.has('cursor') ? { items: [{ id: 'b' }] } : { items: [{ id: 'a' }], next_cursor: 'c 1' },
      ),
    );
    const { client } = servers.api(server);
    const first = await client.listAgents({ limit: 1 });
    assert.deepEqual(first.next, { parameter: 'cursor', value: 'c 1' });
    const second = await client.listAgents({ limit: 1, cursor: first.next });
    assert.equal(second.next, undefined);
    assert.equal(server.requests.at(-1)?.query.get('cursor'), 'c 1');
  });

  it('answers with the events that the server echoed, in any envelope', async () => {
    const echo = [{ type: 'user.message', id: 'sevt_1', processed_at: null }];
    for (const answer of [{ data: echo }, { events: echo }, echo]) {
      const { client } = await clientOf(jsonAnswer(answer));
      const events = await client.sendEvents('x', [{ type: 'user.message' }]);
      assert.deepEqual(
        events.map(({ id, type, queued }) => [id, type, queued]),
        [['sevt_1', 'user.message', true]],
      );
    }
    for (const answer of [{}, { data: null }, { id: 'x' }, null, true]) {
      const { client } = await clientOf(jsonAnswer(answer));
      assert.deepEqual(await client.sendEvents('x', []), []);
    }
  });

  it('reads the examples of the reference', async () => {
    const session = {
      id: 'session_abc123',
      agent: 'agent_123',
      environment_id: 'env_123',
      title: 'Docs smoke session',
      status: 'active',
    };
    const server = await servers.start(({ method, path }) => {
      if (path.endsWith('/health')) {
        return jsonAnswer({ status: 'ok' });
      }
      return path.endsWith('/events')
        ? jsonAnswer({
            events: [
              { type: 'user.message', content: [{ type: 'text', text: 'hello' }] },
              { type: 'session.status_idle' },
            ],
          })
        : jsonAnswer(session, method === 'POST' ? 201 : 200);
    });
    const { client } = servers.api(server);
    assert.deepEqual(await client.health(), { status: 'ok' });
    const created = await client.createSession({});
    assert.equal(created.agent.id, 'agent_123');
    assert.equal(created.status, 'active');
    assert.deepEqual(created.raw, session);
    const events = await client.listEvents(created.id);
    assert.deepEqual(
      events.items.map(({ type, id, queued }) => [type, id, queued]),
      [
        ['user.message', undefined, false],
        ['session.status_idle', undefined, false],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import type { ManagedAgentsClient } from '../../../src/api/client.ts';
import { createEditorTransport } from '../../../src/api/http/editorTransport.ts';
import { type OperationId, operations } from '../../../src/api/operations.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { jsonAnswer, type RecordedRequest, streamAnswer } from '../../support/faultServer.ts';
import { failureOf, KEY, useServers } from './apiSetup.ts';

interface Expected {
  readonly call: (client: ManagedAgentsClient) => Promise<unknown>;
  /** Method, path and query as they must be on the wire. */
  readonly line: string;
  readonly body?: JsonObject;
  readonly answer?: unknown;
}

const signal = new AbortController().signal;
const cursor = { parameter: 'page', value: '../../x?y=&z' } as const;

/** Each operation once, with everything that it can be given. */
const expected: Readonly<Record<Exclude<OperationId, 'streamSession'>, Expected>> = {
  health: { call: (client) => client.health(), line: 'GET /v1/health' },
  listEnvironments: {
    call: (client) => client.listEnvironments({ limit: 5, includeArchived: true, cursor }),
    line: 'GET /v1/environments?limit=5&include_archived=true&page=..%2F..%2Fx%3Fy%3D%26z',
    answer: [],
  },
  createEnvironment: {
    call: (client) => client.createEnvironment({ name: 'e', config: { type: 'cloud' } }),
    line: 'POST /v1/environments',
    body: { name: 'e', config: { type: 'cloud' } },
  },
  getEnvironment: { call: (client) => client.getEnvironment('env_1'), line: 'GET /v1/environments/env_1' },
  updateEnvironment: {
    call: (client) => client.updateEnvironment('env_1', { name: 'f' }),
    line: 'POST /v1/environments/env_1',
    body: { name: 'f' },
  },
  archiveEnvironment: {
    call: (client) => client.archiveEnvironment('env_1'),
    line: 'POST /v1/environments/env_1/archive',
  },
  listAgents: { call: (client) => client.listAgents(), line: 'GET /v1/agents', answer: [] },
  createAgent: {
    call: (client) => client.createAgent({ name: 'a\u{1f600}', model: 'm' }),
    line: 'POST /v1/agents',
    body: { name: 'a\u{1f600}', model: 'm' },
  },
  getAgent: {
    call: (client) => client.getAgent('agent_1', { version: '3' }),
    line: 'GET /v1/agents/agent_1?version=3',
  },
  updateAgent: {
    call: (client) => client.updateAgent('agent_1', { system: null }),
    line: 'POST /v1/agents/agent_1',
    body: { system: null },
  },
  archiveAgent: { call: (client) => client.archiveAgent('agent_1'), line: 'POST /v1/agents/agent_1/archive' },
  listSessions: {
    call: (client) =>
      client.listSessions({
        limit: 50,
        includeArchived: false,
        agentId: 'agent_1',
        statuses: ['idle', 'running'],
        order: 'desc',
      }),
    line: 'GET /v1/sessions?limit=50&agent_id=agent_1&statuses%5B%5D=idle&statuses%5B%5D=running&order=desc',
    answer: [],
  },
  createSession: {
    call: (client) => client.createSession({ agent: 'agent_1', environment_id: 'env_1', title: 't' }),
    line: 'POST /v1/sessions',
    body: { agent: 'agent_1', environment_id: 'env_1', title: 't' },
  },
  getSession: { call: (client) => client.getSession('sesn_1'), line: 'GET /v1/sessions/sesn_1' },
  updateSession: {
    call: (client) => client.updateSession('sesn_1', { title: 'u' }),
    line: 'POST /v1/sessions/sesn_1',
    body: { title: 'u' },
  },
  archiveSession: {
    call: (client) => client.archiveSession('sesn_1'),
    line: 'POST /v1/sessions/sesn_1/archive',
  },
  sendEvents: {
    call: (client) => client.sendEvents('sesn_1', [{ type: 'user.interrupt' }]),
    line: 'POST /v1/sessions/sesn_1/events',
    body: { events: [{ type: 'user.interrupt' }] },
  },
  listEvents: {
    call: (client) =>
      client.listEvents('sesn_1', {
        limit: 1000,
        order: 'asc',
        cursor: { parameter: 'after_sequence', value: '17' },
      }),
    line: 'GET /v1/sessions/sesn_1/events?limit=1000&order=asc&after_sequence=17',
    answer: [],
  },
  streamEvents: {
    call: async (client) => (await client.openStream('sesn_1', signal, true)).close(),
    line: 'GET /v1/sessions/sesn_1/events/stream?event_deltas%5B%5D=agent.message&event_deltas%5B%5D=agent.thinking',
  },
  listAgentVersions: {
    call: (client) => client.listAgentVersions('agent_1', { limit: 2 }),
    line: 'GET /v1/agents/agent_1/versions?limit=2',
    answer: [],
  },
  listSessionThreads: {
    call: (client) => client.listSessionThreads('sesn_1'),
    line: 'GET /v1/sessions/sesn_1/threads',
    answer: [],
  },
  listThreadEvents: {
    call: (client) => client.listThreadEvents('sesn_1', 'sthr_1'),
    line: 'GET /v1/sessions/sesn_1/threads/sthr_1/events',
    answer: [],
  },
  listThreads: { call: (client) => client.listThreads(), line: 'GET /v1/threads', answer: [] },
};

/** What every request carries, apart from the host and what the connection itself needs. */
const COMMON = {
  authorization: `Bearer ${KEY}`,
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'managed-agents-2026-04-01',
  connection: 'keep-alive',
};
const JSON_HEADERS = { ...COMMON, accept: 'application/json' };
const STREAM_HEADERS = {
  ...COMMON,
  accept: 'text/event-stream',
  'accept-encoding': 'identity',
  'cache-control': 'no-cache',
};

function lineOf(request: RecordedRequest): string {
  const query = request.query.toString();
  return `${request.method} ${request.path}${query === '' ? '' : `?${query}`}`;
}

function headersWithout(request: RecordedRequest, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !names.includes(name)));
}

function onlyRequest(requests: readonly RecordedRequest[]): RecordedRequest {
  const [request] = requests;
  assert.equal(requests.length, 1);
  assert.ok(request);
  return request;
}

describe('ManagedAgentsClient: what it sends', () => {
  const servers = useServers();

  for (const [id, { call, line, body, answer }] of Object.entries(expected)) {
    it(`${id} is ${line}`, async () => {
      const isStream = id === 'streamEvents';
      const server = await servers.start(() =>
        isStream ? streamAnswer('') : jsonAnswer(answer ?? { id: 'some_id' }),
      );
      await call(servers.api(server).client);

      const request = onlyRequest(server.requests);
      assert.equal(lineOf(request), line);
      assert.equal(request.body, body === undefined ? '' : JSON.stringify(body));
      const isWrite = request.method === 'POST';
      assert.deepEqual(headersWithout(request, 'host'), {
        ...(isStream ? STREAM_HEADERS : JSON_HEADERS),
        ...(isWrite && { 'content-length': String(Buffer.byteLength(request.body)) }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      });
    });
  }

  it('streamSession is GET /v1/sessions/sesn_1/stream', async () => {
    const server = await servers.start(({ path }) => {
      if (path.endsWith('/events/stream')) {
        return jsonAnswer({ detail: 'Not Found' }, 404);
      }
      return path.endsWith('/stream') ? streamAnswer('') : jsonAnswer({ id: 'sesn_1' });
    });
    const stream = await servers.api(server).client.openStream('sesn_1', signal);
    stream.close();
    const last = server.requests.at(-1);
    assert.ok(last);
    assert.equal(lineOf(last), 'GET /v1/sessions/sesn_1/stream');
    assert.deepEqual(headersWithout(last, 'host'), STREAM_HEADERS);
  });

  it('has each of the 24 operations among these tests', () => {
    assert.deepEqual(
      [...Object.keys(expected), 'streamSession'].sort(),
      operations.map(({ id }) => id).sort(),
    );
  });

  it('puts the prefix of the connection before each path', async () => {
    const server = await servers.start(() => jsonAnswer({}));
    await servers.api(server, { connection: { prefix: '' } }).client.health();
    const prefix = '/api/managed-agents/anthropic/v1';
    await servers.api(server, { connection: { prefix } }).client.health();
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/health', '/api/managed-agents/anthropic/v1/health'],
    );
  });

  it('sends the key as x-api-key, and then in no other header', async () => {
    const server = await servers.start(() => jsonAnswer({}));
    await servers.api(server, { connection: { auth: 'x-api-key' } }).client.health();
    const { headers } = onlyRequest(server.requests);
    assert.equal(headers['x-api-key'], KEY);
    assert.ok(!('authorization' in headers));
  });

  it('joins several betas in one header, and sends none where there is none', async () => {
    const server = await servers.start(() => jsonAnswer({}));
    await servers
      .api(server, { connection: { betas: ['a-1', 'b-2'], version: '2026-10-21' } })
      .client.health();
    await servers.api(server, { connection: { betas: [] } }).client.health();
    assert.deepEqual(
      server.requests.map(({ headers }) => [headers['anthropic-beta'], headers['anthropic-version']]),
      [
        ['a-1,b-2', '2026-10-21'],
        [undefined, '2023-06-01'],
      ],
    );
  });

  it("adds nothing that names the user or the machine on the editor's way out either", async () => {
    const server = await servers.start(() => jsonAnswer({}));
    await servers.api(server, { transport: createEditorTransport() }).client.health();
    const { headers } = onlyRequest(server.requests);
    assert.deepEqual(headersWithout(onlyRequest(server.requests), 'host'), {
      ...JSON_HEADERS,
      // What `fetch` adds on every machine alike.
      'accept-language': '*',
      'accept-encoding': headers['accept-encoding'],
      'sec-fetch-mode': 'cors',
      'user-agent': 'node',
    });
  });

  it('refuses a bad id in each operation that takes one, before any request', async () => {
    const server = await servers.start(() => jsonAnswer({}));
    const { client } = servers.api(server);
    const calls: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => client.getEnvironment(id),
      (id) => client.updateEnvironment(id, {}),
      (id) => client.archiveEnvironment(id),
      (id) => client.getAgent(id),
      (id) => client.updateAgent(id, {}),
      (id) => client.archiveAgent(id),
      (id) => client.listAgentVersions(id),
      (id) => client.getSession(id),
      (id) => client.updateSession(id, {}),
      (id) => client.archiveSession(id),
      (id) => client.listEvents(id),
      (id) => client.sendEvents(id, []),
      (id) => client.openStream(id, signal),
      (id) => client.listSessionThreads(id),
      (id) => client.listThreadEvents(id, 'sthr_1'),
      (id) => client.listThreadEvents('sesn_1', id),
    ];
    for (const call of calls) {
      for (const id of ['', '.', '..', 'a/b', 'a?b', 'a#b', '%2e%2e', '..\\x', 'x'.repeat(10_240)]) {
        await failureOf(call(id), 'badId');
      }
    }
    assert.equal(server.requests.length, 0);
  });

  it('tells each request to a client that is observed, and to the log', async () => {
    const server = await servers.start(() => jsonAnswer({}));
    const api = servers.api(server);
    const seen: string[] = [];
    await api.client.observed(({ path }) => seen.push(path)).health();
    await api.client.health();
    assert.deepEqual(seen, ['/v1/health']);
    assert.deepEqual(
      api.records.map(({ path }) => path),
      ['/v1/health', '/v1/health'],
    );
  });
});

import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { smokeChecks } from '../../../src/smoke/checks.ts';
import { eventually } from '../../support/eventually.ts';
import { jsonAnswer, streamAnswer } from '../../support/faultServer.ts';
import { resultOf, smokeAt, startFakeApi, statuses } from './smokeSetup.ts';

const ALL_PASSED = Object.fromEntries(smokeChecks.map(({ id }) => [id, 'passed']));

describe('smoke checks against the sandbox', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ seedSessions: 1 });
  });
  after(async () => {
    await sandbox.close();
  });

  async function sessions(prefix: string, query = ''): Promise<readonly Record<string, unknown>[]> {
    const response = await fetch(`${sandbox.url}${prefix}/sessions?limit=100${query}`, {
      headers: {
        authorization: `Bearer ${sandbox.key}`,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'managed-agents-2026-04-01',
      },
    });
    return ((await response.json()) as { data: Record<string, unknown>[] }).data;
  }

  it('pass in the dialect of Synth, and archive their session', async () => {
    const report = await smokeAt(sandbox.url, { key: sandbox.key });
    assert.deepEqual(statuses(report), ALL_PASSED);
    assert.equal(report.outcome, 'passed');
    assert.equal(resultOf(report, 'createSession').httpStatus, 201);
    assert.match(resultOf(report, 'listEvents').requestId ?? '', /^req_/);
    const all = await sessions('/api/managed-agents/anthropic/v1', '&include_archived=true');
    const own = all.find(({ id }) => id === report.sessionId);
    assert.match(String(own?.['title']), /^Smoke check /);
    assert.notEqual(own?.['archived_at'] ?? null, null);
    const left = await sessions('/api/managed-agents/anthropic/v1');
    assert.deepEqual(
      left.map(({ title }) => title).filter((title) => /smoke/i.test(String(title))),
      [],
    );
  });

  it('pass in the dialect of Anthropic, whose missing health is skipped with the reason', async () => {
    const report = await smokeAt(`${sandbox.url}/v1`, { key: sandbox.key, auth: 'x-api-key' });
    assert.deepEqual(statuses(report), { ...ALL_PASSED, health: 'skipped' });
    assert.equal(report.outcome, 'passed');
    assert.match(resultOf(report, 'health').came, /no such operation/);
    const left = await sessions('/v1');
    assert.deepEqual(
      left.map(({ title }) => title).filter((title) => /smoke/i.test(String(title))),
      [],
    );
  });

  it('use the given session and create none', async () => {
    const [given] = await sessions('/api/managed-agents/anthropic/v1');
    const count = (await sessions('/api/managed-agents/anthropic/v1', '&include_archived=true')).length;
    const report = await smokeAt(sandbox.url, { key: sandbox.key, sessionId: String(given?.['id']) });
    assert.equal(report.outcome, 'passed');
    assert.equal(resultOf(report, 'createSession').status, 'skipped');
    assert.equal(resultOf(report, 'archiveSession').status, 'skipped');
    assert.equal(resultOf(report, 'streamClose').status, 'passed');
    const after = await sessions('/api/managed-agents/anthropic/v1', '&include_archived=true');
    assert.equal(after.length, count);
    assert.equal(after.find(({ id }) => id === given?.['id'])?.['archived_at'] ?? null, null);
  });
});

describe('smoke checks', () => {
  it('make the requests of the runbook, with its headers', async () => {
    const api = await startFakeApi();
    try {
      const report = await smokeAt(api.server.url);
      assert.deepEqual(statuses(report), ALL_PASSED);
      assert.deepEqual(
        api.server.requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/v1/, '')}`),
        [
          'GET /health',
          'GET /agents',
          'GET /agents',
          'GET /environments',
          'POST /sessions',
          'GET /sessions/session_1/events',
          'GET /sessions/session_1/events/stream',
          'GET /sessions/session_1/stream',
          'GET /sessions/session_1/events',
          'POST /sessions/session_1/events',
          'GET /sessions/session_1/events',
          'GET /sessions/session_1/events/stream',
          'GET /sessions/session_1/events',
          'POST /sessions/session_1/archive',
        ],
      );
      for (const { headers } of api.server.requests) {
        assert.equal(headers['authorization'], 'Bearer smoke-test-key-0123456789');
        assert.equal(headers['anthropic-version'], '2023-06-01');
        assert.equal(headers['anthropic-beta'], 'managed-agents-2026-04-01');
      }
      assert.equal(api.server.requests[6]?.headers['accept'], 'text/event-stream');
      assert.equal(resultOf(report, 'health').requestId, 'req_health');
      assert.equal(resultOf(report, 'authentication').requestId, 'req_agents');
      assert.match(resultOf(report, 'streamRead').came, /^\d+ bytes$/);
      await eventually(() => api.server.open === 0);
    } finally {
      await api.server.close();
    }
  });

  it('only read where only reading is wanted', async () => {
    const api = await startFakeApi();
    try {
      const report = await smokeAt(api.server.url, { level: 'quick' });
      assert.equal(report.outcome, 'passed');
      assert.deepEqual(
        api.server.requests.map(({ method }) => method),
        ['GET', 'GET', 'GET', 'GET'],
      );
      assert.equal(resultOf(report, 'createSession').status, 'skipped');
    } finally {
      await api.server.close();
    }
  });

  it('tell of each check once, in order', async () => {
    const api = await startFakeApi({ 'GET /health': jsonAnswer({}, 404) });
    const told: string[] = [];
    try {
      const report = await smokeAt(api.server.url, {
        onProgress: (progress) => {
          if (progress.kind === 'finished') {
            told.push(`${progress.result.id} ${progress.result.status}`);
          }
        },
      });
      assert.deepEqual(
        told,
        report.checks.map(({ id, status }) => `${id} ${status}`),
      );
      assert.deepEqual(
        report.checks.map(({ id }) => id),
        smokeChecks.map(({ id }) => id),
      );
    } finally {
      await api.server.close();
    }
  });

  it('skip with the reason where there is no agent, and where all are archived', async () => {
    for (const data of [[], [{ id: 'agent_old', archived_at: '2026-01-01T00:00:00Z' }]]) {
      const api = await startFakeApi({ 'GET /agents': jsonAnswer({ data }) });
      try {
        const report = await smokeAt(api.server.url);
        assert.equal(report.outcome, 'passed');
        assert.equal(resultOf(report, 'authentication').status, 'passed');
        assert.equal(resultOf(report, 'createSession').status, 'skipped');
        assert.match(resultOf(report, 'createSession').came, /no unarchived agent/);
        assert.match(resultOf(report, 'streamConnect').came, /Create a session/);
        assert.ok(api.server.requests.every(({ method }) => method === 'GET'));
      } finally {
        await api.server.close();
      }
    }
  });

  it('find the first agent that is not archived on a later page', async () => {
    const api = await startFakeApi({
      'GET /agents': ({ query }) =>
        query.get('page') === 'two'
          ? jsonAnswer({ data: [{ id: 'agent_new' }] })
          : jsonAnswer({
              data: [{ id: 'agent_old', archived_at: '2026-01-01T00:00:00Z' }],
              next_page: 'two',
            }),
    });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(resultOf(report, 'createSession').status, 'passed');
      const post = api.server.requests.find(({ method }) => method === 'POST');
      assert.equal((JSON.parse(post?.body ?? '') as { agent: string }).agent, 'agent_new');
    } finally {
      await api.server.close();
    }
  });

  it('go on with what does not depend on a failed check', async () => {
    const api = await startFakeApi({
      'GET /sessions/session_1/events': jsonAnswer({ detail: 'broken' }, 500),
    });
    try {
      const report = await smokeAt(api.server.url);
      assert.deepEqual(statuses(report), {
        ...ALL_PASSED,
        listEvents: 'failed',
        sendMessage: 'skipped',
        agentReplies: 'skipped',
        reconnect: 'skipped',
      });
      assert.equal(resultOf(report, 'listEvents').attempts, 3);
      assert.deepEqual([...api.archived], ['session_1']);
    } finally {
      await api.server.close();
    }
  });

  it('take the older path of the stream where only that answers', async () => {
    const api = await startFakeApi({ 'GET /sessions/session_1/events/stream': jsonAnswer({}, 404) });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(report.outcome, 'passed');
      const connect = resultOf(report, 'streamConnect');
      assert.match(connect.came, /older path/);
      assert.match(connect.path, /\/sessions\/session_1\/stream$/);
    } finally {
      await api.server.close();
    }
  });

  it('accept a stream that the server ends in good order, and refuse one that breaks', async () => {
    const route = 'GET /sessions/session_1/events/stream';
    for (const [ending, status] of [
      ['end', 'passed'],
      ['reset', 'failed'],
    ] as const) {
      const api = await startFakeApi({ [route]: streamAnswer('', ending) });
      try {
        const report = await smokeAt(api.server.url);
        assert.equal(resultOf(report, 'streamConnect').status, 'passed');
        assert.equal(resultOf(report, 'streamRead').status, status);
        assert.equal(resultOf(report, 'streamClose').status, status === 'passed' ? 'passed' : 'skipped');
        assert.deepEqual([...api.archived], ['session_1']);
      } finally {
        await api.server.close();
      }
    }
  });

  it('look for no session after a refusal, which made none', async () => {
    const api = await startFakeApi({ 'POST /sessions': jsonAnswer({ detail: 'no' }, 422) });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(resultOf(report, 'archiveSession').status, 'skipped');
      assert.ok(
        !api.server.requests.some(({ method, path }) => method === 'GET' && path.endsWith('/sessions')),
      );
    } finally {
      await api.server.close();
    }
  });

  it('refuse a status that the runbook does not know', async () => {
    const api = await startFakeApi({ 'GET /health': jsonAnswer({ status: 'ok' }, 203) });
    try {
      const health = resultOf(await smokeAt(api.server.url), 'health');
      assert.equal(health.status, 'failed');
      assert.equal(health.httpStatus, 203);
      assert.equal(health.diagnosis?.cause, 'otherStatus');
    } finally {
      await api.server.close();
    }
  });
});

import assert from 'node:assert/strict';
import { operations } from '../../../src/api/operations.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { type DialectName, listIn, Sandboxes, textIn, Wire } from './wire.ts';

/** Bodies that make an operation succeed; the others take an empty one. */
function bodyFor(id: string, ids: { agent: string; environment: string }): unknown {
  switch (id) {
    case 'createEnvironment':
      return { name: 'docs-env', config: { type: 'cloud', networking: { type: 'unrestricted' } } };
    case 'createAgent':
      return {
        name: 'Docs Agent',
        model: 'claude-sonnet-4-6',
        tools: [{ type: 'agent_toolset_20260401' }],
      };
    case 'createSession':
      return { agent: ids.agent, environment_id: ids.environment, title: 'Docs smoke session' };
    case 'sendEvents':
      return { events: [{ type: 'user.message', content: [{ type: 'text', text: 'hello' }] }] };
    default:
      return {};
  }
}

describe('sandbox: the operations table', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  async function statusOf(wire: Wire, operation: (typeof operations)[number]): Promise<number> {
    const session = await wire.newSession();
    const { agent, environment } = await newestIds(wire);
    const path = operation.path
      .replace('{environment_id}', environment)
      .replace('{agent_id}', agent)
      .replace('{session_id}', session)
      .replace('{agent_thread_id}', session.replace(/^[a-z]+_/, 'sthr_'));
    if (operation.answer === 'stream') {
      const response = await fetch(wire.url(path), { headers: wire.headers() });
      assert.equal(response.headers.get('content-type'), 'text/event-stream');
      assert.equal(response.headers.get('cache-control'), 'no-cache');
      await response.body?.cancel();
      return response.status;
    }
    const isPost = operation.method === 'POST';
    const body = JSON.stringify(bodyFor(operation.id, { agent, environment }));
    return (await wire.send(path, { method: operation.method, ...(isPost ? { body } : {}) })).status;
  }

  async function newestIds(wire: Wire) {
    const newest = async (path: string) => listIn(await wire.get(path), 'data')[0];
    return {
      agent: textIn(await newest('/agents?limit=1'), 'id'),
      environment: textIn(await newest('/environments?limit=1'), 'id'),
    };
  }

  const missing: Record<DialectName, (id: string, contract: string) => boolean> = {
    synth: (_, contract) => contract === 'unproxied',
    anthropic: (id) => id === 'health' || id === 'listThreads',
  };

  for (const dialect of ['synth', 'anthropic'] as const) {
    for (const operation of operations) {
      const offered = !missing[dialect](operation.id, operation.contract);
      it(`${dialect}: ${operation.method} ${operation.path} is ${offered ? 'answered' : 'not there'}`, async () => {
        const wire = await sandboxes.wire(dialect);
        const status = await statusOf(wire, operation);
        const created = dialect === 'synth' && operation.id.startsWith('create');
        assert.equal(status, offered ? (created ? 201 : 200) : 404);
      });
    }
  }

  it('synth: speaks the documented shapes', async () => {
    const wire = await sandboxes.wire('synth');
    assert.deepEqual(await wire.get('/health'), { status: 'ok' });
    assert.deepEqual((await wire.send('/threads')).body, { detail: 'Not Found' });
    const id = await wire.newSession();
    assert.match(id, /^session_/);
    const session = await wire.get(`/sessions/${id}`);
    assert.equal(session['status'], 'active');
    assert.match(textIn(session, 'agent'), /^agent_/);
    assert.match(textIn(session, 'environment_id'), /^env_/);
    assert.equal((await wire.get(`/agents/${textIn(session, 'agent')}`))['model'], 'claude-sonnet-4-6');
    const echo = listIn(await wire.say(id, 'hello'), 'events');
    assert.deepEqual([echo[0]?.['type'], echo[0]?.['processed_at']], ['user.message', null]);
    const events = await wire.idle(id);
    assert.ok(!events.some((event) => textIn(event, 'type').startsWith('session.thread_')));
    const archived = await wire.post(`/sessions/${id}/archive`);
    assert.equal(archived['status'], 'terminated');
  });

  it('synth: reports fields like its reference', async () => {
    const wire = await sandboxes.wire('synth');
    const { status, body } = await wire.tryPost('/sessions', { title: 'no agent' });
    assert.equal(status, 422);
    const expected: JsonObject[] = [
      { loc: ['body', 'agent'], msg: 'field required', type: 'value_error.missing' },
      { loc: ['body', 'environment_id'], msg: 'field required', type: 'value_error.missing' },
    ];
    assert.deepEqual(body, { detail: expected });
  });

  it('shows one session under both spellings in both dialects', async () => {
    const sandbox = await sandboxes.start();
    const synth = new Wire(sandbox, 'synth');
    const anthropic = new Wire(sandbox, 'anthropic');
    const id = await synth.newSession();
    const other = id.replace('session_', 'sesn_');
    for (const spelling of [id, other]) {
      assert.equal((await synth.get(`/sessions/${spelling}`))['id'], id);
      assert.equal((await anthropic.get(`/sessions/${spelling}`))['id'], other);
    }
  });

  it('anthropic: gives every status event a twin for the thread', async () => {
    const wire = await sandboxes.wire('anthropic');
    const id = await wire.newSession();
    await wire.say(id, 'hello');
    const events = await wire.idle(id);
    for (const status of ['running', 'idle']) {
      const twin = events.find((event) => event['type'] === `session.thread_status_${status}`);
      assert.equal(twin?.['session_thread_id'], id.replace('sesn_', 'sthr_'));
      assert.equal(twin['agent_name'], 'Tester');
    }
  });
});

import assert from 'node:assert/strict';
import { asObject } from '../../../src/util/json.ts';
import { listIn, Sandboxes, textIn, type Wire } from './wire.ts';

describe('sandbox: agents, environments and sessions', () => {
  const sandboxes = new Sandboxes();
  let wire: Wire;

  beforeEach(async () => {
    wire = await sandboxes.wire('anthropic');
  });
  afterEach(() => sandboxes.closeAll());

  const newAgent = (more: object = {}) => wire.post('/agents', { name: 'A', model: 'm-1', ...more });

  it('fills in what a create body leaves out', async () => {
    const agent = await newAgent({
      tools: [{ type: 'agent_toolset_20260401', configs: [{ name: 'bash' }] }],
    });
    assert.deepEqual(agent['model'], { id: 'm-1' });
    assert.deepEqual([agent['version'], agent['system'], agent['archived_at']], [1, null, null]);
    assert.deepEqual(agent['tools'], [
      {
        type: 'agent_toolset_20260401',
        default_config: { enabled: true, permission_policy: { type: 'always_allow' } },
        configs: [{ name: 'bash', type: 'bash', enabled: true, permission_policy: { type: 'always_allow' } }],
      },
    ]);
    const environment = await wire.post('/environments', { name: 'E' });
    assert.deepEqual(asObject(environment['config'])?.['networking'], { type: 'unrestricted' });
  });

  it('names every wrong field of a body', async () => {
    const synth = await sandboxes.wire('synth');
    const wrong: [string, unknown, string[]][] = [
      ['/agents', {}, ['name', 'model']],
      ['/agents', { name: '', model: 'm' }, ['name']],
      ['/agents', { name: 'x'.repeat(257), model: 'm' }, ['name']],
      ['/agents', { name: 'x', model: 7 }, ['model']],
      ['/agents', { name: 'x', model: { speed: 'fast' } }, ['model.id']],
      ['/agents', { name: 'x', model: { id: 'm', effort: 'endless' } }, ['model.effort']],
      ['/agents', { name: 'x', model: 'm', tools: [{ type: 'hammer' }] }, ['tools.0.type']],
      ['/agents', { name: 'x', model: 'm', tools: 'bash' }, ['tools']],
      ['/agents', { name: 'x', model: 'm', metadata: { a: 1 } }, ['metadata.a']],
      ['/agents', { name: 'x', model: 'm', metadata: { a: 'x'.repeat(513) } }, ['metadata.a']],
      [
        '/agents',
        { name: 'x', model: 'm', metadata: { ['k'.repeat(65)]: '' } },
        [`metadata.${'k'.repeat(64)}`],
      ],
      ['/environments', {}, ['name']],
      ['/environments', { name: 'x', config: { type: 'moon' } }, ['config.type']],
      ['/environments', { name: 'x', config: { type: 'cloud', networking: {} } }, ['config.networking.type']],
      ['/sessions', { agent: {}, environment_id: 5 }, ['agent.type', 'agent.id', 'environment_id']],
    ];
    for (const [path, body, fields] of wrong) {
      const reply = await synth.tryPost(path, body);
      assert.equal(reply.status, 422, JSON.stringify(body));
      const found = listIn(reply.body, 'detail').map((issue) =>
        (issue['loc'] as string[]).slice(1).join('.'),
      );
      assert.deepEqual(found, fields, JSON.stringify(body));
      const other = await wire.tryPost(path, body);
      assert.equal(other.status, 400);
      const message = textIn(asObject(other.body['error']), 'message');
      assert.ok(
        fields.every((field) => message.includes(field)),
        message,
      );
    }
    const pairs = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']));
    assert.equal((await synth.tryPost('/agents', { name: 'x', model: 'm', metadata: pairs })).status, 422);
  });

  it('versions an agent only when something changed, and locks on request', async () => {
    const id = textIn(await newAgent({ metadata: { a: '1', b: '2' }, tools: [] }), 'id');
    assert.equal((await wire.post(`/agents/${id}`, { name: 'A' }))['version'], 1);
    const changed = await wire.post(`/agents/${id}`, {
      version: 1,
      metadata: { a: null, c: '3' },
      tools: [{ type: 'agent_toolset_20260401' }],
      description: 'new',
    });
    assert.equal(changed['version'], 2);
    assert.deepEqual(changed['metadata'], { b: '2', c: '3' });
    assert.equal(listIn(changed, 'tools').length, 1);
    assert.equal((await wire.post(`/agents/${id}`, { description: null }))['description'], null);
    const conflict = await wire.tryPost(`/agents/${id}`, { version: 2, name: 'late' });
    assert.equal(conflict.status, 409);
    assert.equal(asObject(conflict.body['error'])?.['type'], 'conflict_error');
    const versions = listIn(await wire.get(`/agents/${id}/versions`), 'data');
    assert.deepEqual(
      versions.map((version) => version['version']),
      [3, 2, 1],
    );
    assert.deepEqual((await wire.get(`/agents/${id}?version=1`))['metadata'], { a: '1', b: '2' });
    assert.equal((await wire.send(`/agents/${id}?version=9`)).status, 404);
  });

  it('archives, hides and refuses what is archived', async () => {
    const session = await wire.newSession();
    const agent = textIn(asObject((await wire.get(`/sessions/${session}`))['agent']), 'id');
    const environment = textIn(await wire.get(`/sessions/${session}`), 'environment_id');
    await wire.post(`/agents/${agent}/archive`);
    assert.equal((await wire.tryPost(`/agents/${agent}`, { name: 'B' })).status, 400);
    const body = { agent, environment_id: environment };
    assert.equal((await wire.tryPost('/sessions', body)).status, 400);
    assert.equal(listIn(await wire.get('/agents'), 'data').length, 0);
    assert.equal(listIn(await wire.get('/agents?include_archived=true'), 'data').length, 1);

    const fresh = { ...body, agent: textIn(await newAgent(), 'id') };
    await wire.post(`/environments/${environment}/archive`);
    const refused = await wire.tryPost('/sessions', fresh);
    assert.equal(refused.status, 400);
    const details = asObject(asObject(refused.body['error'])?.['details']);
    assert.equal(details?.['error_code'], 'environment_archived');
    assert.equal((await wire.tryPost(`/environments/${environment}`, { name: 'B' })).status, 400);
  });

  it('does not find what was never made', async () => {
    const environment = textIn(await wire.post('/environments', { name: 'E' }), 'id');
    const agent = textIn(await newAgent(), 'id');
    for (const body of [
      { agent: 'agent_none', environment_id: environment },
      { agent, environment_id: 'env_none' },
      { agent: { type: 'agent', id: agent, version: 4 }, environment_id: environment },
    ]) {
      assert.equal((await wire.tryPost('/sessions', body)).status, 404, JSON.stringify(body));
    }
    for (const path of ['/agents/x', '/environments/x', '/sessions/x', '/sessions/sesn_x/events']) {
      assert.equal((await wire.send(path)).status, 404, path);
    }
  });

  it('keeps the type of an environment', async () => {
    const id = textIn(await wire.post('/environments', { name: 'E', description: 'd' }), 'id');
    const updated = await wire.post(`/environments/${id}`, {
      config: { type: 'cloud', networking: { type: 'limited', allowed_hosts: ['a.example'] } },
      metadata: { a: '1' },
    });
    assert.deepEqual(asObject(asObject(updated['config'])?.['networking'])?.['allowed_hosts'], ['a.example']);
    assert.deepEqual([updated['name'], updated['description']], ['E', 'd']);
    const refused = await wire.tryPost(`/environments/${id}`, { config: { type: 'self_hosted' } });
    assert.equal(refused.status, 400);
  });

  it('updates a session and tells its stream', async () => {
    const id = await wire.newSession({ metadata: { a: '1', b: '2' } });
    const stream = await wire.stream(id);
    const updated = await wire.post(`/sessions/${id}`, { title: 'renamed', metadata: { a: null } });
    assert.deepEqual([updated['title'], updated['metadata']], ['renamed', { b: '2' }]);
    await stream.close();
    const event = (await wire.events(id)).at(-1);
    assert.deepEqual(
      [event?.['type'], event?.['title'], event?.['metadata']],
      ['session.updated', 'renamed', { b: '2' }],
    );
    assert.equal((await wire.tryPost(`/sessions/${id}`, { vault_ids: ['vlt_1'] })).status, 400);
    assert.equal((await wire.post(`/sessions/${id}`, { title: null }))['title'], null);
  });

  it('overrides an agent for one session, and leaves sessions alone when their agent changes', async () => {
    const agent = textIn(await newAgent({ system: 'one' }), 'id');
    const environment = textIn(await wire.post('/environments', { name: 'E' }), 'id');
    const session = await wire.post('/sessions', {
      agent: { type: 'agent_with_overrides', id: agent, model: 'm-2' },
      environment_id: environment,
    });
    await wire.post(`/agents/${agent}`, { system: 'two' });
    const snapshot = asObject((await wire.get(`/sessions/${textIn(session, 'id')}`))['agent']);
    assert.deepEqual([snapshot?.['model'], snapshot?.['system']], [{ id: 'm-2' }, 'one']);
  });
});

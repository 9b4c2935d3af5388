import assert from 'node:assert/strict';
import { asArray, asObject } from '../../../src/util/json.ts';
import { listIn, only, saidIn, Sandboxes, textIn, typesOf } from './wire.ts';

describe('sandbox: seeds', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  it('leave an unseeded sandbox empty', async () => {
    const wire = await sandboxes.wire('synth');
    for (const path of ['/environments', '/agents', '/sessions']) {
      assert.deepEqual(await wire.get(path), { data: [], next_page: null });
    }
  });

  it('make environments, agents and sessions with a past', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 12 });
    assert.equal(listIn(await wire.get('/environments'), 'data').length, 2);
    const agents = listIn(await wire.get('/agents'), 'data');
    assert.equal(agents.length, 3);
    assert.ok(agents.every((agent) => textIn(agent, 'system') !== '' && listIn(agent, 'tools').length > 0));
    const sessions = listIn(await wire.get('/sessions'), 'data');
    assert.equal(sessions.length, 12);
    assert.equal(new Set(sessions.map((session) => session['title'])).size, 12);
    const now = new Date().toISOString();
    for (const session of sessions) {
      const events = await wire.events(textIn(session, 'id'));
      const times = [
        textIn(session, 'created_at'),
        ...events.map((event) => textIn(event, 'processed_at')),
        now,
      ];
      assert.deepEqual(times, [...times].sort());
      assert.ok(typesOf(events).includes('agent.message'));
      assert.match(
        saidIn(events.find((event) => event['type'] === 'agent.message')),
        /A script answers here/,
      );
      assert.equal(session['status'], 'idle');
    }
  });

  it('leave the second newest session waiting, and it goes on when it is answered', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 3 });
    const session = textIn(listIn(await wire.get('/sessions'), 'data')[1], 'id');
    const before = await wire.events(session);
    const reason = asObject(only(before, 'session.status_idle')['stop_reason']);
    const use = only(before, 'agent.tool_use');
    assert.deepEqual(reason, { type: 'requires_action', event_ids: [use['id']] });
    await wire.post(`/sessions/${session}/events`, {
      events: [{ type: 'user.tool_confirmation', tool_use_id: use['id'], result: 'allow' }],
    });
    const after = await wire.idle(session, 2);
    assert.equal(only(after, 'agent.tool_result')['tool_use_id'], use['id']);
    assert.match(saidIn(after.filter((event) => event['type'] === 'agent.message').at(-1)), /npm publish/);
  });

  it('give the newest session exactly as many events as asked, in a past that ends idle', async () => {
    for (const seedEvents of [1, 2, 50, 777]) {
      const wire = await sandboxes.wire('synth', { seedSessions: 4, seedEvents });
      const sessions = listIn(await wire.get('/sessions'), 'data');
      assert.equal(sessions.length, 4);
      const events = await wire.events(textIn(sessions[0], 'id'));
      assert.equal(events.length, seedEvents);
      assert.equal(events.at(-1)?.['type'], 'session.status_idle');
    }
  });

  it('fill a long history with events of many kinds whose references hold', async () => {
    const wire = await sandboxes.wire('synth', { seedEvents: 900 });
    const events = await wire.events(textIn(listIn(await wire.get('/sessions'), 'data')[0], 'id'));
    const ids = new Set(events.map((event) => event['id']));
    assert.ok(new Set(typesOf(events)).size >= 15, [...new Set(typesOf(events))].join());
    for (const event of events) {
      for (const name of ['tool_use_id', 'mcp_tool_use_id', 'model_request_start_id']) {
        assert.ok(event[name] === undefined || ids.has(event[name]), `${textIn(event, 'type')} ${name}`);
      }
      for (const id of asArray(asObject(event['stop_reason'])?.['event_ids'])) {
        assert.ok(ids.has(id));
      }
    }
  });

  it('grow to thousands of sessions and a hundred thousand events', async () => {
    const wire = await sandboxes.wire('synth', { seedSessions: 5_000, seedEvents: 100_000 });
    const newest = textIn(listIn(await wire.get('/sessions?limit=1'), 'data')[0], 'id');
    const last = await wire.get(`/sessions/${newest}/events?order=desc&limit=1`);
    assert.equal(listIn(last, 'events')[0]?.['type'], 'session.status_idle');
  }).timeout(20_000);
});

import assert from 'node:assert/strict';
import { awkwardTexts } from '../../../src/sandbox/scenarios/text.ts';
import { eventually } from '../../support/eventually.ts';
import { listIn, saidIn, Sandboxes, textIn, typesOf } from './wire.ts';

describe('sandbox: every kind of event', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  it('is played on command, in one turn that ends', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 1 });
    const session = textIn(listIn(await wire.get('/sessions'), 'data')[0], 'id');
    const before = (await wire.events(session)).length;
    await wire.post(`/sessions/${session}/events`, {
      events: [{ type: 'user.message', content: [{ type: 'text', text: '/all' }] }],
    });
    const told = (await wire.idle(session, 4)).slice(before);
    const types = new Set(typesOf(told));
    assert.ok(types.size >= 38, [...types].join());
    assert.equal(types.has('session.status_terminated'), false);
    assert.match(
      saidIn(told.filter((event) => event['type'] === 'agent.message').at(-1)),
      /That was all of it/,
    );
  });

  it('ends the session where that is asked for', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 1 });
    const session = textIn(listIn(await wire.get('/sessions'), 'data')[0], 'id');
    await wire.post(`/sessions/${session}/events`, {
      events: [{ type: 'user.message', content: [{ type: 'text', text: '/all end' }] }],
    });
    await eventually(async () => typesOf(await wire.events(session)).includes('session.status_terminated'));
    assert.ok(typesOf(await wire.events(session)).includes('session.deleted'));
  });

  it('is in a seeded session, with texts that are hard to show', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 5 });
    const sessions = listIn(await wire.get('/sessions'), 'data');
    const titles = sessions.map((each) => textIn(each, 'title'));
    assert.equal(titles[3], 'Every kind of event');
    const events = await wire.events(textIn(sessions[3], 'id'));
    assert.ok(new Set(typesOf(events)).size >= 38);
    const said = events.filter(({ type }) => type === 'agent.message').map((event) => saidIn(event));
    for (const text of Object.values(awkwardTexts)) {
      assert.ok(said.includes(text));
    }
    assert.equal(sessions[3]?.['status'], 'idle');
  });

  it('leaves the other seeded sessions what they are without it', async () => {
    const titlesOf = async (seedSessions: number) => {
      const wire = await sandboxes.wire('anthropic', { seedSessions });
      return listIn(await wire.get('/sessions'), 'data').map((each) => textIn(each, 'title'));
    };
    const [three, four] = [await titlesOf(3), await titlesOf(4)];
    assert.deepEqual(four, [...three, 'Every kind of event']);
  });

  it('writes a megabyte on command', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 1 });
    const session = textIn(listIn(await wire.get('/sessions'), 'data')[0], 'id');
    await wire.post(`/sessions/${session}/events`, {
      events: [{ type: 'user.message', content: [{ type: 'text', text: '/text large' }] }],
    });
    const events = await wire.idle(session, 2);
    assert.ok(saidIn(events.filter((event) => event['type'] === 'agent.message').at(-1)).length > 1_000_000);
  }).timeout(20_000);
});

import assert from 'node:assert/strict';
import { noFilter, partsOf, passes, startOf } from '../../../src/browse/sessionFilter.ts';
import { withSeenStatus } from '../../../src/browse/seenStatus.ts';
import { session } from './sessions.ts';

const now = new Date(2026, 4, 20, 15, 30).getTime();
const at = (...parts: [number, number, number, number?]) => new Date(...parts).toISOString();

describe('a filter of sessions', () => {
  it('lets everything pass but what is archived while nothing is chosen', () => {
    assert.equal(passes(session('s'), noFilter, now), true);
    const archived = session('s', { archived_at: '2026-05-01T00:00:00Z' });
    assert.equal(passes(archived, noFilter, now), false);
    assert.equal(passes(archived, { ...noFilter, showsArchived: true }, now), true);
    assert.deepEqual(partsOf(noFilter), []);
  });

  it('compares agents by id, in both shapes of the wire', () => {
    const filter = { ...noFilter, agent: { id: 'agent_1', name: 'One' } };
    assert.equal(passes(session('s', { agent: 'agent_1' }), filter, now), true);
    assert.equal(passes(session('s', { agent: { id: 'agent_1' } }), filter, now), true);
    assert.equal(passes(session('s', { agent: 'agent_2' }), filter, now), false);
    assert.equal(passes(session('s'), filter, now), false, 'what names no agent is not this one’s');
    assert.equal(passes(session('s'), filter, now, new Set(['agent'])), true, 'the server knows better');
  });

  it('takes any of several statuses', () => {
    const filter = { ...noFilter, statuses: ['running', 'terminated'] as const };
    assert.equal(passes(session('s', { status: 'running' }), filter, now), true);
    assert.equal(passes(session('s', { status: 'terminated' }), filter, now), true);
    assert.equal(passes(session('s', { status: 'idle' }), filter, now), false);
  });

  it('believes a server that calls all that live active, when that server filtered', () => {
    const active = session('s', { status: 'active' });
    const filter = { ...noFilter, statuses: ['running'] as const };
    assert.equal(passes(active, filter, now), false);
    assert.equal(passes(active, filter, now, new Set(['status'])), true);
    const ended = { ...noFilter, statuses: ['terminated'] as const };
    assert.equal(passes(active, ended, now, new Set(['status'])), false);
    assert.equal(
      passes(session('s', { status: 'idle' }), { ...noFilter, statuses: ['active'] as const }, now),
      true,
    );
  });

  it('goes by what a row shows where the server only says that a session is active', () => {
    const running = { ...noFilter, statuses: ['running'] as const };
    const idle = { ...noFilter, statuses: ['idle'] as const };
    const ended = { ...noFilter, statuses: ['terminated'] as const };
    const seenAs = (shown: Parameters<typeof withSeenStatus>[1]) =>
      withSeenStatus(session('s', { status: 'active' }), shown);
    assert.equal(passes(seenAs('running'), running, now), true);
    assert.equal(passes(seenAs('running'), idle, now), false);
    for (const shown of ['needsYou', 'idle', 'failed'] as const) {
      assert.equal(passes(seenAs(shown), idle, now), true);
      assert.equal(
        passes(seenAs(shown), running, now, new Set(['status'])),
        false,
        'also where it was filtered',
      );
    }
    assert.equal(passes(seenAs('ended'), ended, now), true);
    assert.equal(passes(seenAs(undefined), running, now), false);
    const clear = session('s', { status: 'idle' });
    assert.equal(withSeenStatus(clear, 'running'), clear, 'a clear word of the server stays');
  });

  it('begins spans at midnight, by the calendar', () => {
    assert.equal(startOf('today', now), new Date(2026, 4, 20).getTime());
    assert.equal(startOf('week', now), new Date(2026, 4, 13).getTime());
    assert.equal(startOf('month', now), new Date(2026, 3, 20).getTime());
    const today = { ...noFilter, span: 'today' as const };
    assert.equal(passes(session('s', { created_at: at(2026, 4, 20, 0) }), today, now), true);
    assert.equal(passes(session('s', { created_at: at(2026, 4, 19, 23) }), today, now), false);
    assert.equal(passes(session('s'), today, now), false);
  });
});

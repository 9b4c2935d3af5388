import assert from 'node:assert/strict';
import { groupSessions, periodOf, sortSessions } from '../../../src/browse/arrangeSessions.ts';
import { session } from './sessions.ts';

const now = new Date(2026, 4, 20, 15, 30).getTime();
const day = (date: number, hour = 12) => new Date(2026, 4, date, hour).getTime();
const iso = (time: number) => new Date(time).toISOString();
const ids = (sessions: readonly { readonly id: string }[]) => sessions.map(({ id }) => id);

describe('arranging sessions', () => {
  const three = [
    session('a', { title: 'part 10', created_at: iso(day(20)), updated_at: iso(day(20)) }),
    session('b', { title: 'Part 2', created_at: iso(day(19)), updated_at: iso(day(20, 14)) }),
    session('c', { created_at: iso(day(18)) }),
  ];

  it('sorts by title as people do, and what has none last', () => {
    assert.deepEqual(ids(sortSessions(three, 'title')), ['b', 'a', 'c']);
  });

  it('sorts by the last change, and leaves the server’s order alone', () => {
    assert.deepEqual(ids(sortSessions(three, 'updated')), ['b', 'a', 'c']);
    assert.equal(sortSessions(three, 'created'), three);
  });

  it('knows the periods by the calendar', () => {
    const periods = [day(20, 0), day(19), day(13), day(1), day(1) - 20 * 86_400_000, undefined];
    assert.deepEqual(
      periods.map((time) => periodOf(time, now)),
      ['today', 'yesterday', 'week', 'month', 'older', 'unknown'],
    );
  });

  it('groups by status in the order of urgency, archived ones last', () => {
    const groups = groupSessions(
      [
        session('1', { status: 'idle' }),
        session('2', { status: 'idle', archived_at: iso(now) }),
        session('3', { status: 'running' }),
        session('4', { status: 'idle' }),
      ],
      { groupBy: 'status', sortBy: 'created', now, nameOf: (key) => key },
    );
    assert.deepEqual(
      groups.map(({ key, sessions }) => [key, ids(sessions)]),
      [
        ['running', ['3']],
        ['idle', ['1', '4']],
        ['archived', ['2']],
      ],
    );
  });

  it('orders agents by name, keeps the order within, and puts those without one last', () => {
    const names: Record<string, string> = { agent_1: 'Zoe', agent_2: 'adam' };
    const groups = groupSessions(
      [session('1', { agent: 'agent_1' }), session('2'), session('3', { agent: { id: 'agent_2' } })],
      { groupBy: 'agent', sortBy: 'created', now, nameOf: (key) => names[key] ?? key },
    );
    assert.deepEqual(
      groups.map(({ key }) => key),
      ['agent_2', 'agent_1', ''],
    );
  });

  it('groups by environment and by date', () => {
    const byEnvironment = groupSessions([session('1', { environment_id: 'env_1' })], {
      groupBy: 'environment',
      sortBy: 'created',
      now,
      nameOf: (key) => key,
    });
    assert.equal(byEnvironment[0]?.key, 'env_1');
    const byDate = (sortBy: 'created' | 'updated') =>
      groupSessions([three[1] ?? session('x')], { groupBy: 'date', sortBy, now, nameOf: (key) => key })[0]
        ?.key;
    assert.equal(byDate('created'), 'yesterday');
    assert.equal(byDate('updated'), 'today');
  });
});

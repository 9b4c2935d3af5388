import assert from 'node:assert/strict';
import type { ListSessionsOptions } from '../../../src/api/client.ts';
import { ApiError, type FieldError } from '../../../src/api/errors.ts';
import { FilteredSessions } from '../../../src/browse/filteredSessions.ts';
import { noFilter, type SessionFilter } from '../../../src/browse/sessionFilter.ts';
import { withArchived } from '../../../src/browse/withArchived.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { session } from './sessions.ts';

const full: SessionFilter = {
  agent: { id: 'agent_1', name: 'One' },
  statuses: ['running'],
  span: 'week',
  showsArchived: true,
};
const sentBy = ({ limit: _, cursor: __, ...rest }: ListSessionsOptions) => Object.keys(rest).sort();

/** A server that refuses some options. */
function reader(refuses: readonly string[], filter: SessionFilter, fieldErrors?: readonly FieldError[]) {
  const asked: ListSessionsOptions[] = [];
  const refused = new Set<string>();
  let items = [session('session_1', { status: 'running', agent: 'agent_1' })];
  const source = new FilteredSessions({
    list: (options) => {
      asked.push(options);
      if (sentBy(options).some((name) => refuses.includes(name))) {
        return Promise.reject(
          new ApiError('invalid', { status: 422, ...(fieldErrors !== undefined && { fieldErrors }) }),
        );
      }
      return Promise.resolve({ items, next: undefined, skipped: 0 });
    },
    filter: () => filter,
    refusals: { has: (key) => refused.has(key), add: (key) => void refused.add(key) },
    clock: new ManualClock(),
    limit: 50,
  });
  return { source, asked, refused, give: (others: typeof items) => (items = others) };
}

describe('filtered sessions', () => {
  it('count what is left out only because nobody knows what it does', async () => {
    const running: SessionFilter = { ...noFilter, agent: full.agent, statuses: ['running'] };
    const refusing = reader(['statuses', 'agentId'], running);
    await refusing.source.fetch(undefined);
    const unclear = (status: string, agent = 'agent_1') =>
      refusing.source.isUnclear(session('s', { status, agent }));
    assert.equal(unclear('active'), true);
    assert.equal(unclear('active', 'agent_2'), false, 'it would be left out anyway');
    assert.equal(unclear('idle'), false);
    assert.equal(unclear('running'), false);
    const filtering = reader([], running);
    await filtering.source.fetch(undefined);
    assert.equal(filtering.source.isUnclear(session('s', { status: 'active', agent: 'agent_1' })), false);
  });

  it('asks for nothing special without a filter', async () => {
    const { source, asked } = reader([], noFilter);
    await source.fetch(undefined);
    assert.deepEqual(asked.map(sentBy), [[]]);
    assert.deepEqual([...source.byServer], []);
  });

  it('sends every part to a server that takes them', async () => {
    const { source, asked } = reader([], full);
    await source.fetch(undefined);
    assert.deepEqual(asked.map(sentBy), [['agentId', 'createdSince', 'includeArchived', 'statuses']]);
    assert.deepEqual([...source.byServer].sort(), ['agent', 'archived', 'date', 'status']);
  });

  it('finds the one part that a server refuses without naming it, and remembers it', async () => {
    const { source, asked, refused } = reader(['statuses'], full);
    await source.fetch(undefined);
    assert.deepEqual([...refused], ['status=running']);
    assert.deepEqual([...source.byServer].sort(), ['agent', 'archived', 'date']);
    asked.length = 0;
    await source.fetch(undefined);
    assert.deepEqual(asked.map(sentBy), [['agentId', 'createdSince', 'includeArchived']]);
  });

  it('leaves out at once what the server names', async () => {
    const named = [{ path: 'query.created_at[gte]', message: 'not permitted' }];
    const { source, asked, refused } = reader(['createdSince'], full, named);
    await source.fetch(undefined);
    assert.deepEqual([...refused], ['date']);
    assert.equal(asked.length, 2);
  });

  it('does all of it here where the server takes none', async () => {
    const all = ['agentId', 'createdSince', 'includeArchived', 'statuses'];
    const { source, asked, refused } = reader(all, full);
    await source.fetch(undefined);
    assert.deepEqual([...source.byServer], []);
    assert.deepEqual(sentBy(asked.at(-1) ?? {}), []);
    assert.equal(refused.size, 4);
  });

  it('sees in the answer that a server ignores a part', async () => {
    const { source, give } = reader([], full);
    give([session('session_1', { status: 'idle', agent: 'agent_1' })]);
    await source.fetch(undefined);
    assert.deepEqual([...source.byServer].sort(), ['agent', 'archived', 'date']);
    assert.equal(source.passes(session('session_1', { status: 'idle', agent: 'agent_1' })), false);
  });

  it('does not take another trouble for a refusal', async () => {
    const { source, refused } = reader([], full);
    const broken = new FilteredSessions({
      list: () => Promise.reject(new ApiError('server', { status: 500 })),
      filter: () => full,
      refusals: { has: (key) => refused.has(key), add: (key) => void refused.add(key) },
      clock: new ManualClock(),
      limit: 50,
    });
    await assert.rejects(broken.fetch(undefined), (error) => ApiError.is(error, 'server'));
    assert.equal(refused.size, 0);
    assert.ok(source);
  });

  it('asks for the next page as it asked for the first', async () => {
    const { source, asked } = reader(['statuses'], full);
    await source.fetch(undefined);
    asked.length = 0;
    await source.fetch({ parameter: 'page', value: '2' });
    assert.deepEqual(asked.map(sentBy), [['agentId', 'createdSince', 'includeArchived']]);
  });
});

describe('withArchived', () => {
  const refusals = () => {
    const kept = new Set<string>();
    return { kept, has: (key: string) => kept.has(key), add: (key: string) => void kept.add(key) };
  };

  it('asks without what a server refuses, and remembers it', async () => {
    const known = refusals();
    const asked: boolean[] = [];
    const list = (archived: boolean) => {
      asked.push(archived);
      return archived ? Promise.reject(new ApiError('invalid', { status: 422 })) : Promise.resolve('page');
    };
    assert.equal(await withArchived(list, 'agents', true, known), 'page');
    assert.equal(await withArchived(list, 'agents', true, known), 'page');
    assert.deepEqual(asked, [true, false, false]);
  });

  it('remembers nothing where the server refuses everything, or is in other trouble', async () => {
    for (const reason of ['invalid', 'server'] as const) {
      const known = refusals();
      const list = () => Promise.reject(new ApiError(reason));
      await assert.rejects(withArchived(list, 'agents', true, known), (error) => ApiError.is(error, reason));
      assert.equal(known.kept.size, 0);
    }
  });
});

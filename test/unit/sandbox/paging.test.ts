import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/util/json.ts';
import { asText } from '../../../src/util/json.ts';
import { EventLog, type LogPosition, type Order } from '../../../src/sandbox/eventLog.ts';
import { listIn, Sandboxes, textIn, type Wire } from './wire.ts';

async function pagesOf(wire: Wire, path: string, list: string): Promise<JsonObject[][]> {
  const pages: JsonObject[][] = [];
  let cursor: string | undefined;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const body = await wire.get(cursor === undefined ? path : `${path}${separator}page=${cursor}`);
    pages.push(listIn(body, list));
    cursor = asText(body['next_page']);
  } while (cursor !== undefined);
  return pages;
}

const idsOf = (items: readonly JsonObject[]) => items.map((item) => textIn(item, 'id'));

describe('sandbox: lists', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  it('pages sessions newest first, oldest first on request, without loss or repetition', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 25 });
    const down = await pagesOf(wire, '/sessions?limit=10', 'data');
    assert.deepEqual(
      down.map((page) => page.length),
      [10, 10, 5],
    );
    const times = down.flat().map((session) => textIn(session, 'created_at'));
    assert.deepEqual(times, [...times].sort().reverse());
    const up = await pagesOf(wire, '/sessions?limit=10&order=asc', 'data');
    assert.deepEqual(idsOf(up.flat()), idsOf(down.flat()).reverse());
    assert.equal(new Set(idsOf(up.flat())).size, 25);
    assert.equal(listIn(await wire.get('/sessions'), 'data').length, 20);
  });

  it('keeps a walk whole while sessions are added', async () => {
    const wire = await sandboxes.wire('synth', { seedSessions: 6 });
    const first = await wire.get('/sessions?limit=3');
    await wire.newSession();
    const second = await wire.get(`/sessions?limit=3&page=${textIn(first, 'next_page')}`);
    assert.equal(new Set([...idsOf(listIn(first, 'data')), ...idsOf(listIn(second, 'data'))]).size, 6);
    assert.equal(second['next_page'], null);
  });

  it('pages sessions back with prev_page', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 7 });
    const first = await wire.get('/sessions?limit=3');
    assert.equal(first['prev_page'], null);
    const second = await wire.get(`/sessions?limit=3&page=${textIn(first, 'next_page')}`);
    const third = await wire.get(`/sessions?limit=3&page=${textIn(second, 'next_page')}`);
    assert.equal(listIn(third, 'data').length, 1);
    const back = await wire.get(`/sessions?limit=3&page=${textIn(third, 'prev_page')}`);
    assert.deepEqual(idsOf(listIn(back, 'data')), idsOf(listIn(second, 'data')));
    const start = await wire.get(`/sessions?limit=3&page=${textIn(back, 'prev_page')}`);
    assert.deepEqual(idsOf(listIn(start, 'data')), idsOf(listIn(first, 'data')));
    assert.equal(start['prev_page'], null);
    const again = await wire.get(`/sessions?limit=3&page=${textIn(start, 'next_page')}`);
    assert.deepEqual(idsOf(listIn(again, 'data')), idsOf(listIn(second, 'data')));
  });

  it('filters sessions by agent, status, time and archive', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 9 });
    const all = listIn(await wire.get('/sessions?limit=100'), 'data');
    const middle = all[4];
    const time = encodeURIComponent(textIn(middle, 'created_at'));
    const count = async (query: string) =>
      listIn(await wire.get(`/sessions?limit=100&${query}`), 'data').length;
    assert.equal(await count(`created_at[gte]=${time}`), 5);
    assert.equal(await count(`created_at%5Bgt%5D=${time}`), 4);
    assert.equal(await count(`created_at[lt]=${time}`), 4);
    assert.equal(await count(`created_at[lte]=${time}&created_at[gte]=${time}`), 1);
    assert.equal(await count('statuses[]=running'), 0);
    assert.equal(await count('statuses[]=running&statuses[]=idle'), 9);
    assert.equal(await count('agent_id=agent_none'), 0);
    await wire.post(`/sessions/${textIn(middle, 'id')}/archive`);
    assert.equal(await count(''), 8);
    assert.equal(await count('include_archived=true'), 9);
    assert.equal(await count('include_archived=true&statuses[]=terminated'), 1);
  });

  it('refuses limits, orders, filters and cursors that make no sense', async () => {
    const wire = await sandboxes.wire('anthropic', { seedSessions: 5 });
    const synth = await sandboxes.wire('synth');
    const queries = [
      'limit=0',
      'limit=101',
      'limit=ten',
      'limit=1.5',
      'order=up',
      'statuses[]=asleep',
      'include_archived=1',
      'created_at[gte]=yesterday',
    ];
    for (const query of queries) {
      assert.equal((await wire.send(`/sessions?${query}`)).status, 400, query);
      const { status, body } = await synth.send(`/sessions?${query}`);
      assert.equal(status, 422, query);
      assert.deepEqual((listIn(body, 'detail')[0]?.['loc'] as string[])[0], 'query');
    }
    const cursor = textIn(await wire.get('/sessions?limit=2'), 'next_page');
    for (const query of [
      'page=nonsense',
      `page=${cursor}x_`,
      `page=${cursor}&order=asc`,
      `page=${cursor}&created_at[gte]=2020-01-01T00:00:00Z`,
    ]) {
      assert.equal((await wire.send(`/sessions?limit=2&${query}`)).status, 400, query);
    }
    assert.equal((await wire.send(`/agents?page=${cursor}`)).status, 400);
    // The limit may change from page to page.
    assert.equal(listIn(await wire.get(`/sessions?limit=3&page=${cursor}`), 'data').length, 3);
  });

  it('pages events oldest first by default, to the last one', async () => {
    for (const [dialect, list] of [
      ['anthropic', 'data'],
      ['synth', 'events'],
    ] as const) {
      const wire = await sandboxes.wire(dialect, { seedEvents: 2_500 });
      const session = textIn(listIn(await wire.get('/sessions'), 'data')[0], 'id');
      const pages = await pagesOf(wire, `/sessions/${session}/events`, list);
      assert.deepEqual(
        pages.map((page) => page.length),
        [1_000, 1_000, 500],
      );
      const times = pages.flat().map((event) => textIn(event, 'processed_at'));
      assert.deepEqual(times, [...times].sort());
      const down = await pagesOf(wire, `/sessions/${session}/events?order=desc&limit=999`, list);
      assert.deepEqual(idsOf(down.flat()), idsOf(pages.flat()).reverse());
      assert.equal((await wire.send(`/sessions/${session}/events?limit=1001`)).status >= 400, true);
      const uses = await pagesOf(wire, `/sessions/${session}/events?types[]=agent.tool_use&limit=50`, list);
      const expected = pages.flat().filter((event) => event['type'] === 'agent.tool_use');
      assert.deepEqual(idsOf(uses.flat()), idsOf(expected));
      const since = textIn(pages[1]?.[0], 'processed_at');
      const late = await wire.get(`/sessions/${session}/events?limit=10&created_at[gte]=${since}`);
      assert.deepEqual(idsOf(listIn(late, list)), idsOf(pages[1] ?? []).slice(0, 10));
    }
  });
});

describe('sandbox: the event log', () => {
  const add = (log: EventLog, id: string, processedAt: number | null) =>
    log.add({ id, type: 'user.message', fields: {}, processedAt });

  function walk(log: EventLog, order: Order, between: () => void = () => undefined): string[] {
    const seen: string[] = [];
    let from: LogPosition | undefined;
    do {
      const page = log.page({ order, limit: 2, from, matches: () => true });
      seen.push(...page.events.map((event) => event.id));
      from = page.next;
      between();
    } while (from !== undefined);
    return seen;
  }

  it('has queued events at its tail', () => {
    const log = new EventLog();
    add(log, 'q1', null);
    add(log, 'a', 1);
    add(log, 'q2', null);
    add(log, 'b', 2);
    assert.deepEqual(walk(log, 'asc'), ['a', 'b', 'q1', 'q2']);
    assert.deepEqual(walk(log, 'desc'), ['q2', 'q1', 'b', 'a']);
    assert.equal(log.size, 4);
  });

  it('shows a queued event again, and skips none, when it is processed between two pages', () => {
    const log = new EventLog();
    const queued = add(log, 'q1', null);
    add(log, 'a', 1);
    add(log, 'q2', null);
    let done = false;
    const seen = walk(log, 'asc', () => {
      if (!done) {
        done = true;
        log.stamp(queued, 2);
        add(log, 'b', 3);
      }
    });
    assert.deepEqual(seen, ['a', 'q1', 'q1', 'b', 'q2']);
  });
});

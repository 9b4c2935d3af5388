import assert from 'node:assert/strict';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { between, seededRandom } from '../../support/random.ts';
import { at, contents, event } from '../../support/storeEvents.ts';
import type { JsonObject } from '../../../src/util/json.ts';

const LATER = 1e12;

function merge(store: EventStore, events: readonly JsonObject[], askedAt = LATER, reachesEnd = true): void {
  store.merge({ events: events.map(event), start: 'front', reachesEnd, askedAt });
}

const queued = (id: string): JsonObject => ({ type: 'user.message', id, processed_at: null });
const done = (id: string, second: number): JsonObject => ({
  type: 'user.message',
  id,
  processed_at: at(second),
});

describe('EventStore', () => {
  it('holds an event once, whichever way it comes', () => {
    const store = new EventStore();
    store.arrive(event(done('a', 1)), 0);
    merge(store, [done('a', 1), done('b', 2)]);
    store.arrive(event(done('b', 2)), 0);
    assert.deepEqual(contents(store), [done('a', 1), done('b', 2)]);
  });

  it('lets the processed copy replace the queued one, and puts it where it was processed', () => {
    const store = new EventStore();
    store.arrive(event(queued('a')), 0);
    store.arrive(event(done('b', 1)), 0);
    store.arrive(event(done('a', 2)), 0);
    assert.deepEqual(contents(store), [done('b', 1), done('a', 2)]);
  });

  it('never lets an older copy win', () => {
    const store = new EventStore();
    store.arrive(event(done('a', 5)), 0);
    merge(store, [queued('a')]);
    store.arrive(event(done('a', 4)), 0);
    assert.deepEqual(contents(store), [done('a', 5)]);
  });

  it('takes the order of history', () => {
    const store = new EventStore();
    for (const id of ['c', 'a', 'b']) {
      store.arrive(event({ type: 'x', id }), 0);
    }
    merge(
      store,
      ['a', 'b', 'c'].map((id) => ({ type: 'x', id })),
    );
    assert.deepEqual(
      contents(store).map(({ id }) => id),
      ['a', 'b', 'c'],
    );
  });

  it('takes what overlapping pages say twice once: in its latest state, at its last place', () => {
    const store = new EventStore();
    store.arrive(event(done('b', 2)), 0);
    let moves = 0;
    store.observe({
      inserted: () => undefined,
      prepended: () => undefined,
      updated: () => undefined,
      removed: () => (moves += 1),
      trimmed: () => undefined,
    });
    merge(store, [done('a', 1), done('b', 2), done('c', 4), done('b', 2), queued('c'), done('d', 5)]);
    assert.deepEqual(contents(store), [done('a', 1), done('b', 2), done('c', 4), done('d', 5)]);
    assert.equal(moves, 0, 'nothing was taken out to be put in again');
  });

  it('keeps what came after the answer behind it', () => {
    const store = new EventStore();
    for (const id of ['b', 'c', 'd']) {
      store.arrive(event({ type: 'x', id }), 0);
    }
    merge(
      store,
      ['a', 'b', 'c'].map((id) => ({ type: 'x', id })),
    );
    assert.deepEqual(
      contents(store).map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
  });

  it('counts equal events without identity instead of dropping them', () => {
    const store = new EventStore();
    const interrupts = Array.from({ length: 10 }, () => ({ type: 'user.interrupt', id: '' }));
    interrupts.forEach((each) => store.arrive(event(each), 0));
    assert.equal(store.size, 10);
    merge(store, interrupts);
    assert.equal(store.size, 10);
    merge(store, [...interrupts, { type: 'user.interrupt', id: '' }]);
    assert.equal(store.size, 11);
  });

  it('lets go of a second count of an event without identity once history has settled', () => {
    const store = new EventStore();
    const idle = { type: 'session.status_idle' };
    store.arrive(event({ type: 'a', id: 'a' }), 0);
    store.arrive(event(idle), 0);
    store.arrive(event(idle), 0);
    store.arrive(event({ type: 'b', id: 'b' }), 0);
    merge(store, [{ type: 'a', id: 'a' }, idle, { type: 'b', id: 'b' }]);
    assert.deepEqual(
      contents(store).map(({ type }) => type),
      ['a', 'session.status_idle', 'b'],
    );
  });

  it('takes the ids of a hostile server for plain keys', () => {
    const store = new EventStore();
    for (const id of ['__proto__', 'constructor', 'toString', 'x'.repeat(1_000_000)]) {
      store.arrive(event({ type: 'x', id }), 0);
      store.arrive(event({ type: 'x', id }), 0);
    }
    assert.equal(store.size, 4);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });

  it('keeps positions when older events come, and when the oldest go', () => {
    const store = new EventStore();
    store.arrive(event({ type: 'x', id: 'm' }), 0);
    const middle = store.get('m');
    const position = middle?.position;
    merge(
      store,
      ['a', 'b', 'm'].map((id) => ({ type: 'x', id })),
    );
    assert.equal(middle?.position, position);
    store.trim(1);
    assert.equal(middle?.position, position);
    assert.deepEqual(
      contents(store).map(({ id }) => id),
      ['m'],
    );
  });

  it('keeps within a weight, whatever single events weigh, and knows what it holds', () => {
    const store = new EventStore();
    const heavy = (id: string, size: number) => event({ type: 'x', id, text: 'x'.repeat(size) });
    for (let n = 0; n < 100; n++) {
      store.arrive(heavy(`e${n}`, 10_000), 0);
      store.trim(1_000, 200_000);
      assert.ok(store.weight <= 200_000);
    }
    assert.ok(store.size >= 15 && store.size < 20);
    assert.equal(
      store.weight,
      contents(store).reduce((sum, json) => sum + JSON.stringify(json).length, 0),
    );
    store.arrive(heavy('huge', 1_000_000), 0);
    store.trim(1_000, 200_000);
    assert.deepEqual(
      contents(store).map(({ id }) => id),
      ['huge'],
    );
  });

  it('ends as history, however stream and history interleave', () => {
    for (let seed = 0; seed < 400; seed++) {
      checkInterleaving(seed);
    }
  });
});

/**
 * A server's history grows; some of its events are queued first; a few have no id. A store is fed from a
 * stream that loses parts, and from readings of history at arbitrary moments. After one reading at the end it
 * must hold exactly the history.
 */
function checkInterleaving(seed: number): void {
  const random = seededRandom(seed);
  const history: JsonObject[] = [];
  const waiting: string[] = [];
  const store = new EventStore();
  let now = 0;
  let deaf = false;
  const stream = (json: JsonObject) => {
    if (!deaf) {
      store.arrive(event(json), now);
    }
  };
  for (let step = 0; step < 80; step++) {
    now += 1_000;
    const dice = random();
    if (dice < 0.1) {
      deaf = !deaf;
    } else if (dice < 0.2) {
      const id = `q${step}`;
      waiting.push(id);
      stream(queued(id));
    } else if (dice < 0.3 && waiting.length > 0) {
      const id = waiting.shift() ?? '';
      history.push(done(id, step));
      stream(done(id, step));
    } else if (dice < 0.4) {
      const nameless = { type: random() < 0.5 ? 'session.status_running' : 'user.interrupt' };
      history.push(nameless);
      stream(nameless);
    } else if (dice < 0.9) {
      const json = { type: 'agent.message', id: `e${step}`, processed_at: at(step) };
      history.push(json);
      stream(json);
      if (random() < 0.1) {
        stream(json);
      }
    } else {
      merge(store, [...history, ...waiting.map(queued)], now);
      const cut = between(random, 0, history.length + 1);
      merge(store, history.slice(0, cut), now - 10_000, false);
    }
  }
  now += 60_000;
  merge(store, [...history, ...waiting.map(queued)], now);
  assert.deepEqual(contents(store), [...history, ...waiting.map(queued)], `seed ${seed}`);
}

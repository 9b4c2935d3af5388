import assert from 'node:assert/strict';
import { RowReporter } from '../../../src/cli/tail/rowReporter.ts';
import { EventStore } from '../../../src/stream/eventStore.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { between, seededRandom } from '../../support/random.ts';
import { at, contents, event } from '../../support/storeEvents.ts';
import { indexes, type Line, replay } from './tailSetup.ts';

const LATER = 1e12;

function report() {
  const store = new EventStore();
  const lines: Line[] = [];
  const reporter = new RowReporter(store, {
    upsert: (entry, index) => lines.push({ op: 'upsert', key: entry.key, index, event: entry.event.raw }),
    remove: ({ key }) => lines.push({ op: 'remove', key }),
  });
  return { store, lines, reporter };
}

const row = (id: string, second: number | null): JsonObject => ({
  type: 'user.message',
  id,
  processed_at: second === null ? null : at(second),
});

describe('RowReporter', () => {
  it('holds back what is not reached, and tells it in its order then', () => {
    const { store, lines, reporter } = report();
    store.arrive(event(row('c', 3)), 0);
    assert.equal(lines.length, 0);
    const history = ['a', 'b'].map((id, index) => event(row(id, index)));
    const { last } = store.merge({ events: history, start: 'front', reachesEnd: false, askedAt: LATER });
    reporter.reach((last?.position ?? 0) + 1);
    assert.deepEqual(replay(lines), [row('a', 0), row('b', 1)]);
    reporter.reach(store.end);
    assert.deepEqual(replay(lines), contents(store));
    assert.deepEqual(indexes(lines), [0, 1, 2]);
  });

  it('tells a move as one upsert, before which nothing is kept in the old place', () => {
    const { store, lines, reporter } = report();
    for (const each of [row('a', 1), row('q', null), row('b', 2)]) {
      store.arrive(event(each), 0);
    }
    reporter.reach(store.end);
    store.arrive(event(row('held back', 3)), 0);
    store.arrive(event(row('q', 4)), 0);
    assert.deepEqual(replay(lines), contents(store));
    assert.ok(lines.every(({ op }) => op === 'upsert'));
  });

  it('takes back an event without identity that history has once', () => {
    const { store, lines, reporter } = report();
    const nameless: JsonObject = { type: 'user.interrupt' };
    store.arrive(event(nameless), 0);
    store.arrive(event(nameless), 0);
    reporter.reach(store.end);
    store.merge({ events: [event(nameless)], start: 'front', reachesEnd: true, askedAt: LATER });
    assert.equal(lines.filter(({ op }) => op === 'remove').length, 1);
    assert.deepEqual(replay(lines), [nameless]);
  });

  it('counts places from the first event, also when the store has let that one go', () => {
    const { store, lines, reporter } = report();
    for (let n = 0; n < 10; n++) {
      store.arrive(event(row(`e${n}`, n)), 0);
      reporter.reach(n < 5 ? store.end : 0);
      store.trim(3);
    }
    reporter.reach(store.end);
    assert.equal(reporter.count, 10);
    assert.deepEqual(indexes(lines), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('can be replayed to the same rows, whatever happens to the store', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = seededRandom(seed);
      const { store, lines, reporter } = report();
      const history: JsonObject[] = [];
      const happen = () => {
        const queued = history.filter((each) => each['processed_at'] === null);
        const next = queued[between(random, 0, queued.length + 1)];
        const type = random() < 0.1 ? 'user.interrupt' : 'user.message';
        const fresh: JsonObject = { type, ...(random() < 0.8 && { id: `e${history.length}` }) };
        const isQueued = next === undefined && fresh['id'] !== undefined && random() < 0.3;
        const latest = { ...(next ?? fresh), processed_at: isQueued ? null : at(between(random, 0, 9)) };
        if (next !== undefined) {
          history.splice(history.indexOf(next), 1);
        }
        history.splice(
          isQueued ? history.length : history.length - queued.length + (next ? 1 : 0),
          0,
          latest,
        );
        return latest;
      };
      for (let step = 0; step < 60; step++) {
        const dice = random();
        if (dice < 0.6) {
          const latest = happen();
          if (random() < 0.7) {
            store.arrive(event(latest), 0);
          }
        } else if (dice < 0.75) {
          const events = history.map(event);
          store.merge({ events, start: 'front', reachesEnd: true, askedAt: LATER });
        } else {
          const reached = between(random, store.first, store.end + 1);
          reporter.reach(random() < 0.3 ? store.end : reached);
        }
        const told = replay(lines);
        assert.deepEqual(told, contents(store).slice(0, told.length), `seed ${seed}, step ${step}`);
      }
      reporter.reach(store.end);
      assert.deepEqual(replay(lines), contents(store), `seed ${seed}`);
    }
  });
});

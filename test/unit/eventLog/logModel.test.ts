import assert from 'node:assert/strict';
import { kindMask, maskOf } from '../../../src/eventLog/eventKind.ts';
import { EventLog, type LogFilter } from '../../../src/eventLog/eventLog.ts';
import { logKinds } from '../../../src/protocol/logMessages.ts';
import { EventStore, type StoredEvent } from '../../../src/stream/eventStore.ts';
import { between, seededRandom } from '../../support/random.ts';
import { at, event } from '../../support/storeEvents.ts';

const TYPES = [
  'user.message',
  'agent.message',
  'agent.tool_use',
  'agent.tool_result',
  'agent.thinking',
  'span.model_request_end',
  'span.outcome_evaluation_end',
  'session.status_idle',
  'session.error',
  'session.thread_created',
  'future.kind',
];
const FILTERS: readonly LogFilter[] = [
  { kinds: [], text: '' },
  { kinds: ['messages'], text: '' },
  { kinds: ['errors', 'tools'], text: '' },
  { kinds: ['other'], text: '' },
  { kinds: [], text: 'E1' },
  { kinds: ['spans', 'outcomes', 'status'], text: 'e2' },
  { kinds: [], text: 'nothing has this' },
];

function entries(store: EventStore): StoredEvent[] {
  return Array.from({ length: store.size }, (_, index) => {
    const stored = store.at(store.first + index);
    assert.ok(stored !== undefined);
    return stored;
  });
}

/** What passes, looked for without any index. */
function naive(store: EventStore, { kinds, text }: LogFilter): StoredEvent[] {
  return entries(store).filter(
    ({ event: { type, id }, event: whole }) =>
      (kinds.length === 0 || (kindMask(whole) & maskOf(kinds)) !== 0) &&
      (text === '' || [type, id ?? ''].some((part) => part.toLowerCase().includes(text.toLowerCase()))),
  );
}

function shown(log: EventLog): StoredEvent[] {
  const { first, end } = log.range;
  return Array.from({ length: end - first }, (_, index) => {
    const stored = log.at(first + index);
    assert.ok(stored !== undefined);
    assert.equal(log.positionOf(stored), first + index);
    assert.equal(log.placeOf(stored), first + index);
    return stored;
  });
}

function check(log: EventLog, store: EventStore, filter: LogFilter): void {
  assert.deepEqual(
    shown(log).map(({ key }) => key),
    naive(store, filter).map(({ key }) => key),
  );
  assert.equal(log.at(log.range.first - 1), undefined);
  assert.equal(log.at(log.range.end), undefined);
  const counts = logKinds.map(
    (kind) => entries(store).filter((stored) => (kindMask(stored.event) & maskOf([kind])) !== 0).length,
  );
  assert.deepEqual(log.counts, counts);
  assert.equal(log.total, store.size);
}

describe('the event log', () => {
  it('holds what a look at every event would find, whatever happens to the store', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const store = new EventStore();
      const log = new EventLog(store);
      let filter = FILTERS[0] ?? { kinds: [], text: '' };
      let next = 0;
      const make = () => {
        const type = TYPES[between(random, 0, TYPES.length)] ?? 'x';
        const named = random() < 0.8;
        return event({
          type,
          ...(named && { id: `e${next}` }),
          processed_at: random() < 0.1 ? null : at(next),
          ...(random() < 0.2 && { is_error: true }),
          n: next++,
        });
      };
      for (let step = 0; step < 120; step++) {
        const roll = random();
        const held = entries(store);
        const some = held[between(random, 0, Math.max(1, held.length))];
        if (roll < 0.45) {
          store.arrive(make(), next * 1_000);
        } else if (roll < 0.6 && some?.event.id !== undefined) {
          const type = TYPES[between(random, 0, TYPES.length)] ?? 'x';
          store.arrive(event({ type, id: some.event.id, processed_at: at(next++) }), next * 1_000);
        } else if (roll < 0.72) {
          const events = Array.from({ length: between(random, 1, 6) }, make);
          store.merge({ events, start: 'front', reachesEnd: false, askedAt: next * 1_000 });
        } else if (roll < 0.85 && some !== undefined) {
          const events = [...(random() < 0.5 ? [some.event] : []), ...Array.from({ length: 3 }, make)];
          const start = random() < 0.5 ? { behind: some } : { at: some };
          store.merge({ events, start, reachesEnd: random() < 0.3, askedAt: next * 1_000 });
        } else if (roll < 0.93) {
          store.trim(between(random, 1, Math.max(2, store.size + 1)));
        } else {
          filter = FILTERS[between(random, 0, FILTERS.length)] ?? filter;
          log.setFilter(filter);
        }
        check(log, store, filter);
      }
      log.dispose();
    }
  });

  it('keeps positions when older events come in front or are let go', () => {
    const store = new EventStore();
    const log = new EventLog(store);
    log.setFilter({ kinds: ['messages'], text: '' });
    for (let index = 0; index < 10; index++) {
      store.arrive(event({ id: `e${index}`, type: index % 2 === 0 ? 'user.message' : 'x' }), 0);
    }
    const stored = store.get('e6');
    assert.ok(stored !== undefined);
    assert.equal(log.positionOf(stored), 3);
    const events = [event({ id: 'a', type: 'user.message' }), event({ id: 'b', type: 'y' })];
    store.merge({ events, start: 'front', reachesEnd: false, askedAt: 0 });
    assert.equal(log.positionOf(stored), 3);
    assert.equal(log.range.first, -1);
    store.trim(6);
    assert.equal(log.positionOf(stored), 3);
    assert.equal(log.range.first, 2);
  });

  it('says where an event would be that does not pass', () => {
    const store = new EventStore();
    const log = new EventLog(store);
    for (const [index, type] of ['user.message', 'x', 'y', 'agent.message', 'z'].entries()) {
      store.arrive(event({ id: `e${index}`, type }), 0);
    }
    log.setFilter({ kinds: ['messages'], text: '' });
    const place = (key: string) => {
      const stored = store.get(key);
      assert.ok(stored !== undefined);
      return [log.positionOf(stored), log.placeOf(stored)];
    };
    assert.deepEqual(['e0', 'e1', 'e2', 'e3', 'e4'].map(place), [
      [0, 0],
      [undefined, 1],
      [undefined, 1],
      [1, 1],
      [undefined, 2],
    ]);
  });

  it('looks at no event twice because another one came', () => {
    const store = new EventStore();
    for (let index = 0; index < 20_000; index++) {
      store.arrive(event({ id: `e${index}`, type: TYPES[index % TYPES.length] ?? 'x' }), 0);
    }
    let looks = 0;
    const counted = {
      get first() {
        return store.first;
      },
      get end() {
        return store.end;
      },
      get size() {
        return store.size;
      },
      at: (position: number) => {
        looks++;
        return store.at(position);
      },
      get: (key: string) => store.get(key),
      observe: (observer: Parameters<EventStore['observe']>[0]) => store.observe(observer),
    };
    const log = new EventLog(counted);
    log.setFilter({ kinds: ['tools'], text: '' });
    looks = 0;
    for (let index = 0; index < 100; index++) {
      store.arrive(event({ id: `new${index}`, type: 'agent.tool_use' }), 0);
      log.at(log.range.end - 1);
    }
    assert.ok(looks <= 300, `${looks} looks`);
  });
});

import assert from 'node:assert/strict';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { Outbox } from '../../../src/stream/outbox.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';

const message = (text: string): JsonObject => ({ type: 'user.message', content: [{ type: 'text', text }] });

describe('the outbox', () => {
  let store: EventStore;
  let outbox: Outbox;

  beforeEach(() => {
    store = new EventStore();
    outbox = new Outbox(store, () => undefined);
  });

  const arrive = (id: string, body: JsonObject) => store.arrive(event({ ...body, id }), 0);

  it('has keys that no server can guess', () => {
    const other = new Outbox(store, () => undefined);
    const keys = [outbox.add(message('a'), 0), outbox.add(message('a'), 0), other.add(message('a'), 0)];
    assert.equal(new Set(keys).size, 3);
    for (const key of keys) {
      assert.match(key, /[0-9a-f]{8}-[0-9a-f-]{27}/);
    }
    const [count, secret] = [keys[0]?.split('-')[1], keys[0]?.split('-').slice(2).join('-')];
    assert.equal(count, '0');
    assert.ok(!keys[2]?.endsWith(secret ?? ''), 'each outbox has a secret of its own');
  });

  it('is not deceived by an event that calls itself as its entries once did', () => {
    const key = outbox.add(message('mine'), 0);
    arrive('out-0', message('theirs'));
    assert.deepEqual(outbox.settle(), []);
    assert.ok(outbox.has(key));
    assert.equal(outbox.echoOf('out-0'), undefined);
  });

  it('knows what became of a message that has come back', () => {
    const key = outbox.add(message('a'), 0);
    assert.equal(outbox.echoOf(key), undefined);
    arrive('sevt_1', message('a'));
    assert.deepEqual(outbox.settle(), [key]);
    assert.equal(outbox.echoOf(key), 'sevt_1');
  });

  it('settles by the id that the server gave, whatever the server made of the content', () => {
    const key = outbox.add(message('a'), 0);
    outbox.identify(key, 'sevt_1');
    arrive('sevt_0', message('b'));
    assert.deepEqual(outbox.settle(), []);
    arrive('sevt_1', { type: 'user.message', content: [{ type: 'text', text: 'a, stored otherwise' }] });
    assert.deepEqual(outbox.settle(), [key]);
    assert.equal(outbox.echoOf(key), 'sevt_1');
  });

  it('remembers only so many', () => {
    const keys = Array.from({ length: 300 }, (_, index) => {
      const key = outbox.add(message(`${index}`), 0);
      arrive(`sevt_${index}`, message(`${index}`));
      outbox.settle();
      return key;
    });
    assert.equal(outbox.echoOf(keys[0] ?? ''), undefined);
    assert.equal(outbox.echoOf(keys[299] ?? ''), 'sevt_299');
  });
});

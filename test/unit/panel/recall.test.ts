import assert from 'node:assert/strict';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { Outbox } from '../../../src/stream/outbox.ts';
import { writeAttachedText } from '../../../src/transcript/attachedText.ts';
import type { JsonObject, JsonValue } from '../../../src/util/json.ts';
import { earlierMessage } from '../../../src/vscode/panel/recall.ts';
import { event } from '../../support/storeEvents.ts';

const LONGEST = 1_000;
const message = (content: JsonValue): JsonObject => ({ type: 'user.message', content });
const words = (text: string): JsonObject => ({ type: 'text', text });

describe('earlier messages', () => {
  let store: EventStore;
  let outbox: Outbox;

  beforeEach(() => {
    store = new EventStore();
    outbox = new Outbox(store, () => undefined);
  });

  const arrive = (id: string, content: JsonValue) => store.arrive(event({ ...message(content), id }), 0);

  /** All of them, newest first, one by one. */
  function walk(): string[] {
    const texts: string[] = [];
    let found = earlierMessage({ store, outbox }, null, LONGEST);
    while (found !== null) {
      texts.push(found.text);
      found = earlierMessage({ store, outbox }, found.key, LONGEST);
    }
    return texts;
  }

  it('come newest first, those on their way before those that arrived', () => {
    arrive('a', [words('one')]);
    store.arrive(event({ type: 'agent.message', id: 'x', content: [words('not mine')] }), 0);
    arrive('b', 'two');
    outbox.add(message([words('three')]), 0);
    outbox.add({ type: 'user.interrupt' }, 0);
    outbox.add(message([words('four')]), 0);
    assert.deepEqual(walk(), ['four', 'three', 'two', 'one']);
  });

  it('are what was written, without what was attached', () => {
    const attached = writeAttachedText({ name: 'a.ts', lines: undefined, language: 'ts' }, 'code');
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } };
    arrive('a', [words('look'), words(attached), image]);
    arrive('b', [words(attached)]);
    arrive('c', [image]);
    arrive('d', [words('one'), words('two')]);
    assert.deepEqual(walk(), ['one\n\ntwo', 'look']);
  });

  it('do not repeat themselves one after the other, and are not longer than can be sent', () => {
    arrive('a', 'again');
    arrive('b', 'other');
    arrive('c', 'again');
    arrive('d', 'again');
    arrive('e', 'x'.repeat(LONGEST + 1));
    arrive('f', '  \n');
    outbox.add(message([words('again')]), 0);
    assert.deepEqual(walk(), ['again', 'other', 'again']);
  });

  it('go on from a message that has come back meanwhile', () => {
    arrive('a', 'one');
    const key = outbox.add(message([words('two')]), 0);
    assert.deepEqual(earlierMessage({ store, outbox }, null, LONGEST), { key, text: 'two' });
    arrive('b', [words('two')]);
    outbox.settle();
    assert.equal(earlierMessage({ store, outbox }, key, LONGEST)?.text, 'one');
  });

  it('end where the page names one that is not there', () => {
    arrive('a', 'one');
    assert.equal(earlierMessage({ store, outbox }, 'nobody', LONGEST), null);
    assert.equal(earlierMessage({ store, outbox }, 'a', LONGEST), null);
  });
});

import assert from 'node:assert/strict';
import { Pager, type PagerChange } from '../../../src/vscode/tree/pager.ts';

interface Thing {
  readonly id: string;
  readonly state: string;
}

describe('a quiet refresh of a list', () => {
  let things: Thing[];
  let failure: Error | undefined;
  let pager: Pager<Thing>;
  let heard: PagerChange[];

  beforeEach(async () => {
    things = ['a', 'b', 'c'].map((id) => ({ id, state: 'calm' }));
    failure = undefined;
    heard = [];
    pager = new Pager(() =>
      failure === undefined
        ? Promise.resolve({ items: things.map((thing) => ({ ...thing })), next: undefined, skipped: 0 })
        : Promise.reject(failure),
    );
    await pager.first();
    pager.onDidChange((change) => heard.push(change));
  });
  const poll = async () => await pager.refresh({ quietly: true });

  it('is heard of by nobody where the answer is the same', async () => {
    await poll();
    await poll();
    assert.deepEqual(heard, []);
  });

  it('names the items that changed, and takes them over', async () => {
    things = things.map((thing) => (thing.id === 'b' ? { ...thing, state: 'busy' } : thing));
    await poll();
    assert.deepEqual(heard, [{ items: ['b'] }]);
    assert.equal(pager.items[1]?.state, 'busy');
  });

  it('speaks of the list where items came, went or moved', async () => {
    things = [{ id: 'new', state: 'calm' }, ...things];
    await poll();
    things = things.toReversed();
    await poll();
    things = things.slice(1);
    await poll();
    assert.deepEqual(heard, ['list', 'list', 'list']);
  });

  it('tells a failure once, keeps the items, and tells when it is over', async () => {
    failure = new Error('away');
    await poll();
    await poll();
    assert.deepEqual(heard, ['list']);
    assert.equal(pager.failure?.step, 'refresh');
    assert.equal(pager.items.length, 3);
    failure = undefined;
    await poll();
    assert.deepEqual(heard, ['list', 'list']);
    assert.equal(pager.failure, undefined);
  });
});

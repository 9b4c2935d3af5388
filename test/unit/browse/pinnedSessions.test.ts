import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors.ts';
import { inTurns } from '../../../src/browse/inTurns.ts';
import { PinnedSessions } from '../../../src/browse/pinnedSessions.ts';
import { session } from './sessions.ts';

describe('pinned sessions', () => {
  it('reads only what the list does not have, once, and keeps the order of the pins', async () => {
    const asked: string[] = [];
    const pins = new PinnedSessions({
      ids: () => ['c', 'a', 'b'],
      get: (id) => (asked.push(id), Promise.resolve(session(id))),
      unpin: () => assert.fail('nothing is gone'),
    });
    const listed = new Map([['a', session('a', { title: 'listed' })]]);
    await Promise.all([pins.complete(listed), pins.complete(listed)]);
    await pins.complete(listed);
    assert.deepEqual(asked, ['c', 'b']);
    assert.deepEqual(
      pins.sessions(listed).map(({ id, title }) => [id, title]),
      [
        ['c', undefined],
        ['a', 'listed'],
        ['b', undefined],
      ],
    );
  });

  it('takes away what the server no longer has, and keeps what could not be read', async () => {
    let ids = ['gone', 'down'];
    const pins = new PinnedSessions({
      ids: () => ids,
      get: (id) => Promise.reject(new ApiError(id === 'gone' ? 'notFound' : 'server')),
      unpin: (others) => (ids = ids.filter((id) => !others.includes(id))),
    });
    await pins.complete(new Map());
    assert.deepEqual(ids, ['down']);
    assert.equal(pins.dropped, 1);
    assert.ok(ApiError.is(pins.error, 'server'));
  });
});

describe('inTurns', () => {
  it('never does more at once than it may, and does everything', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      done.push(item);
    });
    assert.equal(most, 3);
    assert.deepEqual(done.toSorted(), [1, 2, 3, 4, 5, 6, 7]);
  });

  it('begins nothing more once it is given up', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    await inTurns(
      [1, 2, 3, 4],
      1,
      (item) => {
        done.push(item);
        if (item === 2) {
          abort.abort();
        }
        return Promise.resolve();
      },
      abort.signal,
    );
    assert.deepEqual(done, [1, 2]);
  });
});

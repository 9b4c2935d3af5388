import assert from 'node:assert/strict';
import {
  keepRows,
  type KeptPlace,
  PlaceKeeper,
  readPlace,
  readRows,
} from '../../../media/session/keptPlace.ts';
import type { Slice } from '../../../media/session/rowWindow.ts';
import type { ScrollKeeper } from '../../../media/session/scrollKeeper.ts';
import { MAX_ANCHOR } from '../../../src/protocol/headerMessages.ts';
import type { Row } from '../../../src/transcript/row.ts';

const slice = (from: number, ...keys: string[]): Slice => ({
  from,
  rows: keys.map((key): Row => {
    const base = { key, at: null, eventId: null };
    return { ...base, kind: 'notice', tone: 'quiet', code: 'compacted', args: {} };
  }),
});

/** The parts of a scroll keeper that a place needs, without a document. */
class Scroll implements Pick<ScrollKeeper, 'jumpTo' | 'following' | 'anchorKey' | 'anchorOffset'> {
  following = true;
  anchorKey: string | null = null;
  anchorOffset: number | null = null;
  jumps: unknown[] = [];

  jumpTo(at: number, key: string | undefined, offset?: number): void {
    this.jumps.push([at, key, offset]);
    this.following = false;
    this.anchorKey = key ?? null;
    this.anchorOffset = offset ?? 16;
  }
}

function setUp(kept: KeptPlace | undefined) {
  const scroll = new Scroll();
  return { scroll, place: new PlaceKeeper(scroll as unknown as ScrollKeeper, kept) };
}

const atB: KeptPlace = { anchorKey: 'b', anchorOffset: -40, atEnd: false };

describe('a kept place', () => {
  it('is gone to at once where its row is held', () => {
    const { scroll, place } = setUp(atB);
    assert.equal(place.anchor, 'b');
    place.restore(slice(100, 'a', 'b', 'c'));
    assert.deepEqual(scroll.jumps, [[101, 'b', -40]]);
    assert.equal(place.place({ type: 'place', at: 7, key: 'b' }), false);
  });

  it('is gone to later, once the host has read its row', () => {
    const { scroll, place } = setUp(atB);
    place.restore(slice(100, 'y', 'z'));
    assert.deepEqual(scroll.jumps, []);
    assert.deepEqual(place.kept, atB, 'and is not forgotten meanwhile');
    assert.equal(place.place({ type: 'place', at: 7, key: 'x' }), false);
    assert.equal(place.place({ type: 'place', at: 7, key: 'b' }), true);
    assert.deepEqual(scroll.jumps, [[7, 'b', -40]]);
  });

  it('is left alone once the reader has gone somewhere else', () => {
    const { scroll, place } = setUp(atB);
    place.restore(slice(100, 'z'));
    place.moved();
    assert.equal(place.place({ type: 'place', at: 7, key: 'b' }), false);
    assert.deepEqual(scroll.jumps, []);
    assert.equal(place.anchor, undefined);
  });

  it('is the end for a reader who was there', () => {
    for (const kept of [undefined, { ...atB, atEnd: true }]) {
      assert.equal(setUp(kept).place.anchor, undefined);
    }
  });

  it('is where the reader is, for a page that has to begin anew', () => {
    const { scroll, place } = setUp(undefined);
    scroll.following = false;
    scroll.anchorKey = 'q';
    assert.equal(place.anchor, 'q');
    scroll.anchorKey = 'x'.repeat(MAX_ANCHOR + 1);
    assert.equal(place.anchor, undefined);
  });

  it('is read back only in its own form', () => {
    assert.deepEqual(readPlace({ ...atB }), atB);
    assert.deepEqual(readPlace({ atEnd: true }), { anchorKey: null, anchorOffset: null, atEnd: true });
    assert.deepEqual(readPlace({ anchorKey: 5, anchorOffset: 1e12, atEnd: false }), {
      anchorKey: null,
      anchorOffset: null,
      atEnd: false,
    });
    assert.equal(readPlace({ anchorKey: 'b' }), undefined);
  });
});

describe('kept rows', () => {
  it('are the latest that were opened or closed', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [`k${index}`, { expanded: true }] as const);
    const kept = keepRows([...rows, ['untouched', {}], ['closed', { expanded: false }]]);
    assert.equal(kept.length, 200);
    assert.deepEqual(kept.at(-1), ['closed', false]);
    assert.deepEqual(readRows(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('are read back one by one, and nothing else is', () => {
    assert.deepEqual(readRows([['a', true], ['b', 1], 'c', null, [5, true], ['d', false, 1]]), [
      ['a', true],
      ['d', false],
    ]);
    assert.deepEqual(readRows('nothing'), []);
  });
});

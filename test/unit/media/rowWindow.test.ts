import assert from 'node:assert/strict';
import {
  clipped,
  drawnSpan,
  firstSpan,
  merged,
  pouredSpan,
  showsEdge,
  missingPart,
  sliceEnd,
  spanAround,
  wantedSpan,
} from '../../../media/session/rowWindow.ts';
import { between, seededRandom } from '../../support/random.ts';
import { message } from './modelHost.ts';

const slice = (from: number, count: number, text = 'x') => ({
  from,
  rows: Array.from({ length: count }, (_, index) => message(`k${from + index}`, text)),
});
const keys = (rows: readonly { readonly key: string }[]) => rows.map((row) => row.key);

describe('window arithmetic', () => {
  it('merges slices that touch or overlap, the newer winning', () => {
    const both = merged(slice(0, 4, 'old'), slice(2, 4, 'new'));
    assert.deepEqual(keys(both.rows), ['k0', 'k1', 'k2', 'k3', 'k4', 'k5']);
    assert.deepEqual(both.rows[2], message('k2', 'new'));
    assert.equal(merged(slice(4, 2), slice(0, 4)).from, 0);
    assert.equal(sliceEnd(merged(slice(0, 10), slice(3, 2))), 10);
  });

  it('takes the newer alone where there is a hole between', () => {
    assert.equal(merged(slice(0, 4), slice(6, 2)).from, 6);
    assert.equal(merged(slice(10, 4), slice(0, 2)).rows.length, 2);
    assert.equal(merged(slice(0, 4), slice(4, 0)).rows.length, 4);
  });

  it('clips to a span', () => {
    assert.deepEqual(keys(clipped(slice(0, 6), { from: 2, end: 4 }).rows), ['k2', 'k3']);
    assert.equal(clipped(slice(0, 6), { from: 8, end: 9 }).rows.length, 0);
  });

  it('centres a span as far as the ends allow', () => {
    const whole = { from: -10, end: 90 };
    assert.deepEqual(spanAround(whole, { from: 40, end: 40 }, 20), { from: 30, end: 50 });
    assert.deepEqual(spanAround(whole, { from: -10, end: -8 }, 20), { from: -10, end: 10 });
    assert.deepEqual(spanAround(whole, { from: 89, end: 90 }, 20), { from: 70, end: 90 });
    assert.deepEqual(spanAround({ from: 0, end: 5 }, { from: 3, end: 4 }, 20), { from: 0, end: 5 });
  });

  it('wants nothing in the middle and nothing beyond the ends', () => {
    const whole = { from: 0, end: 1_000 };
    assert.equal(wantedSpan(whole, { from: 400, end: 600 }, { from: 490, end: 510 }, 200), undefined);
    assert.equal(wantedSpan(whole, { from: 800, end: 1_000 }, { from: 990, end: 1_000 }, 200), undefined);
    assert.ok(wantedSpan(whole, { from: 400, end: 600 }, { from: 410, end: 420 }, 200) !== undefined);
  });

  it('asks for the missing side only', () => {
    assert.deepEqual(missingPart({ from: 50, end: 100 }, { from: 0, end: 80 }), { from: 0, end: 50 });
    assert.deepEqual(missingPart({ from: 0, end: 50 }, { from: 20, end: 80 }), { from: 50, end: 80 });
    assert.deepEqual(missingPart({ from: 0, end: 50 }, { from: 70, end: 80 }), { from: 70, end: 80 });
  });

  it('draws what is visible and a bounded rest, whatever was drawn before', () => {
    const random = seededRandom(7);
    let drawn = { from: 0, end: 0 };
    for (let turn = 0; turn < 5_000; turn += 1) {
      const from = between(random, -500, 500);
      const held = { from, end: from + between(random, 1, 200) };
      const first = between(random, held.from, held.end);
      const visible = { from: first, end: Math.min(held.end, first + between(random, 1, 50)) };
      drawn = drawnSpan(held, visible, drawn);
      assert.ok(drawn.from >= held.from && drawn.end <= held.end);
      assert.ok(drawn.from <= visible.from && drawn.end >= visible.end);
      assert.ok(drawn.end - drawn.from <= 100);
    }
  });

  it('keeps what is drawn while the reader stays inside of it', () => {
    const held = { from: 0, end: 200 };
    const drawn = drawnSpan(held, { from: 100, end: 110 }, { from: 100, end: 110 });
    assert.ok(drawn.from < 100 && drawn.end > 110);
    assert.deepEqual(drawnSpan(held, { from: 103, end: 113 }, drawn), drawn);
  });

  it('draws a few rows first, then what is seen, and then its surroundings', () => {
    const held = { from: 0, end: 200 };
    for (const [seen, first] of [
      [
        { from: 190, end: 205 },
        { from: 195, end: 200 },
      ],
      [
        { from: 100, end: 120 },
        { from: 100, end: 105 },
      ],
    ] as const) {
      assert.deepEqual(firstSpan(held, seen, { from: 0, end: 0 }), first);
      const inView = { from: seen.from, end: Math.min(200, seen.end) };
      assert.deepEqual(firstSpan(held, seen, first), inView);
      assert.equal(firstSpan(held, seen, inView), undefined);
      const next = drawnSpan(held, seen, inView);
      assert.ok(next.from < inView.from && next.end >= inView.end);
    }
  });

  it('makes no beginning of few rows, of none, or far from where the reader is', () => {
    const few = { from: 0, end: 3 };
    assert.deepEqual(firstSpan(few, few, { from: 0, end: 0 }), few);
    assert.equal(firstSpan(few, few, few), undefined);
    assert.equal(firstSpan({ from: 0, end: 0 }, few, { from: 0, end: 0 }), undefined);
    assert.equal(firstSpan({ from: 0, end: 200 }, { from: 100, end: 110 }, { from: 0, end: 4 }), undefined);
  });

  it('knows when the edge of what is drawn has come on the screen', () => {
    const held = { from: 0, end: 200 };
    const drawn = { from: 80, end: 120 };
    assert.equal(showsEdge(held, { from: 81, end: 119 }, drawn), false);
    assert.equal(showsEdge(held, { from: 80, end: 90 }, drawn), true);
    assert.equal(showsEdge(held, { from: 110, end: 120 }, drawn), true);
    assert.equal(showsEdge(drawn, drawn, drawn), false, 'there is nothing more');
    assert.equal(showsEdge(held, { from: 50, end: 60 }, { from: 50, end: 150 }), false, 'that is all of it');
  });

  it('draws only what is seen, and hardly more, of rows that pour in', () => {
    assert.deepEqual(pouredSpan({ from: 0, end: 200 }, { from: 190, end: 200 }), { from: 187, end: 200 });
    assert.deepEqual(pouredSpan({ from: 195, end: 200 }, { from: 190, end: 205 }), { from: 195, end: 200 });
  });

  it('draws less around rows that are tall, which are heavy as well', () => {
    const held = { from: 0, end: 200 };
    const around = (count: number) => {
      const { from, end } = drawnSpan(held, { from: 100, end: 100 + count }, { from: 100, end: 101 });
      return end - from - count;
    };
    assert.ok(around(3) < around(12));
    assert.ok(around(40) <= 2 * 15);
  });
});

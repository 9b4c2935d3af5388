/** What the timeline of the page computes without a page: windows, axes, places and keys. */
import assert from 'node:assert/strict';
import { readTimeline, wholeTimeline } from '../../../media/session/timeline/timelinePorts.ts';
import { plotOf, sceneOf } from '../../../media/session/timeline/scene.ts';
import { axisOf } from '../../../media/session/timeline/ticks.ts';
import { timelineCommand } from '../../../media/session/timeline/timelineKeys.ts';
import type { LaneMarks } from '../../../media/session/timeline/timelineStore.ts';
import {
  type Extent,
  including,
  isAtEnd,
  moved,
  stretchOf,
  windowAround,
  zoomed,
} from '../../../media/session/timeline/timeWindow.ts';
import {
  MIN_TIMELINE_MS,
  type TimelineMark,
  type TimelineWindow,
} from '../../../src/protocol/timelineMessages.ts';
import { between, seededRandom } from '../../support/random.ts';

const still: Extent = { from: 0, to: 100_000, isLive: false };
const live: Extent = { ...still, isLive: true };
const ALL: TimelineWindow = { at: 'all' };

describe('the window of the timeline', () => {
  it('zooms around a moment that stays where it is, and back to all', () => {
    const near = zoomed(ALL, still, 0.5, 25_000);
    assert.deepEqual(near, { at: 'range', from: 12_500, to: 62_500 });
    assert.deepEqual(zoomed(near, still, 2, 25_000), ALL);
    assert.deepEqual(zoomed(near, still, 10), ALL);
    const nearest = Array.from({ length: 60 }).reduce<TimelineWindow>(
      (window) => zoomed(window, still, 0.5, 25_000),
      ALL,
    );
    const { from, to } = stretchOf(nearest, still);
    assert.ok(Math.abs(to - from - MIN_TIMELINE_MS) < 1e-6);
    assert.ok(from <= 25_000 && to >= 25_000);
  });

  it('follows the end only for a reader who is there', () => {
    const atEnd = zoomed(ALL, live, 0.1);
    assert.deepEqual(atEnd, { at: 'end', length: 10_000 });
    assert.ok(isAtEnd(atEnd, live) && isAtEnd(ALL, live));
    const later = { ...live, to: 250_000 };
    assert.deepEqual(stretchOf(atEnd, later), { from: 240_000, to: 250_000 });
    const away = moved(atEnd, live, -0.5);
    assert.deepEqual(away, { at: 'range', from: 85_000, to: 95_000 });
    assert.ok(!isAtEnd(away, live));
    assert.deepEqual(stretchOf(away, later), stretchOf(away, live));
    assert.deepEqual(moved(away, live, 3), atEnd);
    assert.equal(zoomed(ALL, still, 0.1).at, 'range');
  });

  it('never leaves what there is, whatever is done to it', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed);
      const extent = { from: 1e12, to: 1e12 + between(random, 0, 1e7), isLive: random() < 0.5 };
      const whole = stretchOf(ALL, extent);
      let window: TimelineWindow = { at: 'all' };
      for (let step = 0; step < 40; step++) {
        const at = extent.from + random() * (extent.to - extent.from);
        const to = at + random() * 1_000;
        const changes = [
          () => zoomed(window, extent, 0.2 + random() * 2, random() < 0.5 ? at : undefined),
          () => moved(window, extent, random() * 4 - 2),
          () => windowAround({ from: at, to }, extent),
          () => including(window, extent, { from: at, to }),
        ];
        window = changes[between(random, 0, changes.length)]?.() ?? window;
        const shown = stretchOf(window, extent);
        assert.ok(
          shown.from >= whole.from - 1 && shown.to <= whole.to + 1,
          JSON.stringify({ window, extent }),
        );
        assert.ok(shown.to - shown.from >= MIN_TIMELINE_MS - 1e-3);
      }
    }
  });

  it('goes no further than needed to show something', () => {
    const window: TimelineWindow = { at: 'range', from: 40_000, to: 50_000 };
    assert.deepEqual(including(window, still, { from: 41_000, to: 42_000 }), window);
    assert.deepEqual(including(window, still, { from: 50_500, to: 51_000 }), {
      at: 'range',
      from: 41_800,
      to: 51_800,
    });
    assert.deepEqual(including(window, still, { from: 30_000, to: 31_000 }), {
      at: 'range',
      from: 29_200,
      to: 39_200,
    });
  });

  it('is kept, and read back whatever was kept', () => {
    const kept = { window: { at: 'range', from: 1, to: 1_000 }, isTable: true } as const;
    assert.deepEqual(readTimeline(JSON.parse(JSON.stringify(kept))), kept);
    assert.deepEqual(readTimeline({ window: { at: 'end', length: 500 } }), {
      window: { at: 'end', length: 500 },
      isTable: false,
    });
    const broken = [
      null,
      [],
      'x',
      {},
      { window: { at: 'range', from: 5, to: 1 } },
      { window: { at: 'range', from: 'a', to: 1 } },
      { window: { at: 'end', length: -1 } },
      { window: 3 },
    ];
    for (const value of broken) {
      assert.deepEqual(readTimeline(value), wholeTimeline);
    }
  });
});

describe('the axis of the timeline', () => {
  it('has round times, no more than have room, and a precision that fits', () => {
    for (const [length, precision] of [
      [30, 'millisecond'],
      [900, 'millisecond'],
      [20_000, 'second'],
      [3 * 60_000, 'second'],
      [40 * 60_000, 'minute'],
      [26 * 3_600_000, 'minute'],
      [40 * 86_400_000, 'day'],
      [9_000 * 86_400_000, 'day'],
    ] as const) {
      const from = Date.UTC(2026, 10, 20, 14, 2, 31, 204);
      const axis = axisOf({ from, to: from + length }, 8);
      assert.equal(axis.precision, precision, `${length}`);
      assert.ok(axis.ticks.length >= 1 && axis.ticks.length <= 9, `${length}: ${axis.ticks.length} ticks`);
      assert.ok(axis.ticks.every((tick) => tick >= from && tick <= from + length));
    }
  });
});

describe('the picture of the timeline', () => {
  const mark = (from: number, to: number | null, part: Partial<TimelineMark> = {}): TimelineMark => ({
    track: 0,
    from,
    to,
    count: 1,
    name: 'e',
    label: 'bash',
    busy: 0,
    failed: 0,
    isCut: false,
    tokens: null,
    ...part,
  });
  const lane = (marks: readonly TimelineMark[]): LaneMarks => ({
    lane: 'tools',
    tracks: 2,
    isOverfull: true,
    totals: { count: 0, open: 0, openSince: 0, busy: 0, failed: 0, tokens: null },
    marks,
  });
  const facts = { stretch: { from: 0, to: 1_000 }, end: 900, isLive: true, tickWidth: () => 90 };

  it('draws marks in their rows, none wider than the picture and none over the next', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = seededRandom(seed);
      const marks: TimelineMark[] = [];
      for (const track of [0, 1, 4]) {
        for (let time = -500; time < 1_500; time += between(random, 1, 60)) {
          const from = time;
          time += between(random, 0, 40);
          marks.push(mark(from, time, { track }));
        }
      }
      for (const width of [280, 1_100]) {
        const scene = sceneOf({ ...facts, width, lanes: [lane(marks)] });
        const [drawn] = scene.lanes;
        assert.ok(drawn !== undefined && drawn.marks.length > 0);
        for (const [index, each] of drawn.marks.entries()) {
          assert.ok(each.x >= scene.plotX && each.x + each.width <= scene.plotX + scene.plotWidth + 3);
          assert.ok(each.y >= drawn.y && each.y + each.height <= drawn.y + drawn.height);
          const next = drawn.marks[index + 1];
          if (next?.mark.track === each.mark.track && next.mark.from > each.mark.from) {
            assert.ok(each.x + each.width <= next.x + 1, `${each.x} + ${each.width} over ${next.x}`);
          }
        }
        assert.ok(scene.axis.ticks.length * 90 <= scene.plotWidth + 90);
      }
    }
  });

  it('draws what goes on up to now, and leaves out what is not in the window', () => {
    const marks = [mark(-500, -400), mark(100, null), mark(2_000, 3_000)];
    const scene = sceneOf({ ...facts, width: 1_100, lanes: [lane(marks)] });
    const { x, width } = plotOf(1_100);
    const [only, ...others] = scene.lanes[0]?.marks ?? [];
    assert.deepEqual(others, []);
    assert.ok(only !== undefined);
    assert.ok(Math.abs(only.x - (x + width * 0.1)) < 1);
    assert.ok(Math.abs(only.x + only.width - (x + width * 0.9)) < 1);
    assert.ok(Math.abs((scene.nowX ?? 0) - (x + width * 0.9)) < 1);
  });
});

describe('the keys of the timeline', () => {
  const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

  it('leave the editor’s own alone', () => {
    assert.equal(timelineCommand({ ...none, key: 'ArrowRight' }), 'next');
    assert.equal(timelineCommand({ ...none, key: 'ArrowRight', shiftKey: true }), 'later');
    assert.equal(timelineCommand({ ...none, key: '+', shiftKey: true }), 'zoomIn');
    assert.equal(timelineCommand({ ...none, key: '=' }), 'zoomIn');
    assert.equal(timelineCommand({ ...none, key: 'f', ctrlKey: true }), undefined);
    assert.equal(timelineCommand({ ...none, key: '+', ctrlKey: true }), undefined);
    assert.equal(timelineCommand({ ...none, key: 'constructor' }), undefined);
  });
});

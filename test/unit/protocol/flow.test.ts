import assert from 'node:assert/strict';
import { Flow } from '../../../src/protocol/flow.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** Changes that come closer together than this go out together, in milliseconds. */
const MOMENT = 8;

/** A flow whose flushes send one batch each, with running numbers. */
function setUp() {
  const clock = new ManualClock();
  const times: number[] = [];
  const start = clock.now();
  const flow: Flow = new Flow(clock, () => {
    times.push(clock.now() - start);
    flow.sent(times.length);
  });
  return { clock, flow, times };
}

describe('Flow', () => {
  it('sends the first change at once, and what follows a moment later, together', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    flow.request();
    assert.deepEqual(times, [0]);
    for (let change = 0; change < 100; change++) {
      flow.request();
    }
    clock.advance(MOMENT - 1);
    assert.deepEqual(times, [0]);
    clock.advance(1);
    assert.deepEqual(times, [0, MOMENT]);
    clock.advance(1_000);
    assert.deepEqual(times, [0, MOMENT]);
    assert.equal(clock.pending, 0);
  });

  it('sends at most once per moment while changes come and the page keeps up', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    for (let ms = 0; ms < 160; ms++) {
      flow.request();
      flow.acknowledged(times.length);
      clock.advance(1);
    }
    assert.deepEqual(
      times,
      Array.from({ length: 21 }, (_, moment) => moment * MOMENT),
    );
  });

  it('has at most two batches under way, and sends the rest as one when the page has caught up', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    for (let change = 0; change < 10; change++) {
      flow.request();
      clock.advance(100);
    }
    assert.deepEqual(times, [0, 100]);
    assert.equal(clock.pending, 0);
    flow.acknowledged(0);
    assert.equal(times.length, 2);
    flow.acknowledged(1);
    assert.deepEqual(times, [0, 100, 1_000]);
    flow.acknowledged(3);
    clock.advance(1_000);
    assert.equal(times.length, 3);
  });

  it('takes one acknowledgement for all before it', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    flow.request();
    clock.advance(MOMENT);
    flow.request();
    flow.acknowledged(2);
    flow.request();
    clock.advance(MOMENT);
    flow.request();
    clock.advance(MOMENT);
    assert.equal(times.length, 4);
  });

  it('sends nothing to a page that is not there', () => {
    const { clock, flow, times } = setUp();
    flow.request();
    clock.advance(1_000);
    assert.deepEqual(times, []);
    flow.open();
    flow.acknowledged(0);
    clock.advance(1_000);
    assert.deepEqual(times, [], 'it was told everything when it opened');
    flow.request();
    flow.request();
    flow.close();
    assert.equal(clock.pending, 0);
    flow.request();
    flow.acknowledged(1);
    clock.advance(1_000);
    assert.deepEqual(times, [1_000 * 2]);
    flow.open();
    flow.request();
    assert.equal(times.length, 2);
  });

  it('forgets what a page that opens anew has not acknowledged', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    flow.request();
    clock.advance(MOMENT);
    flow.request();
    flow.open();
    clock.advance(MOMENT);
    flow.request();
    assert.equal(times.length, 3);
  });

  it('waits no longer than a frame when the clock of the machine is set back', () => {
    const { flow, clock, times } = setUp();
    const behind = new ManualClock(clock.now() - 3_600_000);
    let current: ManualClock = clock;
    const moved: Flow = new Flow(
      { now: () => current.now(), after: (ms, call) => current.after(ms, call) },
      () => {
        times.push(0);
      },
    );
    flow.dispose();
    moved.open();
    moved.request();
    current = behind;
    moved.request();
    behind.advance(MOMENT);
    assert.equal(times.length, 2);
  });

  it('leaves no timer behind', () => {
    const { clock, flow, times } = setUp();
    flow.open();
    flow.request();
    flow.request();
    assert.equal(clock.pending, 1);
    flow.dispose();
    assert.equal(clock.pending, 0);
    flow.request();
    clock.advance(1_000);
    assert.equal(times.length, 1);
  });
});

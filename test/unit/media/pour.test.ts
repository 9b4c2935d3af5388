import assert from 'node:assert/strict';
import { Pour } from '../../../media/session/pour.ts';
import { ManualClock } from '../../support/manualClock.ts';

describe('rows that pour in', () => {
  function start() {
    const clock = new ManualClock();
    const calls = { over: 0 };
    const pour = new Pour(clock, () => (calls.over += 1));
    pour.note(1_000, true);
    return { clock, calls, pour };
  }

  it('are not what is there when a session is opened, nor what comes row by row', () => {
    const { pour } = start();
    assert.equal(pour.note(1_001, true), false);
    assert.equal(pour.note(1_003, true), false);
  });

  it('are noticed where several come between two drawings, until it is calm', () => {
    const { pour, clock, calls } = start();
    assert.equal(pour.note(1_008, true), true);
    clock.advance(100);
    assert.equal(pour.note(1_016, true), true);
    clock.advance(100);
    assert.equal(pour.note(1_017, true), true, 'the last of them');
    assert.equal(calls.over, 0);
    clock.advance(50);
    assert.equal(calls.over, 1);
    assert.equal(pour.note(1_017, true), false);
  });

  it('are nothing to a reader who is elsewhere', () => {
    const { pour, clock, calls } = start();
    assert.equal(pour.note(1_100, false), false);
    assert.equal(pour.note(1_200, true), true);
    assert.equal(pour.note(1_300, false), false);
    clock.advance(1_000);
    assert.equal(calls.over, 0);
  });
});

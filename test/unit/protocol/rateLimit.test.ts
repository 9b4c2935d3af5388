import assert from 'node:assert/strict';
import { RateLimit } from '../../../src/vscode/panel/rateLimit.ts';
import { ManualClock } from '../../support/manualClock.ts';

function admitted(limit: RateLimit, tries: number): number {
  return Array.from({ length: tries }, () => limit.admit()).filter(Boolean).length;
}

describe('RateLimit', () => {
  it('lets a burst through, and then what time allows', () => {
    const clock = new ManualClock();
    const limit = new RateLimit(clock);
    assert.equal(admitted(limit, 10_000), 200);
    clock.advance(9);
    assert.equal(admitted(limit, 10), 0);
    clock.advance(2);
    assert.equal(admitted(limit, 10), 1);
    clock.advance(1_000);
    assert.equal(admitted(limit, 10_000), 100);
  });

  it('saves up no more than a burst', () => {
    const clock = new ManualClock();
    const limit = new RateLimit(clock);
    clock.advance(3_600_000);
    assert.equal(admitted(limit, 10_000), 200);
  });

  it('holds 10,000 messages a second down to its rate', () => {
    const clock = new ManualClock();
    const limit = new RateLimit(clock);
    let count = 0;
    for (let ms = 0; ms < 10_000; ms++) {
      count += admitted(limit, 10);
      clock.advance(1);
    }
    assert.ok(count >= 1_190 && count <= 1_200, String(count));
  });

  it('takes nothing away when the clock of the machine is set back', () => {
    let now = 1e12;
    const limit = new RateLimit({ now: () => now, after: () => ({ dispose: () => undefined }) });
    assert.equal(admitted(limit, 100), 100);
    now -= 3_600_000;
    assert.equal(admitted(limit, 200), 100);
    now += 1_000;
    assert.equal(admitted(limit, 200), 100);
  });
});

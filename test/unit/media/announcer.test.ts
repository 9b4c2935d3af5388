import assert from 'node:assert/strict';
import { Announcer } from '../../../media/session/announcer.ts';
import { ManualClock } from '../../support/manualClock.ts';

describe('what is said aloud', () => {
  function start() {
    const clock = new ManualClock();
    const shown: string[] = [];
    const announcer = new Announcer(clock, (text) => shown.push(text));
    return { clock, shown, announcer };
  }

  it('is said soon, and again where it happens again', () => {
    const { clock, shown, announcer } = start();
    announcer.say('Copied');
    clock.advance(50);
    assert.deepEqual(shown, ['', 'Copied']);
    clock.advance(2_000);
    announcer.say('Copied');
    clock.advance(50);
    assert.deepEqual(shown, ['', 'Copied', '', 'Copied']);
  });

  it('is not talked over by what comes while it is said, and that is said afterwards', () => {
    const { clock, shown, announcer } = start();
    announcer.say('Agent replied');
    clock.advance(50);
    for (let message = 0; message < 500; message += 1) {
      announcer.say('Agent replied');
      clock.advance(1);
    }
    announcer.say('Approval needed');
    assert.deepEqual(shown, ['', 'Agent replied']);
    clock.advance(1_000);
    assert.deepEqual(shown, ['', 'Agent replied', '', 'Agent replied\nApproval needed']);
    clock.advance(10_000);
    assert.equal(shown.length, 4);
  });

  it('is the latest of too many things', () => {
    const { clock, shown, announcer } = start();
    ['a', 'b', 'c', 'd', 'b'].forEach((text) => announcer.say(text));
    clock.advance(50);
    assert.equal(shown.at(-1), 'c\nd\nb');
  });
});

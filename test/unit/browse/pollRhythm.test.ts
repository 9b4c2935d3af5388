import assert from 'node:assert/strict';
import { type PollOutcome, PollRhythm } from '../../../src/browse/pollRhythm.ts';
import { ManualClock } from '../../support/manualClock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A rhythm whose polls answer as told. */
class Subject {
  readonly clock = new ManualClock();
  readonly polls: number[] = [];
  readonly start = this.clock.now();
  outcome: PollOutcome | Error = 'same';
  isBusy = false;
  held: ((outcome: PollOutcome) => void) | undefined;
  isHolding = false;
  readonly rhythm = new PollRhythm({
    clock: this.clock,
    isBusy: () => this.isBusy,
    poll: () => {
      this.polls.push((this.clock.now() - this.start) / 1_000);
      if (this.isHolding) {
        return new Promise((resolve) => (this.held = resolve));
      }
      return this.outcome instanceof Error ? Promise.reject(this.outcome) : Promise.resolve(this.outcome);
    },
  });

  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1_000);
      await settled();
    }
  }

  /** The pauses between the polls, in seconds. */
  get pauses(): readonly number[] {
    return this.polls.map((at, index) => at - (this.polls[index - 1] ?? 0));
  }
}

describe('the rhythm of polling', () => {
  let subject: Subject;
  beforeEach(() => {
    subject = new Subject();
    subject.rhythm.noteRead();
  });

  it('asks nothing while nobody looks, and sets no timer', async () => {
    subject.isBusy = true;
    await subject.pass(600);
    assert.deepEqual(subject.polls, []);
    assert.equal(subject.clock.pending, 0);
    subject.rhythm.setSeen(true);
    await subject.pass(1);
    subject.rhythm.setSeen(false);
    await subject.pass(600);
    assert.equal(subject.polls.length, 1);
    assert.equal(subject.clock.pending, 0);
    assert.equal(subject.rhythm.nextPollAt, undefined);
  });

  it('asks every five seconds while something runs', async () => {
    subject.isBusy = true;
    subject.rhythm.setSeen(true);
    await subject.pass(25);
    assert.deepEqual(subject.polls, [5, 10, 15, 20, 25]);
  });

  it('backs off step by step to a minute while nothing changes, and is quick again after a change', async () => {
    subject.rhythm.setSeen(true);
    await subject.pass(5 + 10 + 20 + 40 + 60 + 60);
    assert.deepEqual(subject.pauses, [5, 10, 20, 40, 60, 60]);
    subject.outcome = 'changed';
    await subject.pass(65);
    assert.deepEqual(subject.pauses.slice(6), [60, 5]);
  });

  it('backs off from a server that fails, even while something runs', async () => {
    subject.isBusy = true;
    subject.outcome = new Error('away');
    subject.rhythm.setSeen(true);
    await subject.pass(5 + 10 + 20 + 40 + 60);
    subject.outcome = 'failed';
    await subject.pass(60);
    assert.deepEqual(subject.pauses, [5, 10, 20, 40, 60, 60]);
    subject.outcome = 'same';
    await subject.pass(65);
    assert.deepEqual(subject.pauses.slice(6), [60, 5]);
  });

  it('asks at once when somebody looks again after a while, and not when it was a moment', async () => {
    subject.rhythm.setSeen(true);
    await subject.pass(2);
    subject.rhythm.setSeen(false);
    await subject.pass(1);
    subject.rhythm.setSeen(true);
    await subject.pass(1);
    assert.deepEqual(subject.polls, []);
    await subject.pass(1);
    assert.deepEqual(subject.polls, [5]);
    subject.rhythm.setSeen(false);
    await subject.pass(100);
    subject.rhythm.setSeen(true);
    await subject.pass(1);
    assert.equal(subject.polls.length, 2);
  });

  it('has one request under way, however long it takes', async () => {
    subject.isBusy = true;
    subject.isHolding = true;
    subject.rhythm.setSeen(true);
    await subject.pass(60);
    subject.rhythm.setSeen(false);
    subject.rhythm.setSeen(true);
    subject.rhythm.stir();
    await subject.pass(60);
    assert.deepEqual(subject.polls, [5]);
    subject.held?.('same');
    await settled();
    await subject.pass(5);
    assert.deepEqual(subject.polls, [5, 125]);
  });

  it('begins its pause anew when the server was read by other means, and quickens when something happens', async () => {
    subject.rhythm.setSeen(true);
    await subject.pass(4);
    subject.rhythm.noteRead();
    await subject.pass(4);
    assert.deepEqual(subject.polls, []);
    await subject.pass(60);
    const before = subject.polls.length;
    await subject.pass(6);
    subject.rhythm.stir();
    await subject.pass(1);
    assert.equal(subject.polls.length, before + 1);
  });

  it('ends', async () => {
    subject.rhythm.setSeen(true);
    subject.rhythm.dispose();
    subject.rhythm.noteRead();
    await subject.pass(120);
    assert.deepEqual(subject.polls, []);
  });
});

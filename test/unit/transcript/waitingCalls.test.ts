import assert from 'node:assert/strict';
import { waitingCalls } from '../../../src/transcript/waitingCalls.ts';
import { event } from '../../support/storeEvents.ts';
import { asking, decision, idle, result, running, says, TestSession, use } from './transcriptSetup.ts';

const sessions = [
  [running('s1'), use('a'), use('b'), asking('i1', 'a', 'b')],
  [running('s1'), use('a'), use('b'), asking('i1', 'a', 'b'), decision('d1', 'a')],
  [running('s1'), use('a'), asking('i1', 'a'), decision('d1', 'a'), asking('i2', 'a')],
  [running('s1'), use('a'), asking('i1', 'a'), decision('d1', 'a'), running('s2'), result('r1', 'a')],
  [running('s1'), use('a'), asking('i1', 'a'), result('r1', 'a')],
  [running('s1'), says('m1'), idle('i1')],
] as const;

describe('waitingCalls', () => {
  for (const [index, events] of sessions.entries()) {
    it(`says from the newest events what a transcript of all of them says: ${index + 1}`, () => {
      const session = new TestSession();
      session.arrive(...events);
      assert.deepEqual(waitingCalls(events.map(event).toReversed()), session.transcript.pending);
    });
  }

  it('says nothing where the newest events do not tell', () => {
    assert.equal(waitingCalls([]), undefined);
    assert.equal(waitingCalls([says('m1'), use('a')].map(event)), undefined);
  });
});

import assert from 'node:assert/strict';
import { TURN_REACH } from '../../../src/transcript/turnFacts.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { at } from '../../support/storeEvents.ts';
import { asking, idle, running, says, TestSession } from './transcriptSetup.ts';

const timed = (json: JsonObject, second: number): JsonObject => ({ ...json, processed_at: at(second) });
const request = (id: string, input: number, output: number): JsonObject => ({
  type: 'span.model_request_end',
  id,
  model_usage: { input_tokens: input, output_tokens: output },
});

/** What the line at the end of a turn says. */
function lineOf(session: TestSession, key: string): readonly [code: string, args: unknown] {
  const row = session.row(key);
  assert.ok(row.kind === 'notice');
  return [row.code, row.args];
}

describe('the end of a turn', () => {
  it('says how long the agent worked and what it used', () => {
    const session = new TestSession();
    session.arrive(
      timed(running('s'), 10),
      request('r1', 100, 20),
      says('m'),
      request('r2', 50, 5),
      timed(idle('i'), 22),
    );
    assert.deepEqual(lineOf(session, 'i'), [
      'turn.ended',
      { durationMs: '12000', input: '150', output: '25' },
    ]);
  });

  it('leaves out what the agent waited for a person, and counts each turn by itself', () => {
    const session = new TestSession();
    session.arrive(
      timed(running('s0'), 1),
      request('r0', 1_000, 1_000),
      timed(idle('i0'), 9),
      timed(running('s1'), 10),
      timed(asking('w', 'call'), 12),
      timed(running('s2'), 3_600),
      timed(running('s3'), 3_601),
      timed(idle('i1'), 3_605),
    );
    assert.deepEqual(lineOf(session, 'i0')[1], { durationMs: '8000', input: '1000', output: '1000' });
    assert.deepEqual(lineOf(session, 'i1'), ['turn.ended', { durationMs: '7000' }]);
  });

  it('says that it was interrupted, since no stop reason does', () => {
    const session = new TestSession();
    session.arrive(timed(running('s'), 1), { type: 'user.interrupt', id: 'x' }, timed(idle('i'), 4));
    assert.deepEqual(lineOf(session, 'i'), ['turn.interrupted', { durationMs: '3000' }]);
  });

  it('says no more than that it is over where nothing else is known', () => {
    const session = new TestSession();
    session.arrive(says('m'), timed(idle('i'), 4));
    assert.deepEqual(lineOf(session, 'i'), ['idle.endTurn', {}]);
    session.arrive(timed({ type: 'session.turn_released', id: 'o' }, 5));
    assert.deepEqual(lineOf(session, 'o'), ['idle.endTurn', {}]);
  });

  it('knows more as soon as the beginning of the turn was read', () => {
    const session = new TestSession();
    session.arrive(says('m'), timed(idle('i'), 30));
    const stamp = () => session.transcript.at(session.transcript.positionOf('i') ?? 0)?.stamp;
    assert.deepEqual(lineOf(session, 'i'), ['idle.endTurn', {}]);
    const before = stamp();
    session.older(timed(running('s'), 10), request('r', 7, 3), says('m'));
    assert.deepEqual(lineOf(session, 'i'), ['turn.ended', { durationMs: '20000', input: '7', output: '3' }]);
    assert.notEqual(stamp(), before);
    session.store.trim(2);
    assert.deepEqual(lineOf(session, 'i'), ['idle.endTurn', {}]);
  });

  it('does not look for the beginning of a turn that is too long', () => {
    const session = new TestSession();
    session.arrive(
      says('before'),
      timed(running('s'), 1),
      ...Array.from({ length: TURN_REACH }, (_, index) => says(`m${String(index)}`)),
      timed(idle('i'), 9),
    );
    assert.deepEqual(lineOf(session, 'i'), ['idle.endTurn', {}]);
  });
});

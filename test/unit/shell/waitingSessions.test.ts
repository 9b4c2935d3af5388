import assert from 'node:assert/strict';
import { presets } from '../../../src/api/connection.ts';
import { WaitingSessions } from '../../../src/vscode/services/waitingSessions.ts';

describe('sessions that wait', () => {
  const [one, other] = presets;

  it('are known by connection and session, and every change is told once', () => {
    assert.ok(one !== undefined && other !== undefined);
    const waiting = new WaitingSessions();
    const told: string[] = [];
    waiting.onDidChange(({ connectionId, sessionId }) => told.push(`${connectionId} ${sessionId}`));
    waiting.set(one, 'a', 2);
    waiting.set(one, 'a', 2);
    assert.deepEqual(
      [waiting.count(one, 'a'), waiting.count(one, 'b'), waiting.count(other, 'a')],
      [2, 0, 0],
    );
    waiting.set(one, 'a', 1);
    waiting.set(one, 'a', 0);
    waiting.set(one, 'a', 0);
    assert.equal(waiting.count(one, 'a'), 0);
    assert.deepEqual(
      told,
      Array.from({ length: 3 }, () => `${one.id} a`),
    );
  });
});

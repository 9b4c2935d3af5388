import assert from 'node:assert/strict';
import { comparableText } from '../../../../src/transcript/export/comparableText.ts';
import { asks, result, says, TestSession, use } from '../transcriptSetup.ts';
import { texts } from './exportSetup.ts';

/** A session whose ids and times are its own. */
function sessionAt(mark: string, answer: string): string {
  const session = new TestSession();
  const time = (second: number) => ({ processed_at: `2026-01-${mark}T00:00:0${second}Z` });
  session.arrive(
    asks(`a${mark}`, { ...time(1), content: [{ type: 'text', text: 'Hello' }] }),
    { ...use(`u${mark}`), ...time(2), input: { command: 'ls' } },
    { ...result(`r${mark}`, `u${mark}`), ...time(5), content: [{ type: 'text', text: 'out' }] },
    { ...says(`m${mark}`, answer), ...time(6) },
  );
  const source = {
    event: (key: string) => session.store.get(key),
    resultOf: (id: string) => session.transcript.resultOf(id),
  };
  return comparableText(session.transcript, source, texts).text;
}

describe('a transcript to be compared', () => {
  it('is the same where the same was said, whenever that was', () => {
    const one = sessionAt('01', 'Done.');
    assert.ok(one.includes('Hello') && one.includes('ls') && one.includes('out') && one.includes('Done.'));
    assert.equal(sessionAt('02', 'Done.'), one);
    assert.notEqual(sessionAt('02', 'Not done.'), one);
  });
});

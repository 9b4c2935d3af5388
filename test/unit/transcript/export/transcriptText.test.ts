import assert from 'node:assert/strict';
import { TranscriptText } from '../../../../src/transcript/export/transcriptText.ts';
import { result, says, TestSession, use } from '../transcriptSetup.ts';
import { bodiesOf, texts } from './exportSetup.ts';

const EVERYTHING = 1e9;

function setUp() {
  const session = new TestSession();
  let rowsMade = 0;
  const bodies = bodiesOf(session);
  const counting = {
    ...bodies,
    event: (key: string) => {
      rowsMade += 1;
      return bodies.event(key);
    },
  };
  const text = new TranscriptText(session.transcript, counting, texts);
  return { session, text, made: () => rowsMade };
}

describe('a transcript as text', () => {
  it('grows with the session, and writes only what changed', () => {
    const { session, text, made } = setUp();
    session.arrive(says('a1'), use('c1'));
    const before = text.newest(EVERYTHING);
    const count = made();
    session.arrive(says('a2'));
    const after = text.newest(EVERYTHING);
    assert.equal(made(), count + 1);
    assert.ok(after.text.startsWith(before.text));
    assert.match(after.text, /a2/);
    session.arrive(result('o1', 'c1'));
    assert.match(text.newest(EVERYTHING).text, /result o1/);
    assert.equal(made(), count + 2);
    assert.equal(after.isCut, false);
  });

  it('keeps the newest rows whole where not all fit', () => {
    const { session, text } = setUp();
    for (let index = 0; index < 100; index++) {
      session.arrive(says(`a${index}`, `${index} ${'x'.repeat(1_000)}`));
    }
    const { text: written, isCut } = text.newest(10_000);
    assert.ok(isCut);
    assert.ok(written.length <= 10_000 && written.length > 8_000);
    assert.match(written, /^## Agent/);
    assert.match(written, /`a99`/);
    assert.doesNotMatch(written, /`a0`/);
  });

  it('shows the end of a row that alone is too long', () => {
    const { session, text } = setUp();
    session.arrive(says('a1', `${'x'.repeat(50_000)} the end`));
    const { text: written, isCut } = text.newest(1_000);
    assert.ok(isCut);
    assert.equal(written.length, 1_000);
    assert.match(written, /the end\n\n$/);
  });

  it('forgets rows that it does not show any more', () => {
    const { session, text, made } = setUp();
    session.arrive(says('a1', 'x'.repeat(900)), says('a2', 'y'.repeat(900)));
    text.newest(1_500);
    const count = made();
    text.newest(1_500);
    // The row that does not fit is looked at each time; those that do are not written again.
    assert.equal(made(), count + 1);
  });
});

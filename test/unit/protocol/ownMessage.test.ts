import assert from 'node:assert/strict';
import { MAX_WINDOW_ROWS, type Patch } from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { asks, says, TestSession } from '../transcript/transcriptSetup.ts';
import { PageReplica } from './pageReplica.ts';

const content = (text: string) => [{ type: 'text', text }];
const message = (text: string): JsonObject => ({ type: 'user.message', content: content(text) });

/** A long session in a page's window, in which the user writes. */
function conversation() {
  const session = new TestSession();
  session.arrive(...Array.from({ length: 100 }, (_, index) => says(`m${index}`)));
  const { outbox, transcript } = session;
  const window = new RowWindow(transcript, MAX_WINDOW_ROWS, (key) => outbox.echoOf(key));
  const page = new PageReplica();
  const flush = (): readonly Patch[] => {
    const patches = window.patches();
    patches.forEach((patch) => page.apply(patch));
    assert.deepEqual(page.rows, session.rows().slice(page.from));
    return patches;
  };
  page.open(window.open());
  return { session, page, flush };
}

const ops = (patches: readonly Patch[]) => patches.map(({ op }) => op);

describe('a message of our own', () => {
  it('takes the place of its own shadow in one patch when it comes back', () => {
    const { session, page, flush } = conversation();
    session.outbox.add(message('hello'), 0);
    assert.deepEqual(ops(flush()), ['append', 'range']);
    assert.equal(page.rows.at(-1)?.eventId, null);
    session.arrive({ ...message('hello'), id: 'u1', processed_at: null });
    session.outbox.settle();
    assert.deepEqual(ops(flush()), ['set']);
    assert.equal(page.rows.at(-1)?.key, 'u1');
    assert.deepEqual(flush(), []);
  });

  it('does so when there are several, whichever comes back first', () => {
    const { session, page, flush } = conversation();
    session.outbox.add(message('one'), 0);
    session.outbox.add(message('two'), 0);
    flush();
    session.arrive({ ...message('one'), id: 'u1', processed_at: null });
    session.outbox.settle();
    assert.deepEqual(ops(flush()), ['set']);
    session.arrive({ ...message('two'), id: 'u2', processed_at: null });
    session.outbox.settle();
    assert.deepEqual(ops(flush()), ['set']);
    assert.deepEqual(
      page.rows.slice(-2).map(({ key }) => key),
      ['u1', 'u2'],
    );
  });

  it('is not mistaken for a message of somebody else that calls itself like that', () => {
    const { session, flush } = conversation();
    const key = session.outbox.add(message('mine'), 0);
    flush();
    session.arrive(asks('out-0'));
    session.outbox.settle();
    // Another row moved in before it: nothing but the window anew is right.
    assert.deepEqual(ops(flush()), ['window']);
    assert.ok(session.outbox.has(key));
  });
});

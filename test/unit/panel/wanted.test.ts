import assert from 'node:assert/strict';
import type { FeedState, FeedStatus, HistoryState } from '../../../src/stream/feedState.ts';
import { type RevealTarget, Wanted } from '../../../src/vscode/panel/wanted.ts';
import { asking, running, says, TestSession, use } from '../transcript/transcriptSetup.ts';

describe('what a page is to be shown', () => {
  let session: TestSession;
  let state: FeedState;
  let history: HistoryState;
  let missed: RevealTarget[];
  let wanted: Wanted;

  beforeEach(() => {
    session = new TestSession();
    state = { kind: 'connecting' };
    history = { kind: 'loading' };
    missed = [];
    const status = (): FeedStatus => ({ state, history, lastByteAt: undefined, unreadableFrames: 0 });
    wanted = new Wanted({
      transcript: session.transcript,
      status,
      missed: (target) => missed.push(target),
    });
  });

  it('is a row as soon as it is there, once', () => {
    wanted.reveal({ key: 'b' });
    assert.deepEqual(wanted.take(), []);
    session.arrive(says('a'), says('b'));
    assert.deepEqual(wanted.take(), [{ type: 'reveal', at: 1, key: 'b' }]);
    assert.deepEqual(wanted.take(), []);
  });

  it('is a match in a row, for the find bar of the page', () => {
    const match = { text: 'b', matchCase: false, wholeWord: true, ordinal: 2 };
    wanted.reveal({ key: 'b', match });
    session.arrive(says('a'), says('b'));
    assert.deepEqual(wanted.take(), [
      { type: 'reveal', at: 1, key: 'b' },
      { type: 'showFind', wish: { ...match, at: 1 } },
    ]);
  });

  it('is waited for while older rows are still being read', () => {
    state = { kind: 'live' };
    history = { kind: 'partial' };
    wanted.reveal({ key: 'old' });
    session.arrive(says('a'));
    assert.deepEqual(wanted.take(), []);
    session.older(says('old'));
    assert.deepEqual(wanted.take(), [{ type: 'reveal', at: -1, key: 'old' }]);
  });

  it('is where the page was, at once or as soon as that row is read', () => {
    session.arrive(says('a'), says('b'));
    assert.equal(wanted.place('b'), 1);
    assert.equal(wanted.place(undefined), undefined);
    assert.deepEqual(wanted.take(), []);
    assert.equal(wanted.place('old'), undefined);
    assert.deepEqual(wanted.take(), []);
    session.older(says('old'), says('older'));
    assert.deepEqual(wanted.take(), [{ type: 'place', at: -2, key: 'old' }]);
    assert.deepEqual(wanted.take(), []);
    assert.equal(wanted.place('gone'), undefined);
    assert.equal(wanted.place(undefined), undefined, 'a page that begins at the end wants no place any more');
    session.older(says('gone'));
    assert.deepEqual(wanted.take(), []);
  });

  it('is the call that waits longest, of those that are there', () => {
    wanted.reveal('waiting');
    session.arrive(running('s1'), use('a'), use('b'));
    assert.deepEqual(wanted.take(), []);
    session.arrive(asking('i1', 'gone', 'b', 'a'));
    assert.deepEqual(wanted.take(), [{ type: 'reveal', at: 0, key: 'a' }]);
  });

  it('is the field for writing where it will not come any more', () => {
    wanted.reveal('waiting');
    state = { kind: 'live' };
    assert.deepEqual(wanted.take(), [], 'history is still being read');
    history = { kind: 'complete' };
    assert.deepEqual(wanted.take(), [{ type: 'focusComposer' }]);
    assert.deepEqual(missed, ['waiting']);
    assert.deepEqual(wanted.take(), []);
  });

  it('is not given up while the feed catches up or is cut off', () => {
    history = { kind: 'complete' };
    wanted.reveal({ key: 'a' });
    for (const kind of ['stopped', 'connecting', 'catchingUp'] as const) {
      state = { kind };
      assert.deepEqual(wanted.take(), []);
    }
    state = { kind: 'ended', why: 'notFound' };
    assert.deepEqual(wanted.take(), [{ type: 'focusComposer' }]);
    assert.deepEqual(missed, [{ key: 'a' }]);
  });

  it('is what was wished for last', () => {
    session.arrive(says('a'), says('b'));
    wanted.reveal({ key: 'a' });
    wanted.reveal({ key: 'b' });
    wanted.focusComposer();
    assert.deepEqual(wanted.take(), [{ type: 'reveal', at: 1, key: 'b' }, { type: 'focusComposer' }]);
  });
});

import assert from 'node:assert/strict';
import type { Activity, NoticeKind } from '../../../src/browse/activity.ts';
import { Attention } from '../../../src/browse/attention.ts';
import {
  GATHER_MS,
  type Notice,
  NoticeGatherer,
  type NoticePolicy,
} from '../../../src/browse/noticeGatherer.ts';
import { NoticeLock } from '../../../src/browse/noticeLock.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { badgeText, countsText, noticeText } from '../../../src/text/attentionText.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { here } from './attentionSetup.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('messages about sessions', () => {
  let clock: ManualClock;
  let attention: Attention;
  let policies: Record<NoticeKind, NoticePolicy>;
  let isFocused: boolean;
  let inView: string | undefined;
  let shown: string[][];
  let gatherer: NoticeGatherer;
  const note = (sessionId: string, activity: Activity, isNews = false) =>
    attention.note({ connection: here, sessionId, title: undefined, activity, waiting: 0, isNews });
  const gathered = async () => {
    clock.advance(GATHER_MS);
    await settled();
  };

  beforeEach(() => {
    clock = new ManualClock();
    attention = new Attention(clock);
    policies = { needsYou: 'always', finished: 'always', failed: 'always' };
    isFocused = false;
    inView = undefined;
    shown = [];
    gatherer = new NoticeGatherer({
      attention,
      clock,
      policy: (kind) => policies[kind],
      isFocused: () => isFocused,
      isInView: ({ sessionId }) => sessionId === inView,
      claim: (notices) => Promise.resolve(notices),
      show: (notices: readonly Notice[]) =>
        shown.push(notices.map(({ kind, sessionId }) => `${sessionId} ${kind}`)),
    });
    for (const id of ['a', 'b', 'c', 'd']) {
      note(id, 'running');
    }
  });
  afterEach(() => gatherer.dispose());

  it('are silent about what was so when it was seen first', async () => {
    note('new', 'needsYou');
    note('other', 'unknown');
    note('other', 'needsYou');
    await gathered();
    assert.deepEqual(shown, []);
    note('third', 'unknown');
    note('third', 'needsYou', true);
    await gathered();
    assert.deepEqual(shown, [['third needsYou']]);
  });

  it('are one for all that happens together', async () => {
    note('a', 'needsYou');
    clock.advance(GATHER_MS - 1);
    note('b', 'failed');
    note('c', 'idle');
    clock.advance(1);
    await settled();
    assert.deepEqual(shown, [['a needsYou', 'b failed', 'c finished']]);
    await gathered();
    assert.equal(shown.length, 1);
    assert.equal(clock.pending, 0);
  });

  it('do not speak of what is over by then', async () => {
    note('a', 'needsYou');
    note('a', 'running');
    await gathered();
    assert.deepEqual(shown, []);
  });

  it('follow the settings, the focus and what is in view', async () => {
    policies = { needsYou: 'whenUnfocused', finished: 'never', failed: 'always' };
    isFocused = true;
    inView = 'c';
    note('a', 'needsYou');
    note('b', 'idle');
    note('c', 'failed');
    note('d', 'failed');
    await gathered();
    assert.deepEqual(shown, [['d failed']]);
    isFocused = false;
    note('a', 'running');
    note('a', 'needsYou');
    note('c', 'running');
    note('c', 'failed');
    await gathered();
    assert.deepEqual(shown[1], ['a needsYou', 'c failed'], 'nobody sees a panel of a window without focus');
  });

  it('leave a muted session alone', async () => {
    gatherer.mute({ connection: here, sessionId: 'a' });
    note('a', 'needsYou');
    note('b', 'needsYou');
    await gathered();
    assert.deepEqual(shown, [['b needsYou']]);
  });
});

describe('the lock of several windows', () => {
  /** What all windows share; a write arrives when the clock moves. */
  function windows(clock: ManualClock) {
    const shared = new Map<string, unknown>();
    const window = (owner: string) => {
      const memory = {
        get: (key: string) => shared.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void shared.set(key, value)),
      };
      return new NoticeLock({ memory, clock, owner });
    };
    return { window, shared };
  }
  const claims = async (clock: ManualClock, ...flights: Promise<ReadonlySet<string>>[]) => {
    await settled();
    clock.advance(1_000);
    return (await Promise.all(flights)).map((own) => [...own]);
  };

  it('lets one of them tell', async () => {
    const clock = new ManualClock();
    const { window } = windows(clock);
    const [one, other] = [window('one'), window('other')];
    assert.deepEqual(await claims(clock, one.claim(['x'])), [['x']]);
    assert.deepEqual(await claims(clock, other.claim(['x', 'y'])), [['y']]);
    assert.deepEqual(await claims(clock, one.claim(['x'])), [['x']], 'again, in the same window');
  });

  it('lets one tell where two claim in the same moment', async () => {
    const clock = new ManualClock();
    const { window } = windows(clock);
    const own = await claims(clock, window('one').claim(['x']), window('other').claim(['x']));
    assert.equal(own.flat().length, 1);
  });

  it('lets go after a minute, and of what nobody can read', async () => {
    const clock = new ManualClock();
    const { window, shared } = windows(clock);
    shared.set('managedAgents.noticeClaims', [{ key: 'x' }, 7, null]);
    assert.deepEqual(await claims(clock, window('one').claim(['x'])), [['x']]);
    clock.advance(60_000);
    assert.deepEqual(await claims(clock, window('other').claim(['x'])), [['x']]);
  });

  it('would rather tell twice than never', async () => {
    const memory = { get: () => undefined, update: () => Promise.reject(new Error('full')) };
    const lock = new NoticeLock({ memory, clock: new ManualClock(), owner: 'one' });
    assert.deepEqual([...(await lock.claim(['x']))], ['x']);
  });
});

describe('texts about sessions', () => {
  const notice = (kind: NoticeKind, title: string) => ({ kind, title, sessionId: 's' });

  it('count', () => {
    assert.equal(countsText({ running: 2, needsYou: 1 }, plainL10n), '2 running · 1 needs you');
    assert.equal(countsText({ running: 0, needsYou: 3 }, plainL10n), '3 need you');
    assert.equal(countsText({ running: 0, needsYou: 0 }, plainL10n), '');
    assert.equal(badgeText(1, plainL10n), '1 session waits for you');
  });

  it('name one session, and the first of several', () => {
    assert.equal(noticeText([notice('needsYou', 'A\u202e')], plainL10n), '“A⟨202E⟩” needs you.');
    assert.equal(noticeText([notice('failed', 'A')], plainL10n), '“A” has failed.');
    const many = ['A', 'B', 'C', 'D'].map((title) => notice('needsYou', title));
    assert.equal(
      noticeText([...many, notice('failed', 'E'), notice('finished', 'F')], plainL10n),
      'Sessions: 4 need you · 1 failed · 1 finished. A, B, C, …',
    );
  });
});

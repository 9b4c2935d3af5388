import assert from 'node:assert/strict';
import { decodeEvent } from '../../../src/api/resources/event.ts';
import { type Activity, activityOfEvents, noticeOf } from '../../../src/browse/activity.ts';
import { Attention, STALE_AFTER_MS } from '../../../src/browse/attention.ts';
import { shownActivity } from '../../../src/browse/shownActivity.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { elsewhere, here, sessionOf } from './attentionSetup.ts';

const idle = { activity: 'idle', waiting: 0 } as const;
const running = { activity: 'running', waiting: 0 } as const;
const needsYou = { activity: 'needsYou', waiting: 1 } as const;

describe('what is known of sessions', () => {
  let clock: ManualClock;
  let attention: Attention;
  let told: string[];
  const note = (sessionId: string, what: { activity: Activity; waiting: number }, more: object = {}) =>
    attention.note({ connection: here, sessionId, title: undefined, ...what, ...more });

  beforeEach(() => {
    clock = new ManualClock();
    attention = new Attention(clock);
    told = [];
    attention.onDidChange(({ before, now }) =>
      told.push(`${before?.activity ?? '-'} > ${now?.activity ?? '-'}`),
    );
  });

  it('tells every change once, and counts', () => {
    note('a', running);
    note('a', running);
    note('b', needsYou);
    assert.deepEqual(attention.counts(), { running: 1, needsYou: 1 });
    assert.deepEqual(
      attention.active().map(({ sessionId }) => sessionId),
      ['b', 'a'],
    );
    attention.forget(here, 'b');
    assert.deepEqual(told, ['- > running', '- > needsYou', 'needsYou > -']);
    assert.equal(attention.of(elsewhere, 'a'), undefined);
  });

  it('lets a panel that follows the session know better than a list, until the panel is gone', () => {
    note('a', needsYou, { isLive: () => true });
    note('a', idle);
    assert.equal(attention.of(here, 'a')?.activity, 'needsYou');
    attention.release(here, 'a');
    assert.equal(attention.isFollowed(here, 'a'), false);
    note('a', idle);
    assert.equal(attention.of(here, 'a')?.activity, 'idle');
  });

  it('does not say for ever that a session runs at which nobody looks', () => {
    note('seen', running);
    note('followed', running, { isLive: () => true });
    assert.equal(attention.counts().running, 2);
    assert.equal(attention.nextStaleAt, clock.now() + STALE_AFTER_MS);
    clock.advance(STALE_AFTER_MS);
    assert.equal(attention.counts().running, 1);
    assert.equal(attention.nextStaleAt, undefined);
  });

  it('forgets what belongs to a connection that is not shown, unless a panel follows it', () => {
    note('a', needsYou);
    attention.note({ connection: elsewhere, sessionId: 'b', title: undefined, ...needsYou });
    attention.note({
      connection: elsewhere,
      sessionId: 'c',
      title: undefined,
      ...needsYou,
      isLive: () => true,
    });
    attention.keepOnly(({ id }) => id === here.id);
    assert.deepEqual(
      attention.active().map(({ sessionId }) => sessionId),
      ['a', 'c'],
    );
  });
});

describe('what a row says', () => {
  const live = () => true;
  const cases = [
    // the list's word, what was seen, what is shown beyond the list's word
    ['idle', undefined, undefined],
    ['idle', { activity: 'unknown' }, undefined],
    ['idle', { activity: 'needsYou' }, 'needsYou'],
    ['active', { activity: 'needsYou' }, 'needsYou'],
    ['active', { activity: 'running' }, 'running'],
    ['active', { activity: 'unknown' }, undefined],
    ['active', { activity: 'idle' }, 'idle'],
    ['active', { activity: 'idle', isLive: live }, 'idle'],
    ['running', { activity: 'needsYou' }, undefined],
    ['running', { activity: 'needsYou', isLive: live }, 'needsYou'],
    ['terminated', { activity: 'needsYou' }, undefined],
  ] as const;
  it('does not claim idle where the list would not tell that the session works again', () => {
    const session = sessionOf('a', 'active', 0, { updated_at: null });
    assert.equal(shownActivity(session, { activity: 'idle' }), undefined);
    assert.equal(shownActivity(session, { activity: 'idle', isLive: live }), 'idle');
    assert.equal(shownActivity(session, { activity: 'needsYou' }), 'needsYou');
  });

  for (const [status, seen, shown] of cases) {
    it(`${status} and ${JSON.stringify(seen)}: ${shown ?? 'as the list says'}`, () => {
      assert.equal(shownActivity(sessionOf('a', status), seen), shown);
    });
  }
});

describe('what events say that a session does', () => {
  const of = (...newest: object[]) => activityOfEvents(newest.flatMap((event) => decodeEvent(event) ?? []));
  const asks = { type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: ['e1'] } };

  it('is found in the newest status', () => {
    assert.equal(of({ type: 'agent.message' }), undefined);
    assert.deepEqual(of({ type: 'agent.message' }, { type: 'session.status_running' }, asks), running);
    assert.deepEqual(of(asks), needsYou);
    assert.deepEqual(of({ type: 'user.tool_confirmation', tool_use_id: 'e1', result: 'allow' }, asks), idle);
    assert.deepEqual(of({ type: 'session.status_idle', stop_reason: 'end_turn' }), idle);
    assert.deepEqual(of({ type: 'session.status_idle', stop_reason: { type: 'retries_exhausted' } }), {
      activity: 'failed',
      waiting: 0,
    });
    assert.equal(of({ type: 'session.status_terminated' })?.activity, 'ended');
  });

  it('is worth a message where it means something new', () => {
    assert.equal(noticeOf('running', 'needsYou'), 'needsYou');
    assert.equal(noticeOf('running', 'idle'), 'finished');
    assert.equal(noticeOf('running', 'failed'), 'failed');
    assert.equal(noticeOf('running', 'ended'), 'failed');
    assert.equal(noticeOf('idle', 'ended'), undefined);
    assert.equal(noticeOf('needsYou', 'running'), undefined);
    assert.equal(noticeOf('needsYou', 'needsYou'), undefined);
    assert.equal(noticeOf('unknown', 'idle'), undefined);
  });
});

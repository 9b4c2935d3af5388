import assert from 'node:assert/strict';
import type { ToldActivity } from '../../../src/browse/activity.ts';
import { Attention } from '../../../src/browse/attention.ts';
import { SessionWatch } from '../../../src/browse/sessionWatch.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { here, sessionOf } from './attentionSetup.ts';

describe('watching a list of sessions', () => {
  let attention: Attention;
  let watch: SessionWatch;
  let looked: string[];
  let told: Map<string, ToldActivity | Error>;
  const activity = (id: string) => attention.of(here, id)?.activity;

  beforeEach(() => {
    attention = new Attention(new ManualClock());
    looked = [];
    told = new Map();
    watch = new SessionWatch({
      connection: here,
      attention,
      look: (id) => {
        looked.push(id);
        const answer = told.get(id);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    });
  });

  it('takes the list’s word for what runs and has ended, and asks nobody', async () => {
    watch.fold([sessionOf('a', 'running'), sessionOf('b', 'terminated'), sessionOf('c', 'rescheduling')]);
    assert.equal(await watch.lookCloser(), false);
    assert.deepEqual(looked, []);
    assert.deepEqual(['a', 'b', 'c'].map(activity), ['running', 'ended', 'running']);
    assert.equal(watch.isBusy, true);
  });

  it('looks at a session that has stopped running first, and learns that it waits', async () => {
    const calm = Array.from({ length: 10 }, (_, index) => sessionOf(`s${index}`, 'idle'));
    watch.fold([...calm, sessionOf('z', 'running')]);
    watch.fold([...calm, sessionOf('z', 'idle', 1)]);
    assert.equal(activity('z'), 'running', 'nobody knows yet what it does now');
    told.set('z', { activity: 'needsYou', waiting: 2 });
    assert.equal(await watch.lookCloser(), true);
    assert.deepEqual(looked, ['z', 's0', 's1'], 'three at most after one poll');
    assert.equal(activity('z'), 'needsYou');
  });

  it('looks once at each of the newest, and again when it has changed', async () => {
    const items = Array.from({ length: 40 }, (_, index) => sessionOf(`s${index}`, 'idle'));
    watch.fold(items);
    while (await watch.lookCloser()) {
      assert.ok(looked.length <= 12);
    }
    await watch.lookCloser();
    assert.deepEqual(
      looked,
      items.slice(0, 12).map(({ id }) => id),
    );
    looked.length = 0;
    told.set('s30', { activity: 'needsYou', waiting: 1 });
    const changes: (boolean | undefined)[] = [];
    attention.onDidChange(({ now }) => changes.push(now?.isNews));
    watch.fold(items.map((item) => (item.id === 's30' ? sessionOf('s30', 'idle', 7) : item)));
    await watch.lookCloser();
    assert.deepEqual(looked, ['s30']);
    assert.deepEqual(changes, [true], 'a turn between two polls is news');
  });

  it('does not claim what it could not find out, and does not ask for ever', async () => {
    watch.fold([sessionOf('a', 'running'), sessionOf('b', 'active')]);
    watch.fold([sessionOf('a', 'idle', 1), sessionOf('b', 'active')]);
    told.set('a', new Error('501'));
    await watch.lookCloser();
    await watch.lookCloser();
    assert.deepEqual(looked, ['a', 'b']);
    assert.deepEqual([activity('a'), activity('b')], ['idle', 'unknown']);
  });

  it('leaves a session alone that a panel follows', async () => {
    attention.note({
      connection: here,
      sessionId: 'a',
      title: undefined,
      activity: 'needsYou',
      waiting: 1,
      isLive: () => true,
    });
    watch.fold([sessionOf('a', 'idle')]);
    await watch.lookCloser();
    assert.deepEqual(looked, []);
    assert.equal(activity('a'), 'needsYou');
  });

  it('forgets what is archived or gone', () => {
    watch.fold([sessionOf('a', 'running'), sessionOf('b', 'running')]);
    watch.fold([sessionOf('b', 'idle', 1, { archived_at: '2026-01-02T00:00:00Z' })]);
    assert.deepEqual(attention.active(), []);
  });

  it('keeps what a filter leaves out, until the whole list is read again without it', () => {
    watch.fold([sessionOf('a', 'running'), sessionOf('b', 'running')]);
    watch.fold([sessionOf('b', 'running')], true);
    assert.equal(activity('a'), 'running');
    watch.fold([sessionOf('b', 'running')]);
    assert.equal(activity('a'), undefined);
  });
});

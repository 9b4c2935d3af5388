import assert from 'node:assert/strict';
import {
  MAX_TIMELINE_LABEL,
  MAX_TIMELINE_MARKS,
  MAX_TIMELINE_WIDTH,
  TIMELINE_GRAIN,
  TIMELINE_TRACKS,
  type TimelineHostMessage,
  timelineLanes,
  type TimelinePageMessage,
} from '../../../src/protocol/timelineMessages.ts';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { TimelinePort } from '../../../src/timeline/timelinePort.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { busyEvents } from '../../support/page/busyEvents.ts';
import { event } from '../../support/storeEvents.ts';

type Answer = Extract<TimelineHostMessage, { type: 'timeline' }>;
type View = Extract<TimelinePageMessage, { type: 'timelineView' }>;

class Bench {
  readonly clock = new ManualClock();
  readonly store = new EventStore();
  readonly posted: Answer[] = [];
  readonly port = new TimelinePort({
    store: this.store,
    clock: this.clock,
    post: (message) => message.type === 'timeline' && this.posted.push(message),
    nameOf: (key) => (this.store.get(key) === undefined ? undefined : `name of ${key}`),
    clean: (text) => text.slice(0, MAX_TIMELINE_LABEL),
  });
  private view = 0;

  arrive(...events: readonly JsonObject[]): void {
    for (const json of events) {
      this.store.arrive(event(json), this.clock.now());
      this.port.changed();
    }
  }

  look(window: View['window'] = { at: 'all' }, part: Partial<View> = {}): Answer {
    this.view++;
    this.port.receive({ type: 'timelineView', view: this.view, window, width: 1_000, margin: 0, ...part });
    return this.last();
  }

  last(): Answer {
    const found = this.posted.at(-1);
    assert.ok(found !== undefined);
    return found;
  }

  ack(): void {
    this.port.receive({ type: 'timelineAck', seq: this.last().seq });
  }
}

const T = Date.UTC(2026, 0, 1);
const at = (ms: number) => new Date(T + ms).toISOString();
const call = (id: string, ms: number): JsonObject => ({
  type: 'agent.tool_use',
  name: 'bash',
  id,
  processed_at: at(ms),
});
const result = (id: string, ms: number): JsonObject => ({
  type: 'agent.tool_result',
  id: `r${id}`,
  tool_use_id: id,
  processed_at: at(ms),
});

/** Everything that an answer must keep to, whatever was asked. */
function checkAnswer(answer: Answer): void {
  const marks = answer.lanes.flatMap((lane) => lane.marks ?? []);
  assert.ok(marks.length <= MAX_TIMELINE_MARKS);
  for (const { lane, tracks, totals } of answer.lanes) {
    assert.ok(timelineLanes.includes(lane));
    assert.ok(tracks <= TIMELINE_TRACKS);
    assert.ok(Object.values(totals).every((value) => typeof value !== 'number' || Number.isFinite(value)));
  }
  for (const mark of marks) {
    assert.ok(Number.isFinite(mark.from) && (mark.to === null || mark.to >= mark.from));
    assert.ok(mark.label.length <= MAX_TIMELINE_LABEL && mark.track <= TIMELINE_TRACKS);
  }
  // It crosses as JSON: nothing in it may be lost on the way.
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
}

describe('the port of the timeline', function () {
  this.timeout(180_000);
  it('answers a question, then tells of changes, and stops when the page looks away', () => {
    const bench = new Bench();
    bench.arrive(call('a', 0));
    assert.equal(bench.posted.length, 0);
    const first = bench.look();
    assert.deepEqual(
      first.lanes.map(({ lane, marks }) => [lane, marks?.map(({ name, to, label }) => [name, to, label])]),
      [['tools', [['name of a', null, 'bash']]]],
    );
    assert.equal(first.isLive, true);
    bench.ack();
    bench.arrive(result('a', 700));
    bench.clock.advance(1_000);
    assert.equal(bench.posted.length, 2);
    assert.equal(bench.last().lanes[0]?.marks?.[0]?.to, T + 700);
    assert.equal(bench.last().isLive, false);
    assert.deepEqual(bench.last().domain, { from: T, to: T + 700 });
    bench.ack();
    bench.port.receive({ type: 'timelineHide' });
    bench.arrive(call('b', 900));
    bench.clock.advance(10_000);
    assert.equal(bench.posted.length, 2);
  });

  it('sends marks again only where they have changed', () => {
    const bench = new Bench();
    bench.arrive(call('a', 0), result('a', 500), {
      type: 'session.status_running',
      id: 's',
      processed_at: at(0),
    });
    bench.look({ at: 'range', from: T, to: T + 1_000 });
    bench.ack();
    bench.arrive(call('b', 600));
    bench.clock.advance(1_000);
    assert.deepEqual(
      bench.last().lanes.map(({ lane, marks }) => [lane, marks?.length ?? null]),
      [
        ['turns', null],
        ['tools', 2],
      ],
    );
    bench.ack();
    bench.arrive(call('c', 60_000));
    bench.clock.advance(1_000);
    assert.ok(bench.last().lanes.every(({ marks }) => marks === null));
    assert.equal(bench.last().lanes[1]?.totals.count, 3);
  });

  it('follows the end, and stays where it was asked to be', () => {
    const bench = new Bench();
    bench.arrive(call('a', 0), result('a', 500), call('b', 5_000), result('b', 9_000));
    const end = bench.look({ at: 'end', length: 1_000 });
    assert.deepEqual([end.from, end.to], [T + 8_000, T + 9_000]);
    bench.ack();
    bench.arrive(call('c', 20_000), result('c', 20_001));
    bench.clock.advance(1_000);
    assert.equal(bench.last().to, T + 20_001);
    bench.look({ at: 'range', from: T + 100, to: T + 200 }, { margin: 0.5 });
    assert.deepEqual([bench.last().from, bench.last().to], [T + 50, T + 250]);
    bench.ack();
    bench.arrive(call('d', 30_000));
    bench.clock.advance(1_000);
    assert.deepEqual([bench.last().from, bench.last().to], [T + 50, T + 250]);
  });

  it('says what has no time or a wrong one, and copes with none at all', () => {
    const bench = new Bench();
    assert.equal(bench.look().domain, null);
    bench.arrive({ type: 'agent.message', id: 'm' }, { type: 'session.status_running', id: 's' });
    assert.deepEqual([bench.look().domain, bench.last().untimed], [null, 2]);
    assert.deepEqual(bench.last().lanes, []);
    bench.arrive(call('a', 500), result('a', 100), { ...call('b', 0), processed_at: 'yesterday' });
    const answer = bench.look();
    assert.deepEqual([answer.untimed, answer.disordered], [3, 1]);
    assert.deepEqual(answer.domain, { from: T + 500, to: T + 500 });
    checkAnswer(answer);
  });

  it('does not take the time in which a call waits for the user for work of the tool', () => {
    const bench = new Bench();
    const reason = { type: 'requires_action', event_ids: ['a'] };
    bench.arrive(call('a', 0), {
      type: 'session.status_idle',
      id: 's',
      processed_at: at(100),
      stop_reason: reason,
    });
    assert.deepEqual(
      bench.look().lanes.map(({ lane }) => lane),
      ['you'],
    );
    const allowed = { type: 'user.tool_confirmation', id: 'c', tool_use_id: 'a', result: 'allow' };
    bench.arrive({ ...allowed, processed_at: at(60_000) });
    bench.arrive({ type: 'session.status_running', id: 't', processed_at: at(60_010) }, result('a', 60_500));
    const tools = bench.look().lanes.find(({ lane }) => lane === 'tools');
    assert.deepEqual([tools?.totals.busy, tools?.marks?.[0]?.from], [500, T + 60_000]);
  });

  it('gives tools, turns and waits also where the server tells of no spans', () => {
    const bench = new Bench();
    const status = (id: string, ms: number, name: string, reason?: JsonObject) =>
      bench.arrive({
        type: `session.status_${name}`,
        id,
        processed_at: at(ms),
        ...(reason !== undefined && { stop_reason: reason }),
      });
    status('s1', 0, 'running');
    bench.arrive(call('a', 100), result('a', 400));
    status('s2', 500, 'idle', { type: 'requires_action', event_ids: ['x'] });
    status('s3', 2_500, 'running');
    status('s4', 3_000, 'idle', { type: 'end_turn' });
    status('s5', 9_000, 'running');
    status('s6', 9_100, 'idle', { type: 'end_turn' });
    const answer = bench.look();
    assert.deepEqual(
      answer.lanes.map(({ lane, totals }) => [lane, totals.count, totals.busy]),
      [
        ['turns', 3, 1_100],
        ['tools', 1, 300],
        ['you', 1, 2_000],
        ['idle', 1, 6_000],
      ],
    );
  });

  it('answers about 100,000 events in as many marks and bytes as can be drawn', () => {
    const bench = new Bench();
    bench.arrive(...busyEvents(100_000));
    const { domain } = bench.look();
    assert.ok(domain !== null);
    const span = domain.to - domain.from;
    for (const width of [160, 1_000, MAX_TIMELINE_WIDTH]) {
      for (const share of [1, 0.1, 0.01, 0.0005]) {
        const from = domain.from + span * 0.4;
        const answer = bench.look({ at: 'range', from, to: from + span * share }, { width, margin: 0.5 });
        checkAnswer(answer);
        for (const lane of answer.lanes) {
          const most = (TIMELINE_TRACKS + 1) * (2 * Math.ceil((width * 2) / TIMELINE_GRAIN) + 4);
          assert.ok((lane.marks?.length ?? 0) <= most, `${lane.marks?.length ?? 0} of ${most}`);
        }
        const bytes = JSON.stringify(answer).length;
        assert.ok(bytes < 250 * MAX_TIMELINE_MARKS, `${bytes}`);
      }
    }
    // All of it on a screen: far from a hundred thousand.
    const whole = JSON.stringify(bench.look()).length;
    assert.ok(whole < 400_000, `${whole} bytes`);
  });
});

import assert from 'node:assert/strict';
import { MAX_TIMELINE_MARKS, TIMELINE_TRACKS } from '../../../src/protocol/timelineMessages.ts';
import { EventStore, type StoredEvent } from '../../../src/stream/eventStore.ts';
import { LaneIndex, type NamelessMark } from '../../../src/timeline/laneIndex.ts';
import type { Segment } from '../../../src/timeline/segment.ts';
import { Timeline } from '../../../src/timeline/timeline.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { between, seededRandom } from '../../support/random.ts';
import { event } from '../../support/storeEvents.ts';
import { naiveSegments, untimedIn } from './naiveTimeline.ts';

const START = Date.UTC(2026, 0, 1);
const ALL = { from: 0, to: 8.64e15 };
const moment = (ms: number) => new Date(START + ms).toISOString();

function marksOf(timeline: Timeline, from: number, to: number, grain: number) {
  return [...timeline.lanes].flatMap(([lane, index]) => {
    const marks = index.marks(from, to, grain, 1e9);
    assert.ok(marks !== undefined);
    return marks.map((mark) => ({ lane, ...mark }));
  });
}

/** An event of any kind about one of a few calls, spans and threads. */
function anyEvent(random: () => number, number: number): JsonObject {
  const some = `e${between(random, Math.max(0, number - 12), number + 3)}`;
  const thread = `t${between(random, 0, 3)}`;
  const kinds: readonly JsonObject[] = [
    { type: 'agent.tool_use', name: 'bash', evaluated_permission: random() < 0.3 ? 'ask' : 'allow' },
    { type: 'agent.tool_use', name: 'read' },
    { type: 'agent.tool_result', tool_use_id: some, is_error: random() < 0.3 },
    { type: 'agent.tool_result', tool_use_id: some },
    { type: 'user.tool_confirmation', tool_use_id: some, result: random() < 0.6 ? 'allow' : 'deny' },
    { type: 'span.model_request_start' },
    { type: 'span.model_request_end', model_request_start_id: some, model_usage: { input_tokens: 7 } },
    { type: 'span.model_request_end', model_request_start_id: some, is_error: true },
    { type: 'session.status_running' },
    { type: 'session.status_rescheduled' },
    { type: 'session.status_idle', stop_reason: { type: 'end_turn' } },
    { type: 'session.status_idle', stop_reason: { type: 'retries_exhausted' } },
    { type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: [some] } },
    { type: 'session.status_terminated' },
    { type: 'session.thread_created', session_thread_id: thread, agent_name: thread },
    { type: 'session.thread_status_running', session_thread_id: thread, agent_name: thread },
    { type: 'session.thread_status_idle', session_thread_id: thread, agent_name: thread },
    { type: 'user.message', content: [] },
  ];
  return { ...kinds[between(random, 0, kinds.length)], id: `e${number}` };
}

function check(timeline: Timeline, store: EventStore, created: Set<string>): void {
  const naive = naiveSegments(store, created);
  const marks = marksOf(timeline, ALL.from, ALL.to, 1);
  const found = marks.flatMap((mark) => (mark.key === null ? [] : [mark]));
  const tokens = found.reduce((sum, mark) => sum + (mark.tokens?.input ?? 0), 0);
  const grouped = marks.filter(({ key }) => key === null);
  assert.equal(found.length + grouped.length, marks.length);
  // Moments at one and the same time are the only ones that no grain tells apart.
  assert.ok(grouped.every(({ from, to, track }) => from === to || track === TIMELINE_TRACKS));
  assert.deepEqual(
    found
      .map(({ lane, key, from, to, failed, isCut, count }) => [lane, key, from, to, failed, isCut, count])
      .sort(),
    naive
      .filter(({ key }) => found.some((mark) => mark.key === key))
      .map(({ lane, key, from, to, isFailed, isCut, counts }) => [
        lane,
        key,
        from,
        to,
        isFailed ? 1 : 0,
        isCut,
        counts ? 1 : 0,
      ])
      .sort(),
  );
  for (const [lane, index] of timeline.lanes) {
    const mine = naive.filter((each) => each.lane === lane);
    const closed = mine.filter(({ to }) => to !== null);
    assert.equal(index.sum.size, mine.length, lane);
    assert.equal(index.sum.count, mine.filter(({ counts }) => counts).length, lane);
    assert.equal(index.sum.failed, mine.filter(({ isFailed }) => isFailed).length, lane);
    assert.equal(index.sum.open, mine.length - closed.length, lane);
    assert.equal(
      index.sum.busy,
      closed.reduce((sum, { from, to }) => sum + (to ?? 0) - from, 0),
      lane,
    );
  }
  assert.equal(
    tokens + grouped.reduce((sum, mark) => sum + (mark.tokens?.input ?? 0), 0),
    naive.reduce((sum, { input }) => sum + input, 0),
  );
  assert.equal(timeline.untimed, untimedIn(store));
}

describe('the timeline', function () {
  this.timeout(180_000);
  it('holds what a look at every event would find, whatever happens to the store', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seededRandom(seed);
      const store = new EventStore();
      const timeline = new Timeline(store, (text) => text);
      const created = new Set<string>();
      let next = 0;
      const make = () => {
        const json = anyEvent(random, next);
        const roll = random();
        // Clocks that disagree, equal times, missing times, and what is queued.
        const time =
          next * 1_000 - (roll < 0.1 ? between(random, 0, 5_000) : roll < 0.3 ? (next % 3) * 1_000 : 0);
        next++;
        return event(roll > 0.97 ? json : { ...json, processed_at: roll > 0.94 ? null : moment(time) });
      };
      for (let step = 0; step < 60; step++) {
        const roll = random();
        const held: StoredEvent[] = [];
        for (let position = store.first; position < store.end; position++) {
          held.push(...[store.at(position)].filter((each) => each !== undefined));
        }
        const some = held[between(random, 0, Math.max(1, held.length))];
        if (roll < 0.6) {
          store.arrive(make(), next * 1_000);
        } else if (roll < 0.68 && some?.event.id !== undefined) {
          const changed = { ...some.event.raw, processed_at: moment(next * 1_000) };
          store.arrive(event(changed), next * 1_000);
        } else if (roll < 0.78) {
          const events = Array.from({ length: between(random, 1, 6) }, make);
          store.merge({ events, start: 'front', reachesEnd: false, askedAt: next * 1_000 });
        } else if (roll < 0.93 && some !== undefined) {
          const events = [...(random() < 0.5 ? [some.event] : []), ...Array.from({ length: 3 }, make)];
          const start = random() < 0.5 ? { behind: some } : { at: some };
          store.merge({ events, start, reachesEnd: random() < 0.3, askedAt: next * 1_000 });
        } else {
          store.trim(between(random, 1, Math.max(2, store.size + 1)));
        }
        check(timeline, store, created);
      }
      timeline.dispose();
    }
  });

  it('shows nothing that is narrower than a grain by itself, and leaves nothing out', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const lane = new LaneIndex();
      const segments = Array.from({ length: between(random, 1, 80) }, (_, index): Segment => {
        const start = between(random, 0, 500);
        const length =
          random() < 0.2 ? Number.POSITIVE_INFINITY : between(random, 0, random() < 0.5 ? 5 : 90);
        return { ...segment, start, end: start + length, order: index + 1, isFailed: random() < 0.2 };
      });
      segments.forEach((each) => lane.add(each));
      for (const each of segments.filter(() => random() < 0.3)) {
        const after = { ...each, end: each.start + between(random, 0, 40) };
        lane.replace(each, after);
        segments[segments.indexOf(each)] = after;
      }
      const grain = 2 ** between(random, 0, 6);
      const marks = lane.marks(-10, 10_000, grain, 1e9) ?? [];
      checkMarks(marks, segments, grain);
      const [from, to] = [between(random, 0, 250), between(random, 250, 500)];
      const some = lane.marks(from, to, grain, 1e9) ?? [];
      // In the tracks everything that reaches into the window is there, and nothing that ended before it.
      const tracked = some.filter(({ track }) => track < TIMELINE_TRACKS);
      assert.ok(tracked.every((mark) => (mark.to ?? Infinity) >= from - 1 && mark.from <= to));
      const bound = (TIMELINE_TRACKS + 1) * (2 * Math.ceil((to - from) / grain) + 4);
      assert.ok(some.length <= bound, `${some.length} marks`);
      for (const mark of tracked.filter(({ key }) => key !== null)) {
        assert.ok(marks.some((each) => each.key === mark.key || each.key === null));
      }
    }
  });

  it('costs each event and each question little, however long the session is', () => {
    const sizes = [5_000, 100_000];
    const costs = sizes.map((size) => {
      const store = new EventStore();
      const timeline = new Timeline(store, (text) => text);
      for (let number = 0; number < size; number++) {
        store.arrive(event({ ...busy(number), id: `e${number}`, processed_at: moment(number * 100) }), 0);
      }
      const made = visitsOf(timeline);
      const span = size * 100;
      const marks = [1, 0.1, 0.001].map((share) => {
        const from = START + span * (0.5 - share / 2);
        return marksOf(timeline, from, from + span * share, (span * share * 4) / 1_000).length;
      });
      return {
        perEvent: made / size,
        perMark: (visitsOf(timeline) - made) / marks.reduce((a, b) => a + b),
        marks,
      };
    });
    const [small, large] = costs;
    assert.ok(small !== undefined && large !== undefined);
    // Twenty times as many events: the logarithm of that is all that may be added.
    assert.ok(large.perEvent <= small.perEvent * 2, JSON.stringify(costs));
    assert.ok(large.perMark <= small.perMark * 2, JSON.stringify(costs));
    assert.ok(large.perMark <= 150, JSON.stringify(costs));
    assert.ok(costs.every(({ marks }) => marks.every((count) => count <= MAX_TIMELINE_MARKS)));
  });

  it('stays as cheap for calls that never end, all at the same time, and in any order', () => {
    const store = new EventStore();
    const timeline = new Timeline(store, (text) => text);
    const count = 20_000;
    for (let number = 0; number < count; number++) {
      const time = ((number * 7_919) % count) * 10;
      const json = { type: 'agent.tool_use', name: 'bash', id: `e${number}`, processed_at: moment(time) };
      store.arrive(event(json), 0);
    }
    assert.ok(visitsOf(timeline) / count < 200, `${visitsOf(timeline) / count} for each event`);
    const before = visitsOf(timeline);
    const marks = marksOf(timeline, START, START + count * 10, (count * 10) / 250);
    assert.ok(marks.length <= 5 * 252, `${marks.length}`);
    assert.ok(visitsOf(timeline) - before < marks.length * 200);
    assert.equal(timeline.lanes.get('tools')?.isOverfull, true);
    assert.equal(
      marks.reduce((sum, mark) => sum + mark.count, 0),
      count,
    );
    // The end of the turn limits all of them; a later one has nothing more to do.
    const ends = (number: number) =>
      event({ type: 'session.status_idle', id: `end${number}`, processed_at: moment(count * 10 + number) });
    store.arrive(ends(0), 0);
    const limited = visitsOf(timeline);
    for (let number = 1; number < 100; number++) {
      store.arrive(ends(number), 0);
    }
    assert.equal(timeline.lanes.get('tools')?.sum.open, 0);
    assert.ok(visitsOf(timeline) - limited < 100 * 200);
  });

  it('leaves out the thread that every session has, and shows one from when it is known', () => {
    const store = new EventStore();
    const timeline = new Timeline(store, (text) => text);
    const say = (type: string, second: number, fields: JsonObject = {}) =>
      store.arrive(event({ type, id: `e${second}`, processed_at: moment(second * 1_000), ...fields }), 0);
    say('session.thread_status_running', 1, { session_thread_id: 'main', agent_name: 'Main' });
    say('session.thread_status_running', 2, { session_thread_id: 'helper', agent_name: 'Helper' });
    assert.equal(timeline.lanes.get('threads')?.sum.size, 0);
    say('agent.thread_message_sent', 3, { to_session_thread_id: 'helper', content: [] });
    assert.deepEqual(
      marksOf(timeline, ALL.from, ALL.to, 1).map(({ lane, label, to }) => [lane, label, to]),
      [['threads', 'Helper', null]],
    );
    say('session.thread_status_idle', 9, { session_thread_id: 'helper', agent_name: 'Helper' });
    say('session.thread_status_idle', 9.5, { session_thread_id: 'main', agent_name: 'Main' });
    assert.equal(timeline.lanes.get('threads')?.sum.busy, 7_000);
  });

  it('finds the request that an end belongs to where it does not say so', () => {
    const store = new EventStore();
    const timeline = new Timeline(store, (text) => text);
    store.arrive(event({ type: 'span.model_request_start', id: 'a', processed_at: moment(0) }), 0);
    store.arrive(event({ type: 'agent.message', id: 'b', processed_at: moment(10) }), 0);
    store.arrive(event({ type: 'span.model_request_end', id: 'c', processed_at: moment(40) }), 0);
    assert.equal(timeline.lanes.get('model')?.sum.busy, 40);
  });
});

const segment: Segment = {
  lane: 'tools',
  key: 'k',
  label: '',
  start: 0,
  end: 0,
  order: 1,
  isFailed: false,
  isCut: false,
  isDisordered: false,
  counts: true,
  tokens: null,
};

function checkMarks(marks: readonly NamelessMark[], segments: readonly Segment[], grain: number): void {
  assert.equal(
    marks.reduce((sum, { count }) => sum + count, 0),
    segments.length,
  );
  assert.equal(
    marks.reduce((sum, { failed }) => sum + failed, 0),
    segments.filter(({ isFailed }) => isFailed).length,
  );
  for (let track = 0; track < TIMELINE_TRACKS; track++) {
    const mine = marks.filter((mark) => mark.track === track);
    for (const [index, mark] of mine.entries()) {
      const next = mine[index + 1];
      assert.ok(
        next === undefined || (mark.to ?? Infinity) <= next.from,
        'two at the same time in one track',
      );
      assert.ok(mark.count === 1 || (mark.to ?? Infinity) - mark.from < 2 * grain);
    }
  }
}

/** What a busy agent does, again and again. */
function busy(number: number): JsonObject {
  const before = `e${number - 1}`;
  switch (number % 8) {
    case 0:
      return { type: 'session.status_running' };
    case 1:
      return { type: 'span.model_request_start' };
    case 2:
      return { type: 'span.model_request_end', model_request_start_id: before };
    case 3:
    case 5:
      return { type: 'agent.tool_use', name: 'bash' };
    case 4:
    case 6:
      return { type: 'agent.tool_result', tool_use_id: before };
    default:
      return { type: 'session.status_idle', stop_reason: { type: 'end_turn' } };
  }
}

function visitsOf(timeline: Timeline): number {
  return [...timeline.lanes.values()].reduce((sum, { visits }) => sum + visits, 0);
}

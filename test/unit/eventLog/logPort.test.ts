import assert from 'node:assert/strict';
import { LogPort } from '../../../src/eventLog/logPort.ts';
import type { LogHostMessage, LogPageMessage, LogPlace } from '../../../src/protocol/logMessages.ts';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { LogStore } from '../../../media/session/log/logStore.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { between, seededRandom } from '../../support/random.ts';
import { event } from '../../support/storeEvents.ts';

type View = Extract<LogPageMessage, { type: 'logView' }>;
type Rows = Extract<LogHostMessage, { type: 'logRows' }>;

class Bench {
  readonly clock = new ManualClock();
  readonly store = new EventStore();
  readonly posted: LogHostMessage[] = [];
  readonly port = new LogPort({
    store: this.store,
    clock: this.clock,
    post: (message) => this.posted.push(message),
    cutKeys: (text) => text,
  });
  private view = 0;
  private next = 0;

  arrive(count: number, type = 'user.message'): void {
    for (let index = 0; index < count; index++) {
      this.store.arrive(event({ id: `e${this.next++}`, type }), this.clock.now());
      this.port.changed();
    }
  }

  look(place: LogPlace, part: Partial<View> = {}): void {
    this.view++;
    this.port.receive({
      type: 'logView',
      view: this.view,
      kinds: [],
      text: '',
      place,
      count: 10,
      selected: null,
      ...part,
    });
  }

  get windows(): Rows[] {
    return this.posted.filter((message) => message.type === 'logRows');
  }

  last(): Rows {
    const found = this.windows.at(-1);
    assert.ok(found !== undefined);
    return found;
  }

  ack(): void {
    this.port.receive({ type: 'logAck', seq: this.last().seq });
  }
}

describe('the log’s side of a page', () => {
  it('tells only the number of events while something else is shown, once a second at most', () => {
    const bench = new Bench();
    bench.port.open();
    assert.deepEqual(bench.posted, [{ type: 'logCount', total: 0 }]);
    for (let second = 0; second < 10; second++) {
      bench.arrive(500);
      bench.clock.advance(1_000);
    }
    assert.equal(bench.posted.length, 11);
    assert.deepEqual(bench.posted.at(-1), { type: 'logCount', total: 5_000 });
    bench.clock.advance(10_000);
    assert.equal(bench.posted.length, 11);
    assert.equal(bench.clock.pending, 0);
  });

  it('answers at once, then tells changes together, and nothing after the log is hidden', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(100);
    bench.look({ at: 'end' });
    assert.deepEqual(
      bench.last().names,
      Array.from({ length: 10 }, (_, index) => `e${90 + index}`),
    );
    assert.equal(bench.last().rows.length, 10);
    bench.ack();
    bench.clock.advance(1_000);
    const before = bench.windows.length;
    for (let turn = 0; turn < 100; turn++) {
      bench.arrive(5);
      bench.clock.advance(10);
      bench.ack();
    }
    const told = bench.windows.length - before;
    assert.ok(told >= 9 && told <= 12, `${told} messages in a second`);
    assert.equal(bench.last().total, 600);
    bench.port.receive({ type: 'logHide' });
    bench.arrive(10);
    bench.clock.advance(900);
    assert.equal(bench.windows.length, before + told);
  });

  it('waits for a page that does not keep up', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(20);
    bench.look({ at: 'end' });
    for (let turn = 0; turn < 50; turn++) {
      bench.arrive(1);
      bench.clock.advance(200);
    }
    assert.ok(bench.windows.length <= 3);
    bench.ack();
    bench.clock.advance(200);
    assert.equal(bench.last().total, 70);
  });

  it('sends a row once, and again only where it changed', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(50);
    bench.look({ at: 'end' });
    bench.look({ at: 'event', name: 'e42', before: 5 });
    assert.deepEqual(
      bench.last().rows.map(({ name }) => name),
      ['e37', 'e38', 'e39'],
    );
    bench.ack();
    bench.clock.advance(200);
    bench.store.arrive(event({ id: 'e40', type: 'agent.message' }), 0);
    bench.port.changed();
    bench.clock.advance(200);
    assert.deepEqual(
      bench.last().rows.map(({ name, type }) => [name, type]),
      [['e40', 'agent.message']],
    );
  });

  it('keeps the reader’s event in its place through inserts before it, trims and filters', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(50);
    bench.look({ at: 'event', name: 'e20', before: 3 });
    assert.equal(bench.last().names[3], 'e20');
    bench.ack();
    const early = bench.store.get('e4');
    assert.ok(early !== undefined);
    bench.store.merge({
      events: Array.from({ length: 7 }, (_, index) => event({ id: `new${index}`, type: 'x' })),
      start: { behind: early },
      reachesEnd: false,
      askedAt: 0,
    });
    bench.port.changed();
    bench.clock.advance(200);
    assert.equal(bench.last().names[3], 'e20');
    assert.equal(bench.last().anchor, 27);
    bench.ack();
    bench.store.trim(35);
    bench.port.changed();
    bench.clock.advance(200);
    assert.equal(bench.last().names[3], 'e20');
    bench.ack();
    bench.store.trim(20);
    bench.port.changed();
    bench.clock.advance(200);
    assert.equal(bench.last().names[0], 'e30');
    bench.look({ at: 'event', name: 'e30', before: 3 }, { kinds: ['errors'] });
    assert.deepEqual(bench.last().names, []);
    assert.equal(bench.last().anchor, 0);
  });

  it('says where the selected event is, or why it is nowhere', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(20);
    bench.arrive(1, 'session.error');
    const where = (selected: string, part: Partial<View> = {}) => {
      bench.look({ at: 'end' }, { selected, ...part });
      return bench.last().selected;
    };
    assert.equal(where('e3'), 3);
    assert.equal(where('e3', { kinds: ['errors'] }), 'filtered');
    assert.equal(where('e20', { kinds: ['errors'] }), 0);
    assert.equal(where('never'), 'gone');
    bench.store.trim(5);
    assert.equal(where('e3'), 'gone');
  });

  it('shows an event whole, and says where it is not held', () => {
    const bench = new Bench();
    bench.port.open();
    bench.store.arrive(event({ id: 'big', type: 'x', text: 'y'.repeat(100_000) }), 0);
    bench.port.receive({ type: 'logDetail', id: 7, name: 'big' });
    bench.port.receive({ type: 'logDetail', id: 8, name: 'other' });
    const [whole, none] = bench.posted.filter((message) => message.type === 'logDetail');
    assert.equal(whole?.id, 7);
    assert.ok(whole.detail !== null && whole.detail.json.length <= 32_768 && whole.detail.total > 100_000);
    assert.deepEqual(none, { type: 'logDetail', id: 8, detail: null });
  });

  it('begins anew for a page that was loaded again', () => {
    const bench = new Bench();
    bench.port.open();
    bench.arrive(20);
    bench.look({ at: 'end' });
    bench.port.open();
    bench.arrive(1);
    bench.clock.advance(5_000);
    assert.equal(bench.windows.length, 1);
    bench.look({ at: 'end' });
    assert.equal(bench.last().rows.length, 10);
  });

  it('keeps messages small, whatever the events are', () => {
    const bench = new Bench();
    bench.port.open();
    for (let index = 0; index < 300; index++) {
      const json = {
        id: `e${index}`,
        type: 'agent.tool_use',
        name: 'bash',
        input: { command: 'é'.repeat(50_000) },
      };
      bench.store.arrive(event(json), 0);
    }
    bench.look({ at: 'end' }, { count: 200 });
    assert.ok(JSON.stringify(bench.last()).length < 200 * 450);
  });

  it('gives the page what the store holds, through any change and any look', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seededRandom(seed);
      const bench = new Bench();
      const page = new LogStore();
      bench.port.open();
      let seen = 0;
      for (let step = 0; step < 80; step++) {
        const roll = random();
        const { first, end, size } = bench.store;
        if (roll < 0.4) {
          bench.arrive(between(random, 1, 8), random() < 0.5 ? 'agent.tool_use' : 'user.message');
        } else if (roll < 0.5 && size > 0) {
          const stored = bench.store.at(between(random, first, end));
          const events = [event({ id: `m${seed}-${step}`, type: 'session.error' })];
          if (stored !== undefined) {
            bench.store.merge({ events, start: { behind: stored }, reachesEnd: false, askedAt: 0 });
          }
        } else if (roll < 0.55) {
          bench.store.trim(between(random, 1, size + 2));
        } else if (roll < 0.65 && size > 0) {
          const stored = bench.store.at(between(random, first, end));
          bench.store.arrive(event({ id: stored?.key ?? '', type: 'agent.message', step }), 0);
        } else {
          const kinds = random() < 0.5 ? [] : (['tools', 'errors'] as const);
          const stored = bench.store.at(between(random, first, Math.max(first + 1, end)));
          const place: LogPlace =
            random() < 0.4 || stored === undefined
              ? { at: 'end' }
              : random() < 0.5
                ? { at: 'position', position: between(random, first - 5, end + 5) }
                : { at: 'event', name: stored.key, before: between(random, 0, 10) };
          bench.look(place, { kinds });
        }
        bench.port.changed();
        bench.clock.advance(200);
        for (const message of bench.windows.slice(seen)) {
          assert.ok(page.apply(message));
          bench.port.receive({ type: 'logAck', seq: message.seq });
          assert.equal(page.slice?.rows.length, message.names.length);
          assert.ok(message.from >= message.range.first || message.names.length === 0);
        }
        seen = bench.windows.length;
        bench.clock.advance(200);
        for (const row of page.slice?.rows ?? []) {
          assert.equal(row.type, bench.store.get(row.name)?.event.type ?? 'gone');
        }
      }
    }
  });
});

import assert from 'node:assert/strict';
import { sliceEnd } from '../../../media/session/rowWindow.ts';
import { PageStore, RE_ASK_MS } from '../../../media/session/store.ts';
import { type HostMessage, MAX_WINDOW_ROWS, type PageMessage } from '../../../src/protocol/messages.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { between, seededRandom } from '../../support/random.ts';
import { ModelHost } from './modelHost.ts';

interface Setup {
  readonly host: ModelHost;
  readonly store: PageStore;
  readonly clock: ManualClock;
  readonly posted: PageMessage[];
  readonly deliver: () => void;
}

function setUp(rows: number): Setup {
  const host = new ModelHost();
  host.append(rows);
  const clock = new ManualClock();
  const posted: PageMessage[] = [];
  let id = 0;
  const post = (message: PageMessage) => {
    posted.push(message);
    host.receive(message);
  };
  const store = new PageStore({ post, clock, nextId: () => (id += 1) });
  const deliver = () => {
    host.flush();
    let rounds = 0;
    for (let next = host.outbox.shift(); next !== undefined; next = host.outbox.shift()) {
      rounds += 1;
      assert.ok(rounds < 1_000, 'the two sides do not come to rest');
      receive(store, next);
      host.flush();
    }
  };
  return { host, store, clock, posted, deliver };
}

function receive(store: PageStore, message: HostMessage): void {
  if (message.type === 'open') {
    store.open(message);
  } else if (message.type === 'patches') {
    store.patches(message);
  } else if (message.type === 'rows') {
    store.rows(message);
  }
}

function assertReplica({ host, store }: Setup): void {
  const { replica } = store;
  assert.ok(replica !== undefined);
  assert.deepEqual(replica.range, host.range());
  assert.equal(replica.header.title, host.title);
  assert.ok(replica.held.rows.length <= MAX_WINDOW_ROWS);
  assert.deepEqual(replica.held.rows, host.slice(replica.held.from, sliceEnd(replica.held)));
}

/** No change to a row that the page holds may be missed: change them all, and look. */
function assertFollowed(setup: Setup): void {
  assertReplica(setup);
  const held = setup.store.replica?.held;
  for (let at = held?.from ?? 0; held !== undefined && at < sliceEnd(held); at += 1) {
    setup.host.replace(at);
  }
  setup.deliver();
  setup.deliver();
  assertReplica(setup);
}

const count = (posted: readonly PageMessage[], type: PageMessage['type']) =>
  posted.filter((message) => message.type === type).length;

describe('PageStore', () => {
  it('asks first, and again when nothing comes', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.host.outbox = [];
    setup.clock.advance(RE_ASK_MS);
    assert.equal(count(setup.posted, 'ready'), 2);
    setup.deliver();
    setup.clock.advance(RE_ASK_MS * 5);
    assert.equal(count(setup.posted, 'ready'), 2);
    assertReplica(setup);
  });

  it('applies patches in order and acknowledges them', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    setup.host.append(3);
    setup.host.rename();
    setup.deliver();
    setup.host.growText(7);
    setup.deliver();
    assertReplica(setup);
    assert.deepEqual(setup.posted.at(-1), { type: 'ack', seq: setup.host.seq });
  });

  it('drops what it has had before, also the first half of a batch', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    setup.host.growText(3);
    setup.host.growText(4);
    setup.host.flush();
    const batch = setup.host.outbox[0];
    assert.ok(batch?.type === 'patches' && batch.patches.length === 2);
    setup.store.patches({ ...batch, patches: batch.patches.slice(0, 1) });
    setup.deliver();
    setup.store.patches(batch);
    assertReplica(setup);
    assert.equal(count(setup.posted, 'ready'), 1);
  });

  it('says ready once where a number is missing, and is whole again', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    setup.host.append(1);
    setup.host.flush();
    setup.host.outbox = [];
    setup.host.append(1);
    setup.deliver();
    setup.deliver();
    assert.equal(count(setup.posted, 'ready'), 2);
    assertReplica(setup);
  });

  it('starts anew where text is for another row', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    const patch = { op: 'appendText', at: 2, key: 'other', block: 0, text: 'x' } as const;
    setup.store.patches({ type: 'patches', seq: setup.host.seq + 1, patches: [patch] });
    assert.equal(count(setup.posted, 'ready'), 2);
  });

  it('asks for more when the reader nears an edge', () => {
    const setup = setUp(1_000);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 975, end: 985 });
    setup.deliver();
    assertReplica(setup);
    assert.equal(setup.store.replica?.held.from, 1_000 - MAX_WINDOW_ROWS);
    assert.equal(count(setup.posted, 'rows'), 1);
  });

  it('reaches the first row and comes back to the last', () => {
    const setup = setUp(3_000);
    setup.store.start();
    setup.deliver();
    for (const at of [2_990, 2_800, 1_200, 3, 1_500, 2_995]) {
      setup.store.setReader({ from: at, end: at + 5 });
      setup.deliver();
      setup.store.setReader({ from: at, end: at + 5 });
      assert.ok(setup.store.rowAt(at) !== undefined && setup.store.rowAt(at + 4) !== undefined);
      assertReplica(setup);
    }
    assert.equal(setup.store.replica && sliceEnd(setup.store.replica.held), 3_000);
  });

  it('asks again for rows that do not come', () => {
    const setup = setUp(1_000);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 100, end: 110 });
    setup.host.outbox = [];
    setup.clock.advance(RE_ASK_MS);
    setup.deliver();
    assert.equal(count(setup.posted, 'rows'), 2);
    assert.ok(setup.store.rowAt(105) !== undefined);
    setup.clock.advance(RE_ASK_MS * 3);
    assert.equal(count(setup.posted, 'rows'), 2);
    assertReplica(setup);
  });

  it('does not ask for ever where an answer brings nothing', () => {
    const setup = setUp(1_000);
    setup.store.start();
    setup.deliver();
    const answerNothing = () => {
      const asked = setup.posted.findLast((message) => message.type === 'rows');
      const range = setup.host.range();
      if (asked?.type === 'rows') {
        setup.store.rows({ type: 'rows', id: asked.id, range, from: asked.from, rows: [] });
      }
    };
    setup.store.setReader({ from: 955, end: 960 });
    for (let turn = 0; turn < 5; turn += 1) {
      answerNothing();
      setup.store.setReader({ from: 955, end: 960 });
    }
    assert.equal(count(setup.posted, 'rows'), 1);
  });

  it('says nothing of its window while it follows the end', () => {
    const setup = setUp(100);
    setup.store.start();
    setup.deliver();
    for (let turn = 0; turn < 100; turn += 1) {
      setup.host.append(7);
      setup.deliver();
      setup.store.setReader({ from: setup.host.end - 10, end: setup.host.end });
      setup.deliver();
    }
    assert.ok(count(setup.posted, 'window') <= 2);
    assert.ok(setup.store.rowAt(setup.host.end - 1) !== undefined);
    assertReplica(setup);
  });

  it('keeps the rows of a reader in the middle while rows come at the end', () => {
    const setup = setUp(150);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 60, end: 70 });
    setup.deliver();
    for (let turn = 0; turn < 50; turn += 1) {
      setup.host.append(10);
      setup.deliver();
      assert.ok(setup.store.rowAt(60) !== undefined && setup.store.rowAt(69) !== undefined);
    }
    assertReplica(setup);
  });

  it('keeps the rows of a reader near the end while a flood of rows makes the window move', () => {
    const setup = setUp(400);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 360, end: 370 });
    setup.deliver();
    setup.host.append(1_000);
    setup.host.flush();
    const [flood] = setup.host.outbox.splice(0);
    assert.ok(flood !== undefined);
    receive(setup.store, flood);
    assert.ok(setup.store.rowAt(360) !== undefined && setup.store.rowAt(369) !== undefined);
    setup.deliver();
    assert.ok(setup.store.rowAt(360) !== undefined && setup.store.rowAt(369) !== undefined);
    assertReplica(setup);
  });

  it('keeps the end for a reader who follows it, however many rows come before they are drawn', () => {
    const setup = setUp(300);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 285, end: 300 }, true);
    setup.deliver();
    const asked = count(setup.posted, 'rows');
    for (let turn = 0; turn < 40; turn += 1) {
      setup.host.append(turn % 5 === 4 ? 150 : 20);
      setup.deliver();
      assert.ok(setup.store.rowAt(setup.host.end - 1) !== undefined);
    }
    assert.equal(count(setup.posted, 'rows'), asked);
    assertReplica(setup);
  });

  it('finds the end for a reader who goes there while rows come between question and answer', () => {
    const setup = setUp(2_000);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 1_000, end: 1_010 });
    setup.deliver();
    const handle = setup.host.receive.bind(setup.host);
    setup.host.receive = (message) => {
      if (message.type === 'rows') {
        setup.host.append(30);
      }
      handle(message);
    };
    const asked = count(setup.posted, 'rows');
    for (let turn = 0; turn < 20; turn += 1) {
      setup.store.setReader({ from: setup.host.end - 15, end: setup.host.end }, true);
      setup.host.append(10);
      setup.host.flush();
      const [said] = setup.host.outbox.splice(0, 1);
      if (said !== undefined) {
        receive(setup.store, said);
      }
    }
    setup.deliver();
    assert.ok(setup.store.rowAt(setup.host.end - 1) !== undefined);
    assert.ok(count(setup.posted, 'rows') - asked <= 4, `${count(setup.posted, 'rows') - asked} questions`);
    assertReplica(setup);
  });

  it('ends in the same replica however messages cross, without any loss', function () {
    this.timeout(60_000);
    for (let seed = 1; seed <= 600; seed += 1) {
      const random = seededRandom(seed);
      const setup = setUp(between(random, 0, 500));
      setup.store.start();
      for (let step = 0; step < 100; step += 1) {
        act(setup, random);
        shake(setup, random, 0);
        if (step % 10 === 9) {
          // Whatever crossed has arrived: from here on nothing may be missing.
          setup.deliver();
          assertFollowed(setup);
        }
      }
      assert.equal(count(setup.posted, 'ready'), 1, `seed ${seed}`);
    }
  });

  it('ends in the same replica however batches are split, repeated and lost', function () {
    this.timeout(60_000);
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seededRandom(seed);
      const setup = setUp(between(random, 0, 400));
      setup.store.start();
      for (let step = 0; step < 80; step += 1) {
        act(setup, random);
        shake(setup, random, 0.1);
        if (random() < 0.1) {
          setup.clock.advance(RE_ASK_MS);
        }
      }
      for (let turn = 0; turn < 4; turn += 1) {
        setup.host.nudge();
        setup.deliver();
        setup.clock.advance(RE_ASK_MS);
        setup.host.rename();
        setup.deliver();
      }
      assertFollowed(setup);
    }
  });
});

function act({ host, store }: Setup, random: () => number): void {
  const at = between(random, host.first, host.end + 1);
  const acts = [
    () => host.append(between(random, 1, 30)),
    () => host.append(between(random, 80, 160)),
    () => host.prepend(between(random, 1, 30)),
    () => host.insertBeforeLast(),
    () => host.removeLast(),
    () => host.growText(at),
    () => host.growText(host.end - 1),
    () => host.replace(at),
    () => host.replace(host.end - 1 - between(random, 0, 20)),
    () => host.rename(),
    () => store.setReader({ from: at, end: Math.min(host.end, at + 10) }),
    () => store.setReader({ from: Math.max(host.first, host.end - 10), end: host.end }),
    () => store.setReader({ from: Math.max(host.first, host.end - 10), end: host.end }, true),
  ];
  acts[between(random, 0, acts.length)]?.();
  if (random() < 0.7) {
    host.flush();
  }
}

/** Delivers some of what was said: in order, but late, split, repeated and with holes. */
function shake({ host, store }: Setup, random: () => number, loss: number): void {
  while (host.outbox.length > 0 && random() < 0.6) {
    const message = host.outbox.shift();
    if (message === undefined || random() < loss) {
      continue;
    }
    if (message.type === 'patches' && random() < 0.3) {
      receive(store, { ...message, patches: message.patches.slice(0, between(random, 0, 3)) });
    }
    receive(store, message);
    if (message.type === 'patches' && random() < 0.3) {
      receive(store, message);
    }
    if (random() < 0.5) {
      host.flush();
    }
  }
}

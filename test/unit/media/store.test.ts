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
  host.outbox = [];
  const clock = new ManualClock();
  const posted: PageMessage[] = [];
  let id = 0;
  const post = (message: PageMessage) => {
    posted.push(message);
    host.receive(message);
  };
  const store = new PageStore({ post, clock, nextId: () => (id += 1) });
  const deliver = () => {
    for (let next = host.outbox.shift(); next !== undefined; next = host.outbox.shift()) {
      receive(store, next);
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
    setup.host.growText(7);
    setup.deliver();
    assertReplica(setup);
    assert.deepEqual(setup.posted.at(-1), { type: 'ack', seq: setup.host.seq });
  });

  it('drops what it has had before, also the first half of a batch', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    setup.host.growText(4);
    setup.host.growText(4);
    const batches = setup.host.outbox.flatMap((message) =>
      message.type === 'patches' ? message.patches : [],
    );
    const seq = setup.host.seq - 1;
    setup.deliver();
    setup.store.patches({ type: 'patches', seq, patches: batches });
    setup.store.patches({ type: 'patches', seq: seq + 1, patches: batches.slice(1) });
    assertReplica(setup);
    assert.equal(count(setup.posted, 'ready'), 1);
  });

  it('says ready once where a number is missing, and is whole again', () => {
    const setup = setUp(5);
    setup.store.start();
    setup.deliver();
    setup.host.append(1);
    setup.host.outbox = [];
    setup.host.append(1);
    setup.host.append(1);
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

  it('asks for more when the reader nears an edge, after announcing the window', () => {
    const setup = setUp(1_000);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 975, end: 985 });
    const [window, rows] = setup.posted.slice(-2);
    assert.equal(window?.type, 'window');
    assert.equal(rows?.type, 'rows');
    setup.deliver();
    assertReplica(setup);
    assert.equal(setup.store.replica?.held.from, 1_000 - MAX_WINDOW_ROWS);
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
    setup.host.rows = setup.host.rows.slice(-30);
    setup.host.first = 970;
    setup.store.setReader({ from: 971, end: 980 });
    setup.deliver();
    setup.store.setReader({ from: 971, end: 980 });
    setup.deliver();
    assert.ok(count(setup.posted, 'rows') <= 1);
  });

  it('keeps the rows of a reader in the middle while rows come at the end', () => {
    const setup = setUp(150);
    setup.store.start();
    setup.deliver();
    setup.store.setReader({ from: 60, end: 70 });
    setup.deliver();
    setup.host.append(500);
    setup.deliver();
    assert.ok(setup.store.rowAt(60) !== undefined);
    assertReplica(setup);
  });

  it('ends in the same replica however batches are split, repeated and lost', function () {
    this.timeout(30_000);
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seededRandom(seed);
      const setup = setUp(between(random, 0, 400));
      setup.store.start();
      for (let step = 0; step < 80; step += 1) {
        act(setup, random);
        shake(setup, random);
        if (random() < 0.1) {
          setup.clock.advance(RE_ASK_MS);
        }
      }
      settle(setup);
      assertReplica(setup);
    }
  });
});

function act({ host, store }: Setup, random: () => number): void {
  const at = between(random, host.first, host.end + 1);
  const acts = [
    () => host.append(between(random, 1, 30)),
    () => host.prepend(between(random, 1, 30)),
    () => host.growText(at),
    () => host.growText(host.end - 1),
    () => host.replace(at),
    () => host.rename(),
    () => store.setReader({ from: at, end: Math.min(host.end, at + 10) }),
    () => store.setReader({ from: Math.max(host.first, host.end - 10), end: host.end }),
  ];
  acts[between(random, 0, acts.length)]?.();
}

/** Delivers some of what was said: in order, but split, repeated and with holes. */
function shake({ host, store }: Setup, random: () => number): void {
  while (host.outbox.length > 0 && random() < 0.8) {
    const message = host.outbox.shift();
    if (message === undefined || random() < 0.1) {
      continue;
    }
    receive(store, message);
    if (message.type === 'patches' && random() < 0.3) {
      receive(store, message);
    }
  }
}

function settle({ host, clock, deliver }: Setup): void {
  for (let turn = 0; turn < 4; turn += 1) {
    host.nudge();
    deliver();
    clock.advance(RE_ASK_MS);
    deliver();
  }
}

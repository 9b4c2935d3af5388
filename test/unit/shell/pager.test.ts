import assert from 'node:assert/strict';
import type { Cursor, Page } from '../../../src/api/pagination.ts';
import { Pager } from '../../../src/vscode/tree/pager.ts';

interface Thing {
  readonly id: string;
  readonly state?: string;
}

/** A list on a server that answers when it is told to. */
class Server {
  things: Thing[];
  readonly requests: (string | undefined)[] = [];
  failNext: Error | undefined;
  private held: (() => void)[] | undefined;
  private readonly size: number;

  constructor(count: number, size = 3) {
    this.things = Array.from({ length: count }, (_, index) => ({ id: `t${index}` }));
    this.size = size;
  }

  hold(): void {
    this.held = [];
  }

  letGo(): void {
    this.held?.forEach((go) => go());
    this.held = undefined;
  }

  readonly fetch = async (cursor: Cursor | undefined): Promise<Page<Thing>> => {
    this.requests.push(cursor?.value);
    const failure = this.failNext;
    this.failNext = undefined;
    if (this.held !== undefined) {
      await new Promise<void>((resolve) => this.held?.push(resolve));
    }
    if (failure !== undefined) {
      throw failure;
    }
    // The cursor names the last row before the page, as a database would have it.
    const start = cursor === undefined ? 0 : this.things.findIndex(({ id }) => id === cursor.value) + 1;
    const items = this.things.slice(start, start + this.size);
    const last = items.at(-1);
    const more = last !== undefined && start + this.size < this.things.length;
    return { items, next: more ? { parameter: 'page', value: last.id } : undefined, skipped: 0 };
  };
}

const ids = (pager: Pager<Thing>) => pager.items.map(({ id }) => id);

describe('Pager', () => {
  it('reads the first page once, whoever asks', async () => {
    const server = new Server(5);
    const pager = new Pager(server.fetch);
    await Promise.all([pager.first(), pager.first()]);
    await pager.first();
    assert.deepEqual(server.requests, [undefined]);
    assert.deepEqual(ids(pager), ['t0', 't1', 't2']);
    assert.equal(pager.hasMore, true);
  });

  it('makes one request of two wishes for more', async () => {
    const server = new Server(10);
    const pager = new Pager(server.fetch);
    await pager.first();
    await Promise.all([pager.more(), pager.more()]);
    assert.deepEqual(server.requests, [undefined, 't2']);
    assert.equal(pager.items.length, 6);
  });

  it('ends where the server ends', async () => {
    const server = new Server(4);
    const pager = new Pager(server.fetch);
    await pager.first();
    await pager.more();
    await pager.more();
    assert.equal(server.requests.length, 2);
    assert.equal(pager.hasMore, false);
  });

  it('keeps what is there when more fails, and goes on from there at a retry', async () => {
    const server = new Server(5);
    const pager = new Pager(server.fetch);
    await pager.first();
    server.failNext = new Error('away');
    await pager.more();
    assert.equal(pager.items.length, 3);
    assert.deepEqual(pager.failure, { step: 'more', error: new Error('away') });
    await pager.retry();
    assert.equal(pager.failure, undefined);
    assert.deepEqual(ids(pager), ['t0', 't1', 't2', 't3', 't4']);
  });

  it('does not ask again by itself after the first page failed', async () => {
    const server = new Server(2);
    const pager = new Pager(server.fetch);
    server.failNext = new Error('away');
    await pager.first();
    await pager.first();
    assert.equal(server.requests.length, 1);
    assert.equal(pager.isLoaded, false);
    await pager.retry();
    assert.deepEqual(ids(pager), ['t0', 't1']);
  });

  it('never reads further in a refresh, and keeps the pages behind', async () => {
    const server = new Server(9);
    const pager = new Pager(server.fetch);
    await pager.first();
    await pager.more();
    server.things = [{ id: 'new' }, ...server.things];
    await pager.refresh();
    assert.deepEqual(server.requests, [undefined, 't2', undefined]);
    assert.deepEqual(ids(pager), ['new', 't0', 't1', 't2', 't3', 't4', 't5']);
    await pager.more();
    assert.deepEqual(ids(pager).slice(-3), ['t6', 't7', 't8']);
  });

  it('drops in a refresh what is gone from the reach of the first page', async () => {
    const server = new Server(7);
    const pager = new Pager(server.fetch);
    await pager.first();
    await pager.more();
    server.things = server.things.filter(({ id }) => id !== 't1');
    await pager.refresh();
    assert.deepEqual(ids(pager), ['t0', 't2', 't3', 't4', 't5']);
  });

  it('takes over the newer state of what it knows', async () => {
    const server = new Server(2);
    const pager = new Pager(server.fetch);
    await pager.first();
    server.things = [{ id: 't0', state: 'running' }, { id: 't1' }];
    await pager.refresh();
    assert.equal(pager.items[0]?.state, 'running');
  });

  it('begins anew where a refresh has nothing in common with what is there', async () => {
    const server = new Server(9);
    const pager = new Pager(server.fetch);
    await pager.first();
    await pager.more();
    server.things = [{ id: 'x1' }, { id: 'x2' }, { id: 'x3' }, { id: 'x4' }];
    await pager.refresh();
    assert.deepEqual(ids(pager), ['x1', 'x2', 'x3']);
    await pager.more();
    assert.deepEqual(ids(pager), ['x1', 'x2', 'x3', 'x4']);
  });

  it('keeps the rows when a refresh fails, and says so', async () => {
    const server = new Server(2);
    const pager = new Pager(server.fetch);
    await pager.first();
    server.failNext = new Error('away');
    await pager.refresh();
    assert.deepEqual(ids(pager), ['t0', 't1']);
    assert.equal(pager.failure?.step, 'refresh');
  });

  it('lets a refresh wait for a page that is on its way', async () => {
    const server = new Server(9);
    const pager = new Pager(server.fetch);
    await pager.first();
    server.hold();
    const both = Promise.all([pager.more(), pager.refresh()]);
    await Promise.resolve();
    assert.equal(server.requests.length, 2);
    server.letGo();
    await both;
    assert.equal(server.requests.length, 3);
    assert.equal(pager.items.length, 6);
  });

  it('ignores an answer that a reset overtook', async () => {
    const server = new Server(3);
    const pager = new Pager(server.fetch);
    server.hold();
    const overtaken = pager.first();
    await Promise.resolve();
    pager.reset();
    server.letGo();
    await overtaken;
    assert.equal(pager.isLoaded, false);
    await pager.first();
    assert.equal(pager.items.length, 3);
  });

  it('stops at a server that gives the same cursor for ever', async () => {
    let requests = 0;
    const pager = new Pager<Thing>(() => {
      requests++;
      const next: Cursor = { parameter: 'page', value: 'again' };
      return Promise.resolve({ items: [{ id: `t${requests}` }], next, skipped: 0 });
    });
    await pager.first();
    for (let turn = 0; turn < 5; turn++) {
      await pager.more();
    }
    assert.equal(requests, 2);
    assert.equal(pager.hasMore, false);
  });

  it('shows nothing twice that moved from one page to the next', async () => {
    const server = new Server(5);
    const pager = new Pager(server.fetch);
    await pager.first();
    server.things = ['t0', 't1', 't2', 't1', 't3'].map((id) => ({ id }));
    await pager.more();
    assert.deepEqual(ids(pager), ['t0', 't1', 't2', 't3']);
  });

  it('counts what could not be read', async () => {
    const pager = new Pager<Thing>(() => Promise.resolve({ items: [], next: undefined, skipped: 2 }));
    await pager.first();
    await pager.refresh();
    assert.equal(pager.skipped, 2);
  });
});

import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/util/json.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FeedUnderTest, followSession } from '../../../support/feedUnderTest.ts';
import {
  answer,
  SESSION_ID,
  SessionServer,
  type SessionServerOptions,
} from '../../../support/sessionServer.ts';
import { at, contents } from '../../../support/storeEvents.ts';

const LIST = `GET /sessions/${SESSION_ID}/events`;
const message = (n: number): JsonObject => ({ type: 'agent.message', id: `e${n}`, processed_at: at(n) });
const running: JsonObject = { type: 'session.status_running', id: 'run', processed_at: at(0) };

describe('session feed: history and stream as one', () => {
  let server: SessionServer;
  let follow: FeedUnderTest;

  async function begin(options: SessionServerOptions = {}): Promise<void> {
    server = await SessionServer.start(options);
  }

  function start(options: Parameters<typeof followSession>[1] = {}): void {
    follow = followSession(server, options);
    follow.feed.start();
  }

  afterEach(async () => {
    follow.dispose();
    await server.close();
  });

  it('reads older events after the newest ones are shown, a page at a time', async () => {
    await begin({ pageSize: 5 });
    for (let n = 0; n < 20; n++) {
      server.record(message(n));
    }
    start({ backfillPace: { afterMs: 600, betweenMs: 8 } });
    await follow.reach('live');
    const asked = server.count(LIST);
    assert.equal(follow.feed.store.size, 5);
    follow.clock.advance(599);
    assert.equal(server.count(LIST), asked);
    for (const [ms, size] of [
      [1, 10],
      [8, 15],
      [8, 20],
    ] as const) {
      follow.clock.advance(ms);
      await eventually(() => follow.feed.store.size === size);
    }
    assert.equal(follow.feed.status.history.kind, 'complete');
    assert.deepEqual(contents(follow.feed.store), server.history);
  });

  it('does not read older events for somebody who left before their turn', async () => {
    await begin({ pageSize: 5 });
    for (let n = 0; n < 20; n++) {
      server.record(message(n));
    }
    start({ backfillPace: { afterMs: 600, betweenMs: 8 } });
    await follow.reach('live');
    follow.feed.stop();
    assert.equal(follow.clock.pending, 0);
    follow.feed.start();
    await follow.reach('live');
    assert.equal(follow.feed.store.size, 5);
    await follow.hasHistory(server, 50);
  });

  it('R01 shows an event once that happens between the list and the stream', async () => {
    await begin();
    server.emit(message(1));
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events')) {
        answer(response, server.page(new URLSearchParams('order=desc')));
        server.emit(message(2));
        server.intercept = () => false;
        return true;
      }
      return false;
    };
    start();
    await follow.reach('live');
    await follow.hasHistory(server);
  });

  it('R02 shows an event once that the list and the stream both bring', async () => {
    await begin();
    server.emit(message(1));
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events')) {
        server.emit(message(2));
        answer(response, server.page(new URLSearchParams('order=desc')));
        return true;
      }
      return false;
    };
    start();
    await follow.reach('live');
    await follow.hasHistory(server);
  });

  it('R03 lets a queued message become processed in its one row', async () => {
    await begin();
    start();
    await follow.reach('live');
    const queued = { type: 'user.message', id: 'u', processed_at: null };
    server.emit(queued);
    await follow.hasHistory(server);
    server.emit(message(1));
    server.emit({ ...queued, processed_at: at(2) });
    await follow.hasHistory(server);
    assert.equal(follow.feed.store.size, 2);
  });

  it('R04 keeps a processed message processed when a stale list comes later', async () => {
    await begin();
    start();
    await follow.reach('live');
    const processed = { type: 'user.message', id: 'u', processed_at: at(1) };
    server.emit(processed);
    await follow.hasHistory(server);
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events')) {
        answer(response, { data: [{ ...processed, processed_at: null }] });
        return true;
      }
      return false;
    };
    const before = server.count(LIST);
    follow.feed.resync();
    await eventually(() => server.count(LIST) > before);
    server.intercept = () => false;
    await follow.hasHistory(server);
  });

  it('R05 reads all of 2,500 events, though the connection drops in the second page', async () => {
    await begin({ pageSize: 900 });
    for (let n = 0; n < 2_500; n++) {
      server.record(message(n));
    }
    let pages = 0;
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events') && ++pages === 2) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data":[{"type":"agent.me');
        setImmediate(() => response.socket?.resetAndDestroy());
        return true;
      }
      return false;
    };
    start();
    await follow.hasHistory(server, 500);
    await eventually(() => follow.feed.status.history.kind === 'complete');
  });

  it('R06 stops at a cursor that repeats, and says so', async () => {
    await begin();
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events')) {
        answer(response, { data: [message(2), message(1)], next_page: 'again' });
        return true;
      }
      return false;
    };
    start();
    await eventually(() => follow.feed.status.history.kind === 'incomplete');
    const { history } = follow.feed.status;
    assert.deepEqual(history, { kind: 'incomplete', reason: 'cursorLoop' });
    assert.ok(server.count(LIST) < 10);
    assert.equal(follow.feed.status.state.kind, 'live');
  });

  it('R07 goes on behind an empty page that has a cursor', async () => {
    await begin({ paging: 'oldestFirst' });
    const [one, two] = [message(1), message(2)];
    server.history.push(one, two);
    server.intercept = ({ path, query }, response) => {
      if (!path.endsWith('/events')) {
        return false;
      }
      const page = query.get('page');
      const pages: Record<string, JsonObject> = {
        first: { data: [one], next_page: 'b' },
        b: { data: [], next_page: 'c' },
        c: { data: [two], next_page: null },
      };
      answer(response, pages[page ?? 'first']);
      return true;
    };
    start();
    await follow.hasHistory(server);
  });

  it('R08 keeps the stream and loses nothing while the list fails twice', async () => {
    await begin();
    server.record(message(1));
    let failures = 0;
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events') && failures++ < 6) {
        answer(response, { detail: 'down' }, 500);
        return true;
      }
      return false;
    };
    start();
    await eventually(() => server.stream !== undefined);
    server.emit(message(2));
    await follow.hasHistory(server, 500);
    assert.equal(server.count(`GET /sessions/${SESSION_ID}/events/stream`), 1);
  });

  it('R09 shows what the stream brings while the list fails for ever, and says that history is incomplete', async () => {
    await begin();
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events')) {
        answer(response, { detail: 'down' }, 500);
        return true;
      }
      return false;
    };
    start();
    await eventually(() => server.stream !== undefined);
    server.emit(message(1));
    await eventually(() => {
      follow.clock.advance(500);
      return follow.feed.status.history.kind === 'incomplete';
    });
    await eventually(() => follow.feed.store.size === 1);
    assert.equal(server.count(`GET /sessions/${SESSION_ID}/events/stream`), 1);
  });

  it('R24 keeps the order of 50 events of the same time, and loses none', async () => {
    await begin();
    for (let n = 0; n < 50; n++) {
      server.record({ ...message(n), processed_at: at(7) });
    }
    start();
    await follow.hasHistory(server);
    server.emit({ ...message(99), processed_at: at(1) });
    await follow.hasHistory(server);
  });

  it('R25 takes the order of the list for events that the stream brought in another', async () => {
    await begin();
    start();
    await follow.reach('live');
    server.history.push(running, message(1), message(2), message(3));
    [running, message(3), message(1), message(2)].forEach((event) => server.send(event));
    await eventually(() => follow.feed.store.size === 4);
    follow.feed.resync();
    await follow.hasHistory(server);
  });

  it('R26 shows ten equal interrupts without id as ten, also after a reconnect', async () => {
    await begin({ paging: 'whole' });
    start();
    await follow.reach('live');
    for (let n = 0; n < 10; n++) {
      server.emit({ type: 'user.interrupt', id: '' });
    }
    await follow.hasHistory(server);
    server.stream?.reset();
    await follow.reach('reconnecting');
    server.record({ type: 'user.interrupt', id: '' });
    await follow.hasHistory(server, 500);
    assert.equal(follow.feed.store.size, 11);
  });

  it('R38 settles on an end that only history has', async () => {
    await begin();
    server.record(message(1));
    server.record({ type: 'session.status_terminated', id: 'end', processed_at: at(2) });
    start();
    await follow.reach('ended');
    assert.deepEqual(follow.feed.status.state, { kind: 'ended', why: 'sessionTerminated' });
    await follow.hasHistory(server);
    await eventually(() => server.streams.length === 0);
  });

  it('R39 loses nothing when the stream attaches long after it has answered', async () => {
    await begin();
    server.attachesLate = true;
    start();
    await follow.reach('live');
    server.emit(message(1));
    server.attachLate();
    server.emit(message(2));
    await follow.hasHistory(server, 500);
  });

  for (const paging of ['newestFirst', 'oldestFirst', 'sequence', 'lastId', 'nextCursor', 'whole'] as const) {
    it(`reads a long history that is paged in the style "${paging}", and catches up after a drop`, async () => {
      await begin({ paging, pageSize: 40 });
      const numbered = (n: number) => (paging === 'sequence' ? { ...message(n), sequence: n } : message(n));
      for (let n = 1; n <= 130; n++) {
        server.record(numbered(n));
      }
      start();
      await follow.hasHistory(server);
      await follow.reach('live');
      server.stream?.reset();
      await follow.reach('reconnecting');
      for (let n = 131; n <= 260; n++) {
        server.record(numbered(n));
      }
      await follow.hasHistory(server, 200);
      assert.equal(new Set(contents(follow.feed.store).map(({ id }) => id)).size, 260);
    });
  }
});

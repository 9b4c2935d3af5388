import assert from 'node:assert/strict';
import { FeedHub } from '../../../../src/stream/feedHub.ts';
import { SessionFeed } from '../../../../src/stream/sessionFeed.ts';
import type { JsonObject } from '../../../../src/util/json.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FeedUnderTest, followSession } from '../../../support/feedUnderTest.ts';
import { answer, SESSION_ID, SessionServer } from '../../../support/sessionServer.ts';
import { at, contents } from '../../../support/storeEvents.ts';

const STREAM = `GET /sessions/${SESSION_ID}/events/stream`;
const POST = `POST /sessions/${SESSION_ID}/events`;
const message = (n: number): JsonObject => ({ type: 'agent.message', id: `e${n}`, processed_at: at(n) });
const hello: JsonObject = { type: 'user.message', content: [{ type: 'text', text: 'hello' }] };

describe('session feed: sending, sharing and ending', () => {
  let server: SessionServer;
  let follow: FeedUnderTest;

  beforeEach(async () => {
    server = await SessionServer.start();
    follow = followSession(server);
  });

  afterEach(async () => {
    follow.dispose();
    await server.close();
  });

  async function live(): Promise<void> {
    follow.feed.start();
    await follow.reach('live');
  }

  /** Settles a promise while time passes. */
  async function settled<T>(promise: Promise<T>): Promise<T> {
    let result: { readonly value: T } | undefined;
    void promise.then((value) => (result = { value }));
    return await eventually(() => {
      follow.clock.advance(250);
      return result ?? false;
    }).then(({ value }) => value);
  }

  it('shows a message at once, and its echo in its place', async () => {
    await live();
    const sending = follow.feed.send([hello]);
    assert.deepEqual(
      follow.feed.outbox.current.map(({ state }) => state),
      ['sending'],
    );
    assert.deepEqual(await sending, { kind: 'sent' });
    await follow.hasHistory(server);
    assert.deepEqual(follow.feed.outbox.current, []);
    assert.equal(follow.feed.store.size, 1);
  });

  it('R28 does not post twice when the answer is lost after the server took the message', async () => {
    await live();
    server.intercept = ({ method, body }, response) => {
      if (method !== 'POST') {
        return false;
      }
      const [event] = (JSON.parse(body) as { events: JsonObject[] }).events;
      server.record({ ...event, id: 'u1', processed_at: at(1) });
      response.socket?.resetAndDestroy();
      return true;
    };
    assert.deepEqual(await settled(follow.feed.send([hello])), { kind: 'sent' });
    assert.equal(server.count(POST), 1);
    await follow.hasHistory(server);
    assert.deepEqual(follow.feed.outbox.current, []);
  });

  it('R28 says that a message did not arrive, once history has shown it, and keeps it', async () => {
    await live();
    server.intercept = ({ method }, response) => {
      if (method === 'POST') {
        response.socket?.resetAndDestroy();
      }
      return method === 'POST';
    };
    const outcome = await settled(follow.feed.send([hello]));
    assert.ok(outcome.kind === 'failed' && outcome.error.reason === 'reset');
    assert.deepEqual(
      follow.feed.outbox.current.map(({ state, event }) => ({ state, event })),
      [{ state: 'failed', event: hello }],
    );
    assert.equal(server.count(POST), 1);
  });

  it('settles two equal messages by two echoes', async () => {
    await live();
    let taken = 0;
    server.intercept = ({ method, body }, response) => {
      if (method !== 'POST') {
        return false;
      }
      taken++;
      if (taken === 1) {
        const [event] = (JSON.parse(body) as { events: JsonObject[] }).events;
        server.record({ ...event, id: 'u1', processed_at: at(1) });
      }
      response.socket?.resetAndDestroy();
      return true;
    };
    const [first, second] = await settled(
      Promise.all([follow.feed.send([hello]), follow.feed.send([hello])]),
    );
    assert.deepEqual([first.kind, second.kind].sort(), ['failed', 'sent']);
  });

  it('takes a refusal for a refusal', async () => {
    await live();
    server.intercept = ({ method }, response) => {
      if (method === 'POST') {
        answer(response, { detail: 'the session is over' }, 400);
      }
      return method === 'POST';
    };
    const outcome = await follow.feed.send([hello]);
    assert.ok(outcome.kind === 'failed' && outcome.error.details.serverMessage === 'the session is over');
    assert.equal(server.count(POST), 1);
  });

  it('R29 shares one connection and one store between viewers', async () => {
    const hub = new FeedHub(follow.clock);
    const create = () =>
      new SessionFeed({ source: follow.client, sessionId: SESSION_ID, clock: follow.clock, random: () => 0 });
    const leases = [hub.acquire('k', create), hub.acquire('k', create)];
    leases.forEach((lease) => lease.setVisible(true));
    const [one, two] = leases;
    assert.equal(one?.feed, two?.feed);
    await eventually(() => one?.feed.status.state.kind === 'live');
    assert.equal(server.count(STREAM), 1);
    hub.dispose();
    await eventually(() => server.streams.length === 0);
  });

  it('R30 keeps no connection for a view that nobody sees, and loses nothing by it', async () => {
    const hub = new FeedHub(follow.clock);
    const lease = hub.acquire(
      'k',
      () =>
        new SessionFeed({
          source: follow.client,
          sessionId: SESSION_ID,
          clock: follow.clock,
          random: () => 0,
        }),
    );
    lease.setVisible(true);
    await eventually(() => lease.feed.status.state.kind === 'live');
    server.emit(message(1));
    await eventually(() => lease.feed.store.size === 1);
    lease.setVisible(false);
    follow.clock.advance(600_000);
    await eventually(() => server.streams.length === 0);
    for (let n = 2; n < 500; n++) {
      server.record(message(n));
    }
    lease.setVisible(true);
    await eventually(() => lease.feed.store.size === server.history.length);
    assert.deepEqual(contents(lease.feed.store), server.history);
    lease.dispose();
    hub.dispose();
    assert.equal(follow.clock.pending, 0);
  });

  it('R32 leaves nothing behind when it is disposed at any of its awaits', async () => {
    let rejections = 0;
    const count = () => rejections++;
    process.on('unhandledRejection', count);
    // Each request of the start-up in turn is the last that was seen before the end.
    for (let last = 0; last < 6; last++) {
      const each = followSession(server);
      let calls = 0;
      let disposedAt = -1;
      each.feed.onDidChange(() => disposedAt >= 0 && calls++);
      each.feed.onDidChangeStatus(() => disposedAt >= 0 && calls++);
      const before = server.requests.length;
      each.feed.start();
      if (last > 0) {
        await eventually(() => server.requests.length >= before + Math.min(last, 3));
      }
      if (last > 3) {
        void each.feed.send([hello]).catch(() => undefined);
      }
      disposedAt = each.clock.now();
      each.dispose();
      server.emit(message(1_000 + last));
      await eventually(() => server.streams.length === 0);
      assert.equal(calls, 0, `calls after the end, step ${last}`);
      await eventually(() => each.clock.pending === 0);
    }
    await eventually(() => server.openSockets === 0);
    process.off('unhandledRejection', count);
    assert.equal(rejections, 0);
  });

  it('R33 grows by nothing over 1,000 reconnects', async () => {
    await live();
    for (let n = 0; n < 1_000; n++) {
      server.emit(message(n));
      server.stream?.end();
      await eventually(() => follow.feed.status.state.kind !== 'live', { intervalMs: 0 });
      await eventually(
        () => {
          follow.feed.poke();
          return follow.feed.status.state.kind === 'live';
        },
        { intervalMs: 0 },
      );
    }
    await follow.hasHistory(server);
    assert.ok(server.count(STREAM) >= 1_000);
    assert.ok(follow.clock.pending <= 2, `${follow.clock.pending} timers`);
    assert.ok(server.openSockets <= 10, `${server.openSockets} sockets`);
    assert.equal(server.streams.length, 1);
  });
});

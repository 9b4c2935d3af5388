import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/util/json.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FeedUnderTest, followSession } from '../../../support/feedUnderTest.ts';
import { answer, frameOf, SESSION_ID, SessionServer } from '../../../support/sessionServer.ts';
import { at } from '../../../support/storeEvents.ts';

const STREAM = `GET /sessions/${SESSION_ID}/events/stream`;
const OLD_STREAM = `GET /sessions/${SESSION_ID}/stream`;
const LIST = `GET /sessions/${SESSION_ID}/events`;
const message = (n: number): JsonObject => ({ type: 'agent.message', id: `e${n}`, processed_at: at(n) });
const isStream = (path: string) => path.endsWith('/stream');

describe('session feed: connections that fail', () => {
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

  /** Lets time pass until a condition holds. */
  async function passTime(condition: () => boolean, stepMs = 500): Promise<void> {
    const options = { intervalMs: 1, timeoutMs: 20_000 };
    await eventually(() => {
      if (!condition()) {
        follow.clock.advance(stepMs);
      }
      return condition();
    }, options);
  }

  async function live(): Promise<void> {
    follow.feed.start();
    await follow.reach('live');
  }

  it('R10 gives up a stream that has gone silent, within the rhythm that the server has shown', async () => {
    await live();
    for (let n = 0; n < 5; n++) {
      const before = follow.feed.status.lastByteAt;
      follow.clock.advance(15_000);
      server.stream?.write(': keep-alive\n\n');
      await eventually(() => follow.feed.status.lastByteAt !== before);
    }
    const silentAt = follow.clock.now();
    server.record(message(1));
    await passTime(() => server.count(STREAM) === 2, 1_000);
    assert.ok(follow.clock.now() - silentAt < 60_000, 'within two and a half beats and a pause');
    await follow.hasHistory(server, 500);
  });

  it('R10 asks history about a silent stream where the server has shown no rhythm', async () => {
    await live();
    follow.clock.advance(5_000);
    const lists = server.count(LIST);
    // Nothing happened: the stream is kept.
    await passTime(() => server.count(LIST) > lists + 1, 10_000);
    assert.equal(server.count(STREAM), 1);
    // Something happened that it did not bring: it is dead.
    server.record(message(1));
    await passTime(() => server.count(STREAM) === 2, 5_000);
    await follow.hasHistory(server, 500);
  });

  it('hardly wakes and hardly asks while nothing happens', async () => {
    await live();
    const begun = { lists: server.count(LIST), streams: server.count(STREAM) };
    let wakes = 0;
    const after = follow.clock.after.bind(follow.clock);
    follow.clock.after = (ms, callback) =>
      after(ms, () => {
        wakes++;
        callback();
      });
    // Twenty minutes on a server that sends no heartbeat and where nothing happens.
    for (let second = 0; second < 1_200; second++) {
      follow.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const lists = server.count(LIST) - begun.lists;
    const streams = server.count(STREAM) - begun.streams;
    assert.ok(lists <= 40, `${lists} lists`);
    assert.ok(streams >= 2 && streams <= 4, `${streams} streams`);
    assert.ok(wakes <= 1_200 / 15, `${wakes} timers`);
  });

  it('R11 keeps a stream that drips one byte of a comment every five seconds', async () => {
    await live();
    server.stream?.write(':');
    for (let n = 0; n < 60; n++) {
      const before = follow.feed.status.lastByteAt;
      follow.clock.advance(5_000);
      server.stream?.write('x');
      await eventually(() => follow.feed.status.lastByteAt !== before);
    }
    assert.equal(server.count(STREAM), 1);
    assert.equal(follow.feed.status.state.kind, 'live');
  });

  for (const ending of ['end', 'reset'] as const) {
    it(`R13 shows an event once and whole of which half came before a ${ending}`, async () => {
      await live();
      server.record(message(1));
      server.stream?.write(frameOf(message(1)).slice(0, 30));
      server.stream?.[ending]();
      await follow.reach('reconnecting');
      await follow.hasHistory(server, 500);
      await follow.reach('live');
      await follow.hasHistory(server);
    });
  }

  it('R14 makes no storm of a server that asks for `retry: 1` and closes, a hundred times', async () => {
    const startedAt = follow.clock.now();
    server.intercept = ({ path }, response) => {
      if (isStream(path)) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('retry: 1\n\n');
        return true;
      }
      return false;
    };
    follow.feed.start();
    await passTime(() => server.count(STREAM) >= 100, 2_000);
    const seconds = (follow.clock.now() - startedAt) / 1_000;
    assert.ok(server.count(STREAM) <= seconds, `${server.count(STREAM)} connections in ${seconds} s`);
    const states = new Set(follow.statuses.map(({ state }) => state));
    const attempts = [...states].flatMap((state) => (state.kind === 'reconnecting' ? [state] : []));
    const pauses = attempts.map(({ nextTryAt, attempt }) => ({ nextTryAt, attempt }));
    assert.ok(pauses.every(({ attempt }, index) => attempt === index + 1));
  });

  it('R15 clamps a `retry:` of centuries', async () => {
    await live();
    server.stream?.write('retry: 99999999999\n\n');
    server.emit(message(1));
    await follow.hasHistory(server);
    server.stream?.end();
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.nextTryAt - follow.clock.now() <= 60_000);
    await follow.reach('live', 5_000);
  });

  const retryAfter: readonly (readonly [text: string, least: number, most: number])[] = [
    ['2', 2_000, 2_000],
    ['garbage', 1_000, 2_000],
    ['-1', 1_000, 2_000],
    ['1000000000', 300_000, 300_000],
  ];
  for (const [text, least, most] of retryAfter) {
    it(`R16 waits as a 429 with Retry-After: ${text} asks, within bounds`, async () => {
      let refusals = 0;
      server.intercept = ({ path }, response) => {
        if (isStream(path) && refusals++ === 0) {
          answer(response, { detail: 'slow down' }, 429, { 'retry-after': text });
          return true;
        }
        return false;
      };
      follow.feed.start();
      await follow.reach('reconnecting');
      const { state } = follow.feed.status;
      assert.ok(state.kind === 'reconnecting');
      const pause = state.nextTryAt - follow.clock.now();
      assert.ok(pause >= least && pause <= most, `pause ${pause}`);
      await follow.reach('live', 10_000);
    });
  }

  it('R16 waits until the date that a 429 names', async () => {
    let refusals = 0;
    const until = new Date(Math.ceil(follow.clock.now() / 1_000) * 1_000 + 20_000);
    server.intercept = ({ path }, response) => {
      if (isStream(path) && refusals++ === 0) {
        answer(response, {}, 429, { 'retry-after': until.toUTCString() });
        return true;
      }
      return false;
    };
    follow.feed.start();
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting');
    assert.equal(state.nextTryAt, until.getTime());
  });

  it('R17 stops at a 401 in mid-session without a loop, and goes on with a new key', async () => {
    await live();
    server.emit(message(1));
    await follow.hasHistory(server);
    let isRefusing = true;
    server.intercept = (_, response) => {
      if (isRefusing) {
        answer(response, { detail: 'Invalid API key' }, 401);
      }
      return isRefusing;
    };
    server.stream?.reset();
    await follow.reach('ended', 500);
    assert.deepEqual(follow.feed.status.state, { kind: 'ended', why: 'unauthorized' });
    const asked = server.requests.length;
    follow.clock.advance(600_000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(server.requests.length, asked);
    assert.equal(follow.feed.store.size, 1);
    isRefusing = false;
    server.record(message(2));
    follow.feed.start();
    await follow.hasHistory(server);
    await follow.reach('live');
  });

  it('R12 gives up on headers that never come', async () => {
    follow.dispose();
    let answered = 0;
    server.intercept = ({ path }) => isStream(path) && answered++ === 0;
    follow = followSession(server, {}, { headersTimeoutMs: 200 });
    server.record(message(1));
    follow.feed.start();
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.reason === 'headersTimeout');
    await follow.hasHistory(server, 500);
    await follow.reach('live', 500);
  });

  for (const status of [204, 410] as const) {
    it(`stops at a ${status} and does not come back`, async () => {
      server.record(message(1));
      server.intercept = ({ path }, response) => {
        if (isStream(path)) {
          response.writeHead(status).end();
          return true;
        }
        return false;
      };
      follow.feed.start();
      await follow.reach('ended');
      await follow.hasHistory(server);
      const asked = server.requests.length;
      follow.clock.advance(600_000);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(server.requests.length, asked);
    });
  }

  it('says that a session is gone where neither it nor its stream is there', async () => {
    server.intercept = (_, response) => {
      answer(response, { detail: 'Not Found' }, 404);
      return true;
    };
    follow.feed.start();
    await follow.reach('ended');
    assert.deepEqual(follow.feed.status.state, { kind: 'ended', why: 'notFound' });
  });

  it('takes the older path where the newer one is not there, and remembers it', async () => {
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/events/stream')) {
        answer(response, { detail: 'Not Found' }, 404);
        return true;
      }
      return false;
    };
    await live();
    server.emit(message(1));
    await follow.hasHistory(server);
    server.stream?.reset();
    await follow.reach('reconnecting');
    await follow.reach('live', 500);
    assert.equal(server.count(STREAM), 1);
    assert.equal(server.count(OLD_STREAM), 2);
  });

  it('polls where no stream exists', async () => {
    server.intercept = ({ path }, response) => {
      if (isStream(path)) {
        answer(response, { detail: 'Method Not Allowed' }, 405);
        return true;
      }
      return false;
    };
    follow.feed.start();
    await follow.reach('polling');
    server.record(message(1));
    await follow.hasHistory(server, 1_000);
    assert.deepEqual(await follow.feed.send([{ type: 'user.message', content: 'hello' }]), { kind: 'sent' });
    await follow.hasHistory(server, 1_000);
  });

  it('R34 decodes a compressed stream, and refuses a coding that nobody asked for', async () => {
    const { gzipSync, constants } = await import('node:zlib');
    let opened = 0;
    server.intercept = ({ path }, response) => {
      if (!isStream(path)) {
        return false;
      }
      opened++;
      const coding = opened === 1 ? 'gzip' : 'x-unheard-of';
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': coding });
      response.write(gzipSync(frameOf(message(1)), { finishFlush: constants.Z_SYNC_FLUSH }));
      return true;
    };
    follow.feed.start();
    await eventually(() => follow.feed.store.size === 1);
    follow.feed.stop();
    follow.feed.start();
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.reason === 'malformed');
  });

  it('R35 takes an event stream by its content type, however written, and nothing else', async () => {
    const types = ['text/event-stream;charset=utf-8', 'TEXT/EVENT-STREAM', 'text/event-streamx'];
    let opened = 0;
    server.intercept = ({ path }, response) => {
      if (!isStream(path)) {
        return false;
      }
      response.writeHead(200, { 'content-type': types[Math.min(opened++, 2)] });
      response.flushHeaders();
      return true;
    };
    for (let round = 0; round < 2; round++) {
      follow.feed.start();
      await follow.reach('live');
      follow.feed.stop();
    }
    follow.feed.start();
    await follow.reach('reconnecting', 500);
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.reason === 'notEventStream');
  });

  it('R36 shows history and says what is wrong where the stream answers 200 with something else', async () => {
    server.record(message(1));
    server.intercept = ({ path }, response) => {
      if (isStream(path)) {
        answer(response, { error: { type: 'api_error', message: 'subscription failed' } });
        return true;
      }
      return false;
    };
    follow.feed.start();
    await passTime(() => follow.feed.status.state.kind === 'polling');
    await follow.hasHistory(server);
    const reasons = follow.statuses.flatMap(({ state }) =>
      state.kind === 'reconnecting' ? [state.reason] : [],
    );
    assert.ok(reasons.length >= 1 && reasons.every((reason) => reason === 'notEventStream'));
    // The stream is tried again after a while, and taken when it is well.
    server.intercept = () => false;
    await follow.reach('live', 10_000);
  });

  it('R40 shows the end of a session that is deleted, or archived, during the stream', async () => {
    await live();
    server.emit(message(1));
    server.emit({ type: 'session.deleted', id: 'gone', processed_at: at(2) });
    await follow.reach('ended');
    assert.deepEqual(follow.feed.status.state, { kind: 'ended', why: 'sessionDeleted' });
    await follow.hasHistory(server);
  });

  it('R31 catches up at once after the machine has slept', async () => {
    await live();
    server.record(message(1));
    follow.clock.sleep(3_600_000);
    await follow.reach('live', 500);
    await follow.hasHistory(server, 500);
    assert.equal(server.count(STREAM), 2);
  });

  it('goes on at once when somebody asks, instead of waiting', async () => {
    server.intercept = ({ path }, response) => {
      if (isStream(path)) {
        answer(response, {}, 503);
        return true;
      }
      return false;
    };
    follow.feed.start();
    await follow.reach('reconnecting');
    server.intercept = () => false;
    follow.feed.poke();
    await follow.reach('live');
  });

  it('says that it is offline where the server cannot be reached', async () => {
    await live();
    await server.close();
    await follow.reach('offline', 500);
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'offline' && state.reason === 'refused' && state.nextTryAt > follow.clock.now());
  });
});

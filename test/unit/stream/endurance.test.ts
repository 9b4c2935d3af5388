import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from '../../support/eventually.ts';
import { followSession } from '../../support/feedUnderTest.ts';
import { frameOf, SESSION_ID, SessionServer } from '../../support/sessionServer.ts';
import { at } from '../../support/storeEvents.ts';

const EVENTS = 1_000_000;
const BATCH = 5_000;
const RECONNECT_EVERY = 1_000;
const CAP = 10_000;
const STREAM = `GET /sessions/${SESSION_ID}/events/stream`;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything that can go has gone. */
async function heapUsed(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

/** Follows the session through many events, with a break after each thousand, and lets go of everything. */
async function endure(server: SessionServer, events: number): Promise<void> {
  const follow = followSession(server, { maxEvents: CAP });
  follow.feed.start();
  await follow.reach('live');
  let sent = 0;
  let breaks = 0;
  while (sent < events) {
    const frames: string[] = [];
    for (let n = 0; n < BATCH; n++) {
      frames.push(frameOf({ type: 'agent.message', id: `e${sent++}`, processed_at: at(sent) }));
    }
    server.stream?.write(frames.join(''));
    const last = `e${sent - 1}`;
    await eventually(() => follow.feed.store.get(last) !== undefined, { intervalMs: 0, timeoutMs: 20_000 });
    for (; breaks < sent / RECONNECT_EVERY; breaks++) {
      const opened = server.count(STREAM);
      server.stream?.reset();
      await eventually(
        () => {
          follow.feed.poke();
          return (
            server.count(STREAM) > opened &&
            server.stream !== undefined &&
            follow.feed.status.state.kind === 'live'
          );
        },
        { intervalMs: 0 },
      );
    }
    // The server's own books must not count as the feed's.
    server.requests.splice(1);
  }
  assert.equal(follow.feed.store.size, CAP);
  assert.ok(follow.clock.pending <= 2, `${follow.clock.pending} timers`);
  assert.ok(server.openSockets <= 10, `${server.openSockets} sockets`);
  follow.dispose();
  await eventually(() => server.openSockets === 0);
  assert.equal(follow.clock.pending, 0);
}

describe('session feed: endurance', () => {
  it('takes a million events and a thousand breaks with a capped store, and gives everything back', async () => {
    const server = await SessionServer.start();
    try {
      // Everything is loaded, compiled and warm before the first look.
      await endure(server, 4 * CAP);
      const before = await heapUsed();
      await endure(server, EVENTS);
      const ratio = (await heapUsed()) / before;
      assert.ok(ratio <= 1.1, `heap after close is ${ratio.toFixed(3)} of what it was before`);
    } finally {
      await server.close();
    }
  });
});

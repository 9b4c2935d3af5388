import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { followSession } from '../../support/feedUnderTest.ts';
import { SessionServer } from '../../support/sessionServer.ts';
import { at } from '../../support/storeEvents.ts';

const HEARTBEAT_MS = 15_000;
const BEATS = 40;

describe('an idle session', () => {
  it('wakes the editor less often than its server sends heartbeats, and asks for nothing', async () => {
    const server = await SessionServer.start();
    const follow = followSession(server);
    try {
      server.emit({ type: 'user.message', id: 'a', processed_at: at(1) });
      server.emit({ type: 'session.status_idle', id: 'b', processed_at: at(2) });
      follow.feed.start();
      await follow.hasHistory(server);
      await follow.reach('live');
      const { clock, feed } = follow;
      const beat = async () => {
        clock.advance(HEARTBEAT_MS);
        server.stream?.write(': alive\n\n');
        await eventually(() => feed.status.lastByteAt === clock.now());
      };
      // The reading shortly after connecting is done, and the rhythm is known.
      for (let count = 0; count < 4; count += 1) {
        await beat();
      }
      let wakeUps = 0;
      const after = clock.after.bind(clock);
      clock.after = (ms, callback) =>
        after(ms, () => {
          wakeUps += 1;
          callback();
        });
      const requests = server.requests.length;
      for (let count = 0; count < BEATS; count += 1) {
        await beat();
      }
      assert.equal(feed.status.state.kind, 'live');
      assert.equal(server.requests.length, requests);
      assert.ok(wakeUps <= BEATS, `${wakeUps} wake-ups in ${BEATS} heartbeats`);
      assert.ok(clock.pending <= 1, `${clock.pending} timers`);
    } finally {
      follow.dispose();
      await server.close();
    }
  });
});

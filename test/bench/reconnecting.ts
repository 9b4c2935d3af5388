import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import type { SessionFeed } from '../../src/stream/sessionFeed.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { waitFor, within } from './support/bounded.ts';
import { clientOf, follow } from './support/following.ts';
import { LiveServer } from './support/liveServer.ts';
import { medianOf } from './support/statistics.ts';

const EVENTS = 5_000;
/** As from one end of a continent to the other. */
const ROUND_TRIP_MS = 60;

interface Reconnected {
  /** From the break until the store is known to hold what the server has. */
  readonly ms: number;
  /** The pause before the try, as the feed had announced it. */
  readonly pause: number;
}

/** From a connection that breaks to a view that is known to be complete, against the pause and a bare list. */
export const reconnecting: Bench = {
  name: 'p14',
  title: 'a connection breaks, and the view is whole again',
  inEditor: false,
  async run({ rounds }) {
    const server = await LiveServer.start({ roundTripMs: ROUND_TRIP_MS });
    const transport = createUndiciTransport();
    const client = clientOf(server.origin, transport);
    const session = `session_${EVENTS}_desc_dropped`;
    const followed = follow(client, session);
    try {
      await followed.ready();
      const bare = async () => {
        const startedAt = performance.now();
        const query = 'order=desc&limit=100';
        const answer = await fetch(`${server.origin}/v1/sessions/${session}/events?${query}`);
        await answer.json();
        return performance.now() - startedAt;
      };
      await alternate(1, { bare });
      const times = await alternate(rounds, {
        ours: () => dropAndWait(server, followed.feed, session),
        bare,
      });
      const list = medianOf(times.bare, (ms) => ms);
      const share = medianOf(times.ours, ({ ms, pause }) => ms / (pause + list));
      const allowed = medianOf(times.ours, ({ ms, pause }) => ms / (pause + 2 * ROUND_TRIP_MS + list));
      return [
        { what: 'break to whole view / pause + bare list', value: share, unit: '×', bound: { most: 1.2 } },
        {
          what: 'the same / pause + 2 round trips + bare list',
          value: allowed,
          unit: '×',
          bound: { most: 1 },
        },
        { what: 'bare list', value: list, unit: 'ms', note: `${ROUND_TRIP_MS} ms round trip` },
        { what: 'pause before the try', value: medianOf(times.ours, ({ pause }) => pause), unit: 'ms' },
        {
          what: 'behind the pause',
          value: medianOf(times.ours, ({ ms, pause }) => ms - pause),
          unit: 'ms',
        },
      ];
    } finally {
      followed.dispose();
      transport.dispose();
      await server.stop();
    }
  },
};

async function dropAndWait(server: LiveServer, feed: SessionFeed, session: string): Promise<Reconnected> {
  const end = feed.store.end;
  // Each break is a first one: what is measured is the way back, not how the pauses grow.
  feed.poke();
  await waitFor('calm before the break', () => feed.status.state.kind === 'live');
  let pause: number | undefined;
  let subscription: { dispose(): void } | undefined;
  const whole = new Promise<number>((resolve) => {
    let isLost = false;
    subscription = feed.onDidChangeStatus(({ state }) => {
      if (state.kind === 'reconnecting' || state.kind === 'offline') {
        isLost = true;
        pause ??= state.nextTryAt - Date.now();
      } else if (isLost && state.kind === 'live') {
        resolve(performance.now());
      }
    });
  });
  const startedAt = performance.now();
  await server.drop(session);
  const wholeAt = await within(60_000, 'whole view', whole).finally(() => subscription?.dispose());
  if (feed.store.end <= end || pause === undefined) {
    throw new Error('The feed calls itself live and lacks what happened during the break.');
  }
  return { ms: wholeAt - startedAt, pause };
}

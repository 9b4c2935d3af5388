import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import type { HttpTransport } from '../../src/api/http/transport.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { waitFor } from './support/bounded.ts';
import { heapUsed } from './support/collect.ts';
import { clientOf, follow, followBarely } from './support/following.ts';
import { between } from './support/latencies.ts';
import { LiveServer } from './support/liveServer.ts';
import { medianOf, percentile } from './support/statistics.ts';
import { wallClock } from './support/wallClock.ts';

const SESSIONS = 50;
const HELD = 500;
const PER_SECOND = 500;
const SECONDS = 4;

interface Cost {
  /** Milliseconds of this thread per second of the stream. */
  readonly cpu: number;
  /** Bytes of heap for all sessions, held and live. */
  readonly heap: number;
  /** From the server's stamp to the store, p99, in milliseconds. */
  readonly late: number;
}

/** Many sessions live at once, against one as busy as all of them, and against bare streams that are only kept. */
export const manySessions: Bench = {
  name: 's1',
  title: `${SESSIONS} live sessions, ${PER_SECOND} events/s in all`,
  inEditor: false,
  async run({ rounds }) {
    const server = await LiveServer.start();
    const transport = createUndiciTransport();
    try {
      const side = (make: Make, sessions: number) => () => cost(server, transport, make, sessions);
      await alternate(1, { many: side(ours, SESSIONS) });
      const costs = await alternate(rounds, {
        many: side(ours, SESSIONS),
        one: side(ours, 1),
        bare: side(barely, SESSIONS),
      });
      const cpu = (of: readonly Cost[]) => medianOf(of, (each) => each.cpu);
      const heap = (of: readonly Cost[]) => medianOf(of, (each) => each.heap);
      return [
        {
          what: 'CPU, 50 sessions / one as busy as all',
          value: cpu(costs.many) / cpu(costs.one),
          unit: '×',
          bound: { most: 1.5 },
        },
        {
          what: 'CPU, 50 sessions / 50 bare streams',
          value: cpu(costs.many) / cpu(costs.bare),
          unit: '×',
          bound: { most: 2 },
        },
        {
          what: 'heap, 50 sessions / 50 bare lists',
          value: heap(costs.many) / heap(costs.bare),
          unit: '×',
          bound: { most: 2 },
        },
        { what: 'CPU of the thread', value: cpu(costs.many) / 10, unit: '%' },
        { what: 'server to store, p99', value: medianOf(costs.many, ({ late }) => late), unit: 'ms' },
        { what: 'heap per session', value: heap(costs.many) / SESSIONS / 1_024, unit: 'KiB' },
      ];
    } finally {
      transport.dispose();
      await server.stop();
    }
  },
};

/** Follows a session; tells of each event that comes over its stream. Answers with the way to let go of it. */
type Make = (
  client: ReturnType<typeof clientOf>,
  session: string,
  onEvent: () => void,
) => Promise<() => void>;

const ours: Make = async (client, session, onEvent) => {
  const followed = follow(client, session);
  await followed.ready();
  let end = followed.feed.store.end;
  followed.feed.onDidChange(() => {
    for (; end < followed.feed.store.end; end += 1) {
      onEvent();
    }
  });
  return () => followed.dispose();
};

const barely: Make = async (client, session, onEvent) => {
  const followed = await followBarely(client, session, onEvent);
  return () => followed.dispose();
};

let used = 0;

async function cost(
  server: LiveServer,
  transport: HttpTransport,
  make: Make,
  sessions: number,
): Promise<Cost> {
  const now = wallClock();
  const client = clientOf(server.origin, transport);
  // As much is held in all, however many sessions share it.
  const held = (HELD * SESSIONS) / sessions;
  const names = Array.from({ length: sessions }, () => `session_${held}_desc_live${(used += 1)}`);
  const before = await heapUsed();
  const arrivals: number[] = [];
  const letGo = await Promise.all(names.map((name) => make(client, name, () => arrivals.push(now()))));
  const count = PER_SECOND * SECONDS;
  const cpuBefore = process.threadCpuUsage();
  const stamps = await server.play(names, 0, count, PER_SECOND);
  await waitFor('last event', () => arrivals.length >= count);
  const { user, system } = process.threadCpuUsage(cpuBefore);
  const heap = (await heapUsed()) - before;
  letGo.forEach((each) => each());
  return {
    cpu: (user + system) / 1_000 / SECONDS,
    heap,
    late: percentile(between(stamps, arrivals), 0.99),
  };
}

import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { waitFor } from './support/bounded.ts';
import { heapUsed } from './support/collect.ts';
import { clientOf, follow } from './support/following.ts';
import { LiveServer } from './support/liveServer.ts';
import { medianOf } from './support/statistics.ts';

const MANY = 1_000_000;
/** The costs are told per event; an eighth of what is held is enough to compare with. */
const FEW = 25_000;
/** A live event at the end of either session costs the same; so many are sent. */
const LIVE = 2_000;

interface Opened {
  readonly newestMs: number;
  readonly held: number;
  readonly heapPerWeight: number;
  readonly cpuPerEvent: number;
  readonly cpuPerLiveEvent: number;
  readonly eventsRead: number;
}

/** One session of a million events: what is kept of it and read of it, against one of twenty-five thousand. */
export const millionEvents: Bench = {
  name: 's3',
  title: 'one session of 1,000,000 events',
  inEditor: false,
  async run({ rounds }) {
    const server = await LiveServer.start();
    const transport = createUndiciTransport();
    try {
      const client = clientOf(server.origin, transport);
      const open = (events: number) => () => openOne(server, client, events);
      await alternate(1, { few: open(FEW) });
      const opened = await alternate(Math.min(rounds, 5), { many: open(MANY), few: open(FEW) });
      const many = (measure: (of: Opened) => number) => medianOf(opened.many, measure);
      const few = (measure: (of: Opened) => number) => medianOf(opened.few, measure);
      const ratio = (measure: (of: Opened) => number) => many(measure) / few(measure);
      return [
        {
          what: 'until the newest are held / 25,000 events',
          value: ratio(({ newestMs }) => newestMs),
          unit: '×',
          bound: { most: 1.5 },
        },
        {
          what: 'heap per JSON held / 25,000 events',
          value: ratio(({ heapPerWeight }) => heapPerWeight),
          unit: '×',
          bound: { most: 1.2 },
        },
        {
          what: 'CPU per event read / 25,000 events',
          value: ratio(({ cpuPerEvent }) => cpuPerEvent),
          unit: '×',
          bound: { most: 1.5 },
        },
        {
          what: 'CPU per live event / 25,000 events',
          value: ratio(({ cpuPerLiveEvent }) => cpuPerLiveEvent),
          unit: '×',
          bound: { most: 1.5 },
        },
        { what: 'kept in memory', value: many(({ held }) => held), unit: 'events' },
        { what: 'read from the server', value: many(({ eventsRead }) => eventsRead), unit: 'events' },
        { what: 'heap / JSON held', value: many(({ heapPerWeight }) => heapPerWeight), unit: '×' },
      ];
    } finally {
      transport.dispose();
      await server.stop();
    }
  },
};

let used = 0;

async function openOne(
  server: LiveServer,
  client: ReturnType<typeof clientOf>,
  events: number,
): Promise<Opened> {
  const session = `session_${events}_desc_long${(used += 1)}`;
  const heapBefore = await heapUsed();
  const cpuBefore = process.threadCpuUsage();
  const startedAt = performance.now();
  const followed = follow(client, session);
  const { feed } = followed;
  let newestMs: number | undefined;
  feed.onDidChange(() => {
    if (feed.store.get(`sevt_${events - 1}`) !== undefined) {
      newestMs ??= performance.now() - startedAt;
    }
  });
  const { store } = feed;
  let size = -1;
  await waitFor(
    'end of the reading of history',
    () => {
      // Everything is here, or as much as is kept: nothing more is read.
      const isSettled = store.size > 0 && store.size === size && newestMs !== undefined;
      size = store.size;
      return isSettled;
    },
    { timeoutMs: 120_000, intervalMs: 500 },
  );
  const cpu = cpuSince(cpuBefore);
  const { eventsRead } = await server.look(session);
  const heapPerWeight = ((await heapUsed()) - heapBefore) / store.weight;
  const held = store.size;
  const liveBefore = process.threadCpuUsage();
  await server.play(session, 0, LIVE, 4_000);
  await waitFor('last live event', () => store.get(`live_${LIVE - 1}`) !== undefined);
  const cpuPerLiveEvent = cpuSince(liveBefore) / LIVE;
  followed.dispose();
  return {
    newestMs: newestMs ?? Number.NaN,
    held,
    heapPerWeight,
    cpuPerEvent: cpu / eventsRead,
    cpuPerLiveEvent,
    eventsRead,
  };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import type { Session } from '../../src/api/resources/session.ts';
import { groupSessions, sortSessions } from '../../src/browse/arrangeSessions.ts';
import { Pager } from '../../src/vscode/tree/pager.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { within } from './support/bounded.ts';
import { heapUsed } from './support/collect.ts';
import { clientOf } from './support/following.ts';
import { LiveServer } from './support/liveServer.ts';
import { medianOf } from './support/statistics.ts';

const SESSIONS = 5_000;
const SHORT = 100;
const PAGE = 100;
const REFRESHES = 20;

interface Cost {
  readonly cpu: number;
  readonly heap: number;
}

/** A list of thousands of sessions, against the same pages read, parsed and kept with nothing around them. */
export const longList: Bench = {
  name: 's2',
  title: `${SESSIONS} sessions in the tree`,
  inEditor: false,
  async run({ rounds }) {
    const server = await LiveServer.start({ listed: SESSIONS });
    const shortServer = await LiveServer.start({ listed: SHORT });
    const transport = createUndiciTransport();
    const client = clientOf(server.origin, transport);
    const shortClient = clientOf(shortServer.origin, transport);
    try {
      const pager = (of: typeof client) =>
        new Pager<Session>((cursor) => of.listSessions({ limit: PAGE, ...(cursor && { cursor }) }));
      const read = async () => {
        const sessions = pager(client);
        await sessions.first();
        while (sessions.hasMore) {
          await sessions.more();
        }
        arranged(sessions.items);
        return sessions;
      };
      const bare = async () => {
        const kept: unknown[] = [];
        for (let from = 0; from < SESSIONS; from += PAGE) {
          const answer = await fetch(`${server.origin}/v1/sessions?limit=${PAGE}&page=${from}`);
          kept.push(...((await answer.json()) as { data: unknown[] }).data);
        }
        return kept;
      };
      const refreshed = (of: Pager<Session>) => async () => {
        const before = process.threadCpuUsage();
        for (let count = 0; count < REFRESHES; count += 1) {
          await within(30_000, 'refreshed list', of.refresh({ quietly: true }));
        }
        return cpuSince(before) / REFRESHES;
      };
      await alternate(1, { read, bare });
      const costs = await alternate(rounds, { read: costOf(read), bare: costOf(bare) });
      const [long, short] = [await read(), pager(shortClient)];
      await short.first();
      await alternate(1, { long: refreshed(long), short: refreshed(short) });
      const refreshes = await alternate(rounds, { long: refreshed(long), short: refreshed(short) });
      const [cpu, bareCpu] = [
        medianOf(costs.read, (each) => each.cpu),
        medianOf(costs.bare, (each) => each.cpu),
      ];
      const heap = (of: readonly Cost[]) => medianOf(of, (each) => each.heap);
      const [poll, pollShort] = [medianOf(refreshes.long, (ms) => ms), medianOf(refreshes.short, (ms) => ms)];
      return [
        { what: 'CPU to read and arrange / bare pages', value: cpu / bareCpu, unit: '×', bound: { most: 2 } },
        {
          what: 'heap / bare pages',
          value: heap(costs.read) / heap(costs.bare),
          unit: '×',
          bound: { most: 2 },
        },
        {
          what: `CPU of one look for news, ${SESSIONS} / ${SHORT} sessions`,
          value: poll / pollShort,
          unit: '×',
          bound: { most: 2 },
        },
        { what: 'CPU to read and arrange', value: cpu, unit: 'ms' },
        { what: 'heap per session', value: heap(costs.read) / SESSIONS, unit: 'B' },
        { what: 'CPU of one look for news', value: poll, unit: 'ms' },
      ];
    } finally {
      transport.dispose();
      await server.stop();
      await shortServer.stop();
    }
  },
};

/** What the tree does with a list that is sorted and grouped. */
function arranged(sessions: readonly Session[]): number {
  const sorted = sortSessions(sessions, 'updated');
  const options = { groupBy: 'agent', sortBy: 'updated', now: 0, nameOf: (key: string) => key } as const;
  return groupSessions(sorted, options).length;
}

function costOf(work: () => Promise<unknown>): () => Promise<Cost> {
  return async () => {
    const heapBefore = await heapUsed();
    const before = process.threadCpuUsage();
    const kept = await within(60_000, 'whole list', work());
    const cpu = cpuSince(before);
    const heap = (await heapUsed()) - heapBefore;
    return { cpu, heap: kept === undefined ? Number.NaN : heap };
  };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

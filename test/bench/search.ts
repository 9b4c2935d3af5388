import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ManagedAgentsClient } from '../../src/api/client.ts';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { DiskCache } from '../../src/sessionSearch/diskCache.ts';
import { SearchRun } from '../../src/sessionSearch/searchRun.ts';
import type { SessionCache } from '../../src/sessionSearch/sessionCache.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { Bench } from './benchmark.ts';
import { median } from './support/statistics.ts';

const SESSIONS = 120;
/** Said in some sessions, as most of what is looked for is. */
const TEXT = 'keep';

/** How much sooner a search is done when nothing has changed since the last one. */
export const search: Bench = {
  name: 'search',
  title: 'a second search in all sessions, with what the first has kept',
  inEditor: false,
  async run({ rounds, events }) {
    const sandbox = await startSandbox({ seedSessions: SESSIONS, seedEvents: Math.min(events, 20_000) });
    const folder = await mkdtemp(path.join(tmpdir(), 'search-bench-'));
    const transport = createUndiciTransport();
    let requests = 0;
    const connection = {
      id: 'bench',
      name: 'Bench',
      origin: sandbox.url,
      prefix: '/v1',
      auth: 'x-api-key',
      version: '2023-06-01',
      betas: ['managed-agents-2026-04-01'],
    } as const;
    const client = new ManagedAgentsClient(
      connection,
      new HttpCaller({
        connection,
        transport,
        key: () => Promise.resolve(sandbox.key),
        clock: systemClock,
        random: Math.random,
        onCall: () => (requests += 1),
      }),
    );
    const once = async (cache: SessionCache) => {
      requests = 0;
      const run = new SearchRun({
        query: { text: TEXT, matchCase: false, wholeWord: false },
        listPage: async (cursor, signal) => await client.listSessions({ limit: 100, cursor, signal }),
        isWanted: () => true,
        client,
        words: ({ code }) => code,
        cutKeys: (text) => text,
        cache,
        clock: systemClock,
        onChange: () => undefined,
      });
      const began = performance.now();
      await run.resume();
      const ms = performance.now() - began;
      const { phase, hits, searched } = run.state;
      if (phase.kind !== 'done') {
        throw new Error(`the search ended as ${phase.kind}`);
      }
      return { ms, requests, hits, searched };
    };
    try {
      const ratios: number[] = [];
      let first = await once(cacheIn(folder, 'warm'));
      let second = first;
      for (let round = 0; round < rounds; round += 1) {
        const cache = cacheIn(folder, String(round));
        first = await once(cache);
        second = await once(cache);
        if (second.hits !== first.hits || first.hits === 0) {
          throw new Error(`${first.hits} hits at first, then ${second.hits}`);
        }
        ratios.push(first.ms / second.ms);
      }
      return [
        {
          what: 'first search / second search',
          value: median(ratios),
          unit: 'x',
          bound: { least: 20 },
          note: `${first.searched} sessions, ${first.hits} hits; ${first.ms.toFixed(0)} ms, then ${second.ms.toFixed(0)} ms`,
        },
        { what: 'requests of the first', value: first.requests, unit: '' },
        {
          what: 'requests of the second',
          value: second.requests,
          unit: '',
          bound: { most: Math.ceil(SESSIONS / 100) },
          note: 'the list alone',
        },
      ];
    } finally {
      transport.dispose();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function cacheIn(folder: string, name: string): SessionCache {
  const cache = new DiskCache({
    folder: path.join(folder, name),
    maxBytes: 200 * 1024 * 1024,
    language: 'en',
    clock: systemClock,
    onNote: (note) => process.stderr.write(`${note}\n`),
  });
  return cache.for('bench');
}

import { asNumber, asObject, field } from '../../src/util/json.ts';
import type { Bench } from './benchmark.ts';
import { BenchEditor } from './support/benchEditor.ts';
import { waitFor } from './support/bounded.ts';
import { medianOf } from './support/statistics.ts';

const LONGEST_TASK_MS = 50;

/** What a long session does to the page and to the extension host while it loads. */
export const loading: Bench = {
  name: 'p7',
  title: 'long tasks and bytes while a long session loads',
  inEditor: true,
  async run({ rounds, events }) {
    const bench = await BenchEditor.start();
    try {
      // What is loaded and compiled once per window is not the session's.
      await load(bench, 100);
      const loads = [];
      for (let round = 0; round < rounds; round += 1) {
        loads.push(await load(bench, events));
      }
      return [
        {
          what: 'longest task of the page',
          value: medianOf(loads, ({ page }) => page),
          unit: 'ms',
          bound: { most: LONGEST_TASK_MS },
          note: '0: none was as long as the browser counts',
        },
        {
          what: 'longest task of the extension host',
          value: medianOf(loads, ({ hostCpu }) => hostCpu),
          unit: 'ms',
          bound: { most: LONGEST_TASK_MS },
          note: `at work; ${medianOf(loads, ({ host }) => host).toFixed(0)} ms by the clock, in which it also waits for a core`,
        },
        {
          what: 'posted before scrolling / the session',
          value: 100 * medianOf(loads, ({ share }) => share),
          unit: '%',
          bound: { most: 1 },
        },
        { what: 'until all is loaded', value: medianOf(loads, ({ ms }) => ms), unit: 'ms' },
      ];
    } finally {
      await bench.stop();
    }
  },
};

async function load(bench: BenchEditor, count: number) {
  const session = bench.newSession(count);
  await bench.execute('bench.watchHost');
  const panel = await bench.openSession(session);
  await bench.loaded(session, count);
  const loadedAt = Date.now();
  // The last page is with the host; what the page is told about it comes in a moment.
  await panel.document.locator('article').first().waitFor();
  let { longTasks, bytes } = await panel.seen();
  await waitFor(
    'page that is told no more',
    async () => {
      const more = await panel.seen();
      longTasks = [...longTasks, ...more.longTasks];
      bytes += more.bytes;
      return more.messages === 0;
    },
    { timeoutMs: 20_000, intervalMs: 500 },
  );
  const host = asObject(await bench.execute('bench.longestTask'));
  const { bytesRead } = await bench.server.look(session);
  await bench.closeAll();
  return {
    page: Math.max(0, ...longTasks),
    host: asNumber(field(host, 'ms')) ?? Number.NaN,
    hostCpu: asNumber(field(host, 'cpuMs')) ?? Number.NaN,
    share: bytes / bytesRead,
    ms: loadedAt - panel.openedAt,
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { asNumber, asObject, field } from '../../src/util/json.ts';
import type { Bench } from './benchmark.ts';
import { BenchEditor } from './support/benchEditor.ts';
import { within } from './support/bounded.ts';
import { medianOf } from './support/statistics.ts';

const WINDOW_MS = 8_000;
/**
 * After that a session that was opened has nothing left to do. One that was closed is let go of half a minute later,
 * which is behind the two windows that follow.
 */
const SETTLED_MS = 4_000;
const PER_MS = 15_000;

interface Idle {
  readonly hostWakeUps: number;
  readonly pageWakeUps: number;
  readonly cpuMs: number;
}

/** What an open session costs in which nothing happens, against the same editor without one. */
export const idling: Bench = {
  name: 'p12',
  title: 'an idle session',
  inEditor: true,
  async run({ rounds }) {
    const bench = await BenchEditor.start();
    try {
      await bench.execute('bench.countTimers');
      const none: Idle[] = [];
      const one: Idle[] = [];
      await withSession(bench);
      // Before and after by turns: each window without a session lies between two with one.
      for (let round = 0; round < rounds; round += 1) {
        none.push(await watch(bench));
        one.push(await withSession(bench));
      }
      const counted = asNumber(field(asObject(await bench.execute('bench.spent')), 'wakeUps'));
      if (counted === undefined || counted === 0) {
        throw new Error('No timer went off while sessions were opened: the counter counts nothing.');
      }
      const total = (of: readonly Idle[], measure: (idle: Idle) => number) =>
        (of.reduce((sum, idle) => sum + measure(idle), 0) * PER_MS) / (WINDOW_MS * of.length);
      const host = (of: readonly Idle[]) => total(of, ({ hostWakeUps }) => hostWakeUps);
      const cpu = (of: readonly Idle[]) => medianOf(of, ({ cpuMs }) => cpuMs);
      return [
        {
          what: 'timers of the extension in 15 s, more than without',
          value: host(one) - host(none),
          unit: 'wake-ups',
          bound: { most: 1 },
        },
        {
          what: 'timers and frames of the page in 15 s',
          value: total(one, ({ pageWakeUps }) => pageWakeUps),
          unit: 'wake-ups',
          bound: { most: 1 },
        },
        { what: 'CPU of the host / without', value: cpu(one) / cpu(none), unit: '×', bound: { most: 1.05 } },
        { what: 'CPU of the host', value: (100 * cpu(one)) / WINDOW_MS, unit: '%' },
        { what: 'CPU of the host without', value: (100 * cpu(none)) / WINDOW_MS, unit: '%' },
      ];
    } finally {
      await bench.stop();
    }
  },
};

async function withSession(bench: BenchEditor): Promise<Idle> {
  const session = bench.newSession(1_000);
  const panel = await bench.openSession(session);
  await bench.followed(session);
  await within(30_000, 'first row', panel.document.locator('article').first().waitFor());
  await bench.loaded(session, 1_000);
  await bench.server.rest(session);
  await delay(SETTLED_MS);
  await panel.seen();
  const host = await watch(bench);
  const { wakeUps } = await panel.seen();
  await bench.over(session);
  await bench.closeAll();
  await delay(SETTLED_MS);
  return { ...host, pageWakeUps: wakeUps };
}

async function watch(bench: BenchEditor): Promise<Idle> {
  const before = asObject(await bench.execute('bench.spent'));
  await delay(WINDOW_MS);
  const after = asObject(await bench.execute('bench.spent'));
  const spent = (name: string) =>
    (asNumber(field(after, name)) ?? Number.NaN) - (asNumber(field(before, name)) ?? Number.NaN);
  return { hostWakeUps: spent('wakeUps'), pageWakeUps: 0, cpuMs: spent('cpuMs') };
}

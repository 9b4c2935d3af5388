import type { Bench, Measure } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { BenchEditor } from './support/benchEditor.ts';
import { waitFor } from './support/bounded.ts';
import type { ProbeSeen } from './support/pageProbe.ts';
import { medianOf } from './support/statistics.ts';

const SHORT = 100;

/** From the open command to the newest rows on the screen and the keyboard in the composer. */
export const timeToReady: Bench = {
  name: 'p3',
  title: 'time to newest rows and composer',
  inEditor: true,
  async run({ rounds, events }) {
    const bench = await BenchEditor.start();
    try {
      const open = (count: number, order: 'asc' | 'desc') => () => timeOne(bench, count, order);
      await alternate(1, { short: open(SHORT, 'desc') });
      const times = await alternate(rounds, { short: open(SHORT, 'desc'), long: open(events, 'desc') });
      const refused = await alternate(Math.min(2, rounds), { long: open(events, 'asc') });
      const [short, long] = [medianOf(times.short, (ms) => ms), medianOf(times.long, (ms) => ms)];
      const measures: readonly Measure[] = [
        { what: `${events} events / ${SHORT} events`, value: long / short, unit: '×', bound: { most: 1.5 } },
        { what: `${SHORT} events`, value: short, unit: 'ms' },
        { what: `${events} events`, value: long, unit: 'ms' },
        {
          what: `${events} events, oldest first only`,
          value: medianOf(refused.long, (ms) => ms),
          unit: 'ms',
          note: 'a server that refuses newest first: all must be read before the newest is here',
        },
      ];
      return measures;
    } finally {
      await bench.stop();
    }
  },
};

async function timeOne(bench: BenchEditor, count: number, order: 'asc' | 'desc'): Promise<number> {
  const session = bench.newSession(count, order);
  const panel = await bench.openSession(session);
  const paints: ProbeSeen['paints'][number][] = [];
  const readyAt = await waitFor(
    'newest rows and composer',
    async () => {
      const seen = await panel.seen();
      paints.push(...seen.paints);
      const newest = paints.find(({ mark }) => mark === count - 1);
      return newest !== undefined && seen.composerAt !== undefined
        ? Math.max(newest.at, seen.composerAt)
        : false;
    },
    { timeoutMs: 90_000, intervalMs: 100 },
  );
  await bench.loaded(session, count);
  await bench.closeAll();
  return readyAt - panel.openedAt;
}

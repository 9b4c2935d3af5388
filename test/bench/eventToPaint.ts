import { eventually } from '../support/eventually.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { BenchEditor, type OpenPanel } from './support/benchEditor.ts';
import { between, firstSights } from './support/latencies.ts';
import type { PaintedMark } from './support/pageProbe.ts';
import { median, medianOf, percentile } from './support/statistics.ts';

const PER_SECOND = 500;
const SECONDS = 5;
const HELD = 1_000;
const FRAME_MS = 1_000 / 60;

interface Latency {
  readonly endToEnd: number;
  readonly inPage: number;
  /** Half of the events are faster than this. */
  readonly usual: number;
}

/** How long an event takes to the screen while many come, against a panel without any care. */
export const eventToPaint: Bench = {
  name: 'p5',
  title: `event to paint at ${PER_SECOND} events/s`,
  inEditor: true,
  async run({ rounds }) {
    const bench = await BenchEditor.start();
    try {
      const ours = () => measure(bench, (session) => bench.openSession(session));
      const naive = () => measure(bench, (session) => bench.openNaive(session));
      await alternate(1, { ours });
      const latencies = await alternate(rounds, { ours, naive });
      const endToEnd = medianOf(latencies.ours, (each) => each.endToEnd);
      const inPage = medianOf(latencies.ours, (each) => each.inPage);
      const theirs = medianOf(latencies.naive, (each) => each.endToEnd);
      return [
        { what: 'message to paint, p99', value: inPage / FRAME_MS, unit: 'frames', bound: { most: 2 } },
        { what: 'server to paint, p99', value: endToEnd / FRAME_MS, unit: 'frames', bound: { most: 3 } },
        { what: 'ours / naive panel, p99', value: endToEnd / theirs, unit: '×', bound: { most: 0.35 } },
        { what: 'message to paint, p99', value: inPage, unit: 'ms' },
        { what: 'server to paint, p99', value: endToEnd, unit: 'ms' },
        { what: 'server to paint, p50', value: medianOf(latencies.ours, (each) => each.usual), unit: 'ms' },
        {
          what: 'naive: server to paint, p99',
          value: theirs,
          unit: 'ms',
          note: `after ${PER_SECOND * SECONDS} rows`,
        },
      ];
    } finally {
      await bench.stop();
    }
  },
};

async function measure(bench: BenchEditor, open: (session: string) => Promise<OpenPanel>): Promise<Latency> {
  const session = bench.newSession(HELD);
  const count = PER_SECOND * SECONDS;
  const panel = await open(session);
  await eventually(async () => (await bench.server.look(session)).listeners > 0, { timeoutMs: 20_000 });
  await panel.document.locator('[role=feed], [data-rows]').waitFor();
  await panel.document.locator('.md').first().or(panel.document.locator('[data-rows]')).waitFor();
  await panel.seen();
  const stamps = await bench.server.play(session, HELD, count, PER_SECOND);
  const arrivals: PaintedMark[] = [];
  const paints: PaintedMark[] = [];
  await eventually(
    async () => {
      const seen = await panel.seen();
      arrivals.push(...seen.arrivals);
      paints.push(...seen.paints);
      return paints.at(-1)?.mark === HELD + count - 1;
    },
    { timeoutMs: 240_000, intervalMs: 250 },
  );
  await bench.closeAll(session);
  const painted = firstSights(paints, HELD, count);
  const endToEnd = between(stamps, painted);
  return {
    endToEnd: percentile(endToEnd, 0.99),
    inPage: percentile(between(firstSights(arrivals, HELD, count), painted), 0.99),
    usual: median(endToEnd),
  };
}

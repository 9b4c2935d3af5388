import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { BenchEditor } from './support/benchEditor.ts';
import { waitFor, within } from './support/bounded.ts';
import { between, firstSights } from './support/latencies.ts';
import type { PaintedMark } from './support/pageProbe.ts';
import { median, medianOf, percentile } from './support/statistics.ts';

const PER_SECOND = 500;
const SECONDS = 4;
/** A burst ten times as dense, and half as long. */
const BURST = { perSecond: 10 * PER_SECOND, seconds: SECONDS / 2 };
const HELD = 1_000;
/** How long the last event is waited for, in milliseconds. */
const PATIENCE_MS = 20_000;
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
      const ours = () => measure(bench, 'ours');
      const naive = () => measure(bench, 'naive');
      const bare = () => measure(bench, 'bare');
      await alternate(1, { ours });
      const burst = () => measure(bench, 'ours', BURST);
      const latencies = await alternate(rounds, { ours, bare, naive, burst });
      const endToEnd = medianOf(latencies.ours, (each) => each.endToEnd);
      const inPage = medianOf(latencies.ours, (each) => each.inPage);
      const bareEndToEnd = medianOf(latencies.bare, (each) => each.endToEnd);
      const bareInPage = medianOf(latencies.bare, (each) => each.inPage);
      const theirs = medianOf(latencies.naive, (each) => each.endToEnd);
      return [
        { what: 'message to paint, p99', value: inPage / FRAME_MS, unit: 'frames', bound: { most: 2 } },
        { what: 'server to paint, p99', value: endToEnd / FRAME_MS, unit: 'frames', bound: { most: 3 } },
        {
          what: `server to paint at ${BURST.perSecond} events/s, p99`,
          value: medianOf(latencies.burst, (each) => each.endToEnd) / FRAME_MS,
          unit: 'frames',
          bound: { most: 4 },
        },
        { what: 'ours / naive panel, p99', value: endToEnd / theirs, unit: '×', bound: { most: 0.35 } },
        {
          what: 'message to paint, p99: ours / one line of text',
          value: inPage / bareInPage,
          unit: '×',
          note: 'what this editor can do on this machine',
        },
        { what: 'server to paint, p99: ours / one line of text', value: endToEnd / bareEndToEnd, unit: '×' },
        { what: 'message to paint, p99', value: inPage, unit: 'ms' },
        { what: 'server to paint, p99', value: endToEnd, unit: 'ms' },
        { what: 'server to paint, p50', value: medianOf(latencies.ours, (each) => each.usual), unit: 'ms' },
        { what: 'one line of text: message to paint, p99', value: bareInPage, unit: 'ms' },
        { what: 'one line of text: server to paint, p99', value: bareEndToEnd, unit: 'ms' },
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

async function measure(
  bench: BenchEditor,
  kind: 'ours' | 'naive' | 'bare',
  { perSecond, seconds } = { perSecond: PER_SECOND, seconds: SECONDS },
): Promise<Latency> {
  const session = bench.newSession(HELD);
  const count = perSecond * seconds;
  const panel = await (kind === 'ours' ? bench.openSession(session) : bench.openOther(kind, session));
  await bench.followed(session);
  const rows = panel.document.locator('.md').first().or(panel.document.locator('[data-rows]'));
  await within(PATIENCE_MS, 'first row', rows.waitFor({ state: 'attached' }));
  await panel.seen();
  const stamps = await bench.server.play(session, HELD, count, perSecond);
  const arrivals: PaintedMark[] = [];
  const paints: PaintedMark[] = [];
  const last = HELD + count - 1;
  const isPainted = waitFor(
    'last event on the screen',
    async () => {
      const seen = await panel.seen();
      arrivals.push(...seen.arrivals);
      paints.push(...seen.paints);
      return paints.at(-1)?.mark === last;
    },
    { timeoutMs: PATIENCE_MS, intervalMs: 250 },
  );
  if (kind !== 'naive') {
    await isPainted;
  } else {
    // What is not painted by now counts as painted now, which flatters the panel without care.
    await isPainted.catch(() => paints.push({ mark: last, at: Date.now() }));
  }
  await bench.closeAll();
  const painted = firstSights(paints, HELD, count);
  const endToEnd = between(stamps, painted);
  return {
    endToEnd: percentile(endToEnd, 0.99),
    inPage: percentile(between(firstSights(arrivals, HELD, count), painted), 0.99),
    usual: median(endToEnd),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { BenchEditor, type OpenPanel } from './support/benchEditor.ts';
import { median, medianOf, percentile } from './support/statistics.ts';

const PER_SECOND = 500;
const HELD = 1_000;
const KEYS = 48;
/** Between two keys: not a whole number of frames, so that they fall anywhere in one. */
const GAP_MS = 107;

/** Typing while many events come, against typing in peace. */
export const typing: Bench = {
  name: 'p6',
  title: `key to paint in the composer during ${PER_SECOND} events/s`,
  inEditor: true,
  async run({ rounds }) {
    const bench = await BenchEditor.start();
    try {
      const session = bench.newSession(HELD);
      const panel = await bench.openSession(session);
      await bench.followed(session);
      await panel.document.locator('.md').first().waitFor();
      await panel.document.locator('.composer-text').click();
      let next = HELD;
      const idle = () => typeAndMeasure(bench, panel);
      const busy = async () => {
        const count = Math.ceil(((KEYS + 8) * GAP_MS * PER_SECOND) / 1_000);
        const playing = bench.server.play(session, next, count, PER_SECOND);
        next += count;
        const keys = await typeAndMeasure(bench, panel);
        await playing;
        return keys;
      };
      await alternate(1, { idle });
      const keys = await alternate(rounds, { idle, busy });
      const [calm, pressed] = [medianOf(keys.idle, median), medianOf(keys.busy, median)];
      const late = (each: readonly number[]) => percentile(each, 0.95);
      return [
        { what: 'key to paint, busy / idle', value: pressed / calm, unit: '×', bound: { most: 1.5 } },
        {
          what: 'the same, p95',
          value: medianOf(keys.busy, late) / medianOf(keys.idle, late),
          unit: '×',
        },
        { what: 'key to paint, idle', value: calm, unit: 'ms' },
        { what: 'key to paint, busy', value: pressed, unit: 'ms' },
      ];
    } finally {
      await bench.stop();
    }
  },
};

async function typeAndMeasure(bench: BenchEditor, panel: OpenPanel): Promise<readonly number[]> {
  await panel.document.locator('.composer-text').fill('');
  await panel.seen();
  for (let count = 0; count < KEYS; count += 1) {
    await bench.editor.page.keyboard.press(count % 6 === 5 ? 'Space' : 'e');
    await delay(GAP_MS);
  }
  const { keys } = await panel.seen();
  if (keys.length < KEYS) {
    throw new Error(`Only ${keys.length} of ${KEYS} keys wrote something.`);
  }
  return keys;
}

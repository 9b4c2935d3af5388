import { decodeEventBatches } from '../../src/stream/sse.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { collect } from './support/collect.ts';
import { cut, inOrder } from './support/sseBytes.ts';
import { medianOf } from './support/statistics.ts';

const FULL_BYTES = 16 * 1024 * 1024;
const DRIP_BYTES = 64;

/** One huge event in tiny pieces: twice the size may take twice the time and no more. */
export const dripped: Bench = {
  name: 'p11',
  title: 'one huge event, dripped',
  inEditor: false,
  async run({ rounds }) {
    const whole = dripOf(FULL_BYTES - 1_024);
    const half = dripOf(FULL_BYTES / 2 - 512);
    const time = (chunks: readonly Uint8Array[]) => async () => {
      await collect();
      const startedAt = performance.now();
      let events = 0;
      for await (const batch of decodeEventBatches(inOrder(chunks))) {
        events += batch.length;
      }
      if (events !== 1) {
        throw new Error(`The event came ${events} times.`);
      }
      return performance.now() - startedAt;
    };
    const sides = { half: time(half), whole: time(whole) };
    await alternate(1, sides);
    const times = await alternate(rounds, sides);
    const [ofHalf, ofWhole] = [medianOf(times.half, (ms) => ms), medianOf(times.whole, (ms) => ms)];
    return [
      { what: '16 MiB / 8 MiB in 64-byte pieces', value: ofWhole / ofHalf, unit: '×', bound: { most: 2.2 } },
      { what: '16 MiB in 64-byte pieces', value: ofWhole, unit: 'ms' },
    ];
  },
};

function dripOf(bytes: number): Uint8Array[] {
  return cut(new TextEncoder().encode(`data: {"text":"${'x'.repeat(bytes)}"}\n\n`), DRIP_BYTES);
}

import { ReadableStream as NodeStream } from 'node:stream/web';
import { Stream } from '@anthropic-ai/sdk/core/streaming';
import { readFrame } from '../../src/stream/readFrame.ts';
import { decodeEventBatches } from '../../src/stream/sse.ts';
import type { Bench, Measure } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { collect } from './support/collect.ts';
import { inOrder, type SseBytes, sseBytes } from './support/sseBytes.ts';
import { medianOf } from './support/statistics.ts';

const sizes = [
  { label: '150 B', eventBytes: 150, events: 100_000, least: 1.8 },
  { label: '1 KB', eventBytes: 1_024, events: 40_000, least: 1.3 },
  { label: '64 KB', eventBytes: 65_536, events: 1_500, least: 1 },
] as const;

/** From the bytes of a stream to decoded events, against the vendor's own SDK over the same bytes. */
export const vendorSdk: Bench = {
  name: 'p2',
  title: 'bytes to events, against the official SDK',
  inEditor: false,
  async run({ rounds }) {
    const measures: Measure[] = [];
    for (const { label, eventBytes, events, least } of sizes) {
      const input = sseBytes(events, eventBytes);
      const rate = (side: (input: SseBytes) => Promise<number>) => async () => {
        await collect();
        const startedAt = performance.now();
        const count = await side(input);
        if (count !== events) {
          throw new Error(`A side read ${count} of ${events} events.`);
        }
        return (events / (performance.now() - startedAt)) * 1_000;
      };
      const sides = { ours: rate(ours), sdk: rate(sdk) };
      await alternate(1, sides);
      const rates = await alternate(rounds, sides);
      const [our, their] = [medianOf(rates.ours, (each) => each), medianOf(rates.sdk, (each) => each)];
      measures.push({
        what: `events of ${label}, ours / SDK`,
        value: our / their,
        unit: '×',
        bound: { least },
        note: `${Math.round(our / 1_000)}k and ${Math.round(their / 1_000)}k events/s`,
      });
    }
    return measures;
  },
};

/** Both sides read the same kind of body. */
function body({ chunks }: SseBytes): ReadableStream<Uint8Array> {
  return NodeStream.from(inOrder(chunks)) as ReadableStream<Uint8Array>;
}

async function ours(input: SseBytes): Promise<number> {
  let count = 0;
  for await (const batch of decodeEventBatches(body(input))) {
    for (const frame of batch) {
      count += readFrame(frame).kind === 'event' ? 1 : 0;
    }
  }
  return count;
}

async function sdk(input: SseBytes): Promise<number> {
  let count = 0;
  for await (const event of Stream.fromSSEResponse(new Response(body(input)), new AbortController())) {
    count += event === undefined ? 0 : 1;
  }
  return count;
}

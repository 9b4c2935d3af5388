import { createParser } from 'eventsource-parser';
import { EventStore } from '../../src/stream/eventStore.ts';
import { readFrame } from '../../src/stream/readFrame.ts';
import { decodeEventBatches } from '../../src/stream/sse.ts';
import { asText, field, type JsonObject } from '../../src/util/json.ts';
import { alternate } from './support/alternate.ts';
import { collect } from './support/collect.ts';
import { inOrder, type SseBytes, sseBytes } from './support/sseBytes.ts';
import { medianOf } from './support/statistics.ts';

const EVENTS = 50_000;

/** Events per second from bytes to what is kept of them. */
export interface PipelineRates {
  /** Parsed, and nothing kept. */
  readonly base: number;
  /** Parsed and kept by identity and in order: what any client with a transcript has to do at least. */
  readonly retain: number;
  readonly ours: number;
}

/** Measures the three by turns. Runs wherever it is called: in plain Node, and built for it in an extension host. */
export async function measure({ rounds }: { readonly rounds: number }): Promise<PipelineRates> {
  const input = sseBytes(EVENTS, 1_024);
  const rate = (side: Side) => async () => {
    await collect();
    const startedAt = performance.now();
    const kept = await side(input);
    const seconds = (performance.now() - startedAt) / 1_000;
    if (kept.count !== EVENTS) {
      throw new Error(`A side read ${kept.count} of ${EVENTS} events.`);
    }
    return EVENTS / seconds;
  };
  const sides = { base: rate(parsed), retain: rate(retained), ours: rate(stored) };
  await alternate(1, sides);
  const rates = await alternate(rounds, sides);
  const median = (of: readonly number[]) => medianOf(of, (each) => each);
  return { base: median(rates.base), retain: median(rates.retain), ours: median(rates.ours) };
}

type Side = (input: SseBytes) => Promise<{ readonly count: number; readonly kept: unknown }>;

/** What nobody can do without: the standard's parser and JSON. */
async function parsed({ chunks }: SseBytes) {
  let count = 0;
  await parseAll(chunks, () => {
    count += 1;
  });
  return { count, kept: undefined };
}

/** The same, with everything kept by identity and in order. */
async function retained({ chunks }: SseBytes) {
  const byId = new Map<string, number>();
  const list: JsonObject[] = [];
  await parseAll(chunks, (event) => {
    const id = asText(field(event, 'id')) ?? '';
    if (!byId.has(id)) {
      byId.set(id, list.length);
      list.push(event);
    }
  });
  return { count: list.length, kept: [byId, list] };
}

async function parseAll(chunks: readonly Uint8Array[], take: (event: JsonObject) => void): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ data }) => take(JSON.parse(data) as JsonObject) });
  for await (const chunk of inOrder(chunks)) {
    parser.feed(decoder.decode(chunk, { stream: true }));
  }
}

/** Ours. */
async function stored({ chunks }: SseBytes) {
  const store = new EventStore();
  for await (const batch of decodeEventBatches(inOrder(chunks))) {
    for (const frame of batch) {
      const content = readFrame(frame);
      if (content.kind === 'event') {
        store.arrive(content.event, 0, content.weight);
      }
    }
  }
  return { count: store.size, kept: store };
}

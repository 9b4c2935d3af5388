import { EventStore } from '../../src/stream/eventStore.ts';
import { Outbox } from '../../src/stream/outbox.ts';
import { Previews } from '../../src/stream/previews.ts';
import { readFrame } from '../../src/stream/readFrame.ts';
import { decodeEventBatches } from '../../src/stream/sse.ts';
import { Transcript } from '../../src/transcript/transcript.ts';
import type { Bench } from './benchmark.ts';
import { heapUsed } from './support/collect.ts';
import { inOrder, sseBytes } from './support/sseBytes.ts';
import { medianOf } from './support/statistics.ts';

/** What a long session takes of memory, and whether closing it gives that back. */
export const heap: Bench = {
  name: 'p10',
  title: 'memory of a long session',
  inEditor: false,
  async run({ rounds, events }) {
    await holdSession(1_000);
    const results = [];
    for (let round = 0; round < rounds; round += 1) {
      results.push(await holdSession(events));
    }
    return [
      {
        what: 'heap per 1 KB event / its JSON',
        value: medianOf(results, ({ perJson }) => perJson),
        unit: '×',
        bound: { most: 1.5 },
        note: 'store and transcript',
      },
      {
        what: 'heap after closing / before',
        value: medianOf(results, ({ left }) => left),
        unit: '×',
        bound: { most: 1.1 },
      },
    ];
  },
};

async function holdSession(events: number): Promise<{ readonly perJson: number; readonly left: number }> {
  const before = await heapUsed();
  let session: { readonly store: EventStore; readonly transcript: Transcript } | undefined =
    await fill(events);
  const held = await heapUsed();
  const perJson = (held - before) / session.store.weight;
  session.transcript.dispose();
  session = undefined;
  return { perJson, left: (await heapUsed()) / before };
}

/** A session's books, filled as a stream fills them; the bytes themselves are gone when it returns. */
async function fill(events: number) {
  const store = new EventStore();
  const transcript = new Transcript({
    store,
    outbox: new Outbox(store, () => undefined),
    previews: new Previews(() => undefined),
  });
  const part = 5_000;
  for (let from = 0; from < events; from += part) {
    const { chunks } = sseBytes(Math.min(part, events - from), 1_024, from);
    for await (const batch of decodeEventBatches(inOrder(chunks))) {
      for (const frame of batch) {
        const content = readFrame(frame);
        if (content.kind === 'event') {
          store.arrive(content.event, 0, content.weight);
        }
      }
    }
  }
  return { store, transcript };
}

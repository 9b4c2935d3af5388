import { createParser } from 'eventsource-parser';
import { ManagedAgentsClient } from '../../../src/api/client.ts';
import type { Connection } from '../../../src/api/connection.ts';
import { HttpCaller } from '../../../src/api/http/caller.ts';
import type { HttpTransport } from '../../../src/api/http/transport.ts';
import { SessionFeed } from '../../../src/stream/sessionFeed.ts';
import { Transcript } from '../../../src/transcript/transcript.ts';
import { systemClock } from '../../../src/util/clock.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { waitFor } from './bounded.ts';

/** A client of a server on the loopback interface, as the extension makes one. */
export function clientOf(origin: string, transport: HttpTransport): ManagedAgentsClient {
  const connection: Connection = {
    id: 'bench',
    name: 'Bench',
    origin,
    prefix: '/v1',
    auth: 'bearer',
    version: '2023-06-01',
    betas: [],
  };
  const key = () => Promise.resolve('key-for-the-bench-0123456789');
  const caller = new HttpCaller({ connection, transport, key, clock: systemClock, random: Math.random });
  return new ManagedAgentsClient(connection, caller);
}

/** A session that is followed as a panel does: its feed and the rows that are made of it. */
export interface Followed {
  readonly feed: SessionFeed;
  /** Resolves when the stream stands and history was read, all of it. */
  ready(): Promise<void>;
  dispose(): void;
}

export function follow(
  source: ManagedAgentsClient,
  sessionId: string,
  options: { readonly maxEvents?: number } = {},
): Followed {
  const feed = new SessionFeed({ source, sessionId, clock: systemClock, random: Math.random, ...options });
  const transcript = new Transcript(feed);
  feed.start();
  return {
    feed,
    ready: async () => {
      await waitFor(
        `whole history of ${sessionId}`,
        () => {
          const { state, history } = feed.status;
          const isFull = history.kind === 'partial' && feed.store.size >= (options.maxEvents ?? Infinity);
          return state.kind === 'live' && (history.kind === 'complete' || isFull);
        },
        { timeoutMs: 120_000, intervalMs: 5 },
      );
    },
    dispose: () => {
      transcript.dispose();
      feed.dispose();
    },
  };
}

/** The least that can be done with a session: its history and its stream are parsed and kept, in one list. */
export interface BareFollowed {
  readonly events: JsonObject[];
  dispose(): void;
}

export async function followBarely(
  client: ManagedAgentsClient,
  sessionId: string,
  onEvent: (event: JsonObject) => void = () => undefined,
): Promise<BareFollowed> {
  const stop = new AbortController();
  const events: JsonObject[] = [];
  const stream = await client.openStream(sessionId, stop.signal);
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ data }) {
      const event = JSON.parse(data) as JsonObject;
      events.push(event);
      onEvent(event);
    },
  });
  const reading = (async () => {
    for await (const chunk of stream.chunks) {
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  })().catch(() => undefined);
  const page = await client.listEvents(sessionId, { limit: 1_000 });
  events.unshift(...page.items.map(({ raw }) => raw));
  return {
    events,
    dispose: () => {
      stop.abort();
      stream.close();
      void reading;
    },
  };
}

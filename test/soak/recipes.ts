import type { Cursor } from '../../src/api/pagination.ts';
import type { SessionEvent } from '../../src/api/resources/event.ts';
import { decodeEventStream } from '../../src/stream/sse.ts';
import { readFrame } from '../../src/stream/readFrame.ts';
import { SessionFeed } from '../../src/stream/sessionFeed.ts';
import type { SessionSource } from '../../src/stream/sessionSource.ts';
import { type Clock, sleep } from '../../src/util/clock.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { contents } from '../support/storeEvents.ts';

/** A way to follow a session. */
interface Follower {
  /** The events that a viewer sees now, as they came. */
  events(): readonly JsonObject[];
  stop(): void;
}

export type Recipe = (source: SessionSource, clock: Clock, random: () => number) => Follower;

/** The feed under test. */
export const feed: Recipe = (source, clock, random) => {
  const session = new SessionFeed({ source, sessionId: 's', clock, random });
  session.start();
  return { events: () => contents(session.store), stop: () => session.dispose() };
};

/** As the documentation puts it: list, then stream, drop what was seen; again after each break. */
export const listThenStream: Recipe = (source, clock) => simple(source, clock, 'all');

/** As samples do it: the same with the first page of the list only. */
export const firstPageOnly: Recipe = (source, clock) => simple(source, clock, 'first');

function simple(source: SessionSource, clock: Clock, pages: 'all' | 'first'): Follower {
  const over = new AbortController();
  const seen = new Set<string | undefined>();
  const shown: JsonObject[] = [];
  const take = (event: SessionEvent) => {
    if (!seen.has(event.id)) {
      seen.add(event.id);
      shown.push(event.raw);
    }
  };
  const list = async () => {
    let cursor: Cursor | undefined;
    do {
      const page = await source.listEvents('s', { cursor, signal: over.signal });
      page.items.forEach(take);
      cursor = pages === 'all' ? page.next : undefined;
    } while (cursor !== undefined);
  };
  const run = async () => {
    while (!over.signal.aborted) {
      try {
        await list();
        const stream = await source.openStream('s', over.signal);
        for await (const frame of decodeEventStream(stream.chunks)) {
          const content = readFrame(frame);
          if (content.kind === 'event') {
            take(content.event);
          }
        }
      } catch {
        await sleep(clock, 1_000, over.signal).catch(() => undefined);
      }
    }
  };
  void run();
  return { events: () => shown, stop: () => over.abort() };
}

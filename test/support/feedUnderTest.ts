import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { ManagedAgentsClient } from '../../src/api/client.ts';
import type { Connection } from '../../src/api/connection.ts';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import type { FeedState, FeedStatus } from '../../src/stream/feedState.ts';
import { type FeedOptions, SessionFeed } from '../../src/stream/sessionFeed.ts';
import { eventually } from './eventually.ts';
import { ManualClock } from './manualClock.ts';
import { SESSION_ID, type SessionServer } from './sessionServer.ts';
import { contents } from './storeEvents.ts';

/** A feed on real sockets whose time is the test's. */
export interface FeedUnderTest {
  readonly feed: SessionFeed;
  readonly client: ManagedAgentsClient;
  readonly clock: ManualClock;
  /** Every status that was told, oldest first. */
  readonly statuses: readonly FeedStatus[];
  /** The key that the next request carries. */
  key: string;
  /** Waits for a state, letting time pass in small steps where the feed waits for it. */
  reach(kind: FeedState['kind'], stepMs?: number): Promise<void>;
  /** Waits until the store holds exactly the server's history. */
  hasHistory(server: SessionServer, stepMs?: number): Promise<void>;
  dispose(): void;
}

export function followSession(
  server: { readonly origin: string },
  options: Partial<FeedOptions> = {},
  http: { readonly headersTimeoutMs?: number } = {},
): FeedUnderTest {
  const clock = new ManualClock();
  const transport = createUndiciTransport();
  const connection: Connection = {
    id: 'test',
    name: 'Test',
    origin: server.origin,
    prefix: '/v1',
    auth: 'bearer',
    version: '2023-06-01',
    betas: [],
  };
  const result = { key: 'key-for-tests' };
  const caller = new HttpCaller({
    connection,
    transport,
    clock,
    random: () => 0.5,
    key: () => Promise.resolve(result.key),
    ...http,
  });
  const client = new ManagedAgentsClient(connection, caller);
  const feed = new SessionFeed({
    source: client,
    sessionId: SESSION_ID,
    clock,
    random: () => 0.5,
    ...options,
  });
  const statuses: FeedStatus[] = [];
  feed.onDidChangeStatus((status) => statuses.push(status));
  const check = async (condition: () => boolean, stepMs: number) => {
    await eventually(() => {
      if (!condition() && stepMs > 0) {
        clock.advance(stepMs);
      }
      return condition();
    });
  };
  return Object.assign(result, {
    feed,
    client,
    clock,
    statuses,
    reach: async (kind: FeedState['kind'], stepMs = 0) =>
      await check(() => feed.status.state.kind === kind, stepMs),
    hasHistory: async (of: SessionServer, stepMs = 0) => {
      const isSame = () => isDeepStrictEqual(contents(feed.store), of.history);
      await check(isSame, stepMs).catch(() => assert.deepEqual(contents(feed.store), of.history));
    },
    dispose: () => {
      feed.dispose();
      transport.dispose();
    },
  });
}

import assert from 'node:assert/strict';
import { ManagedAgentsClient } from '../../../src/api/client.ts';
import { type Connection, parseBaseUrl } from '../../../src/api/connection.ts';
import { HttpCaller } from '../../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { FollowedSource } from '../../../src/cli/tail/followedSource.ts';
import { JsonLines } from '../../../src/cli/tail/jsonLines.ts';
import type { TailEnd } from '../../../src/cli/tail/tailEnd.ts';
import { TailRun } from '../../../src/cli/tail/tailRun.ts';
import type { FeedState } from '../../../src/stream/feedState.ts';
import { SessionFeed } from '../../../src/stream/sessionFeed.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { SESSION_ID } from '../../support/sessionServer.ts';

export const KEY = 'tail-test-key-0123456789';

/** One line of `--json`. */
export type Line =
  | { readonly op: 'upsert'; readonly key: string; readonly index: number; readonly event: JsonObject }
  | { readonly op: 'remove'; readonly key: string }
  | { readonly op: 'state'; readonly state: FeedState['kind']; readonly detail: JsonObject }
  | { readonly op: 'end'; readonly count: number; readonly reason: TailEnd };

/** A tail on real sockets, whose lines are kept and whose time is the test's. */
export interface TailUnderTest {
  readonly run: TailRun;
  readonly client: ManagedAgentsClient;
  readonly clock: ManualClock;
  readonly lines: readonly Line[];
  /** Events that are held and not printed. */
  readonly held: number;
  /** The end once it has come. */
  readonly ended: TailEnd | undefined;
  /** Waits for the end, letting time pass where something waits for it. */
  readonly end: (stepMs?: number) => Promise<TailEnd>;
  /** Waits for a state line. */
  readonly reach: (kind: FeedState['kind'], stepMs?: number) => Promise<void>;
  /** Waits until the printed lines, replayed, are a history. */
  readonly prints: (history: readonly JsonObject[], stepMs?: number) => Promise<void>;
  dispose(): void;
}

export interface TailSetup {
  readonly sessionId?: string;
  readonly untilIdle?: boolean;
  readonly key?: string;
  readonly prefix?: string;
}

export function tailOf(origin: string, setup: TailSetup = {}): TailUnderTest {
  const sessionId = setup.sessionId ?? SESSION_ID;
  const clock = new ManualClock(Date.now());
  const transport = createUndiciTransport();
  const client = clientOf(`${origin}${setup.prefix ?? '/v1'}`, transport, setup.key ?? KEY, clock);
  const source = new FollowedSource(client, (signal) => Promise.resolve(signal?.throwIfAborted()));
  const feed = new SessionFeed({ source, sessionId, clock, random: () => 0.5, readFrom: 'beginning' });
  const lines: Line[] = [];
  const json = new JsonLines({
    write: (line) => lines.push(JSON.parse(line) as Line),
    cutKeys: (text) => text,
  });
  const untilIdle = setup.untilIdle ?? true;
  const run = new TailRun({ feed, source, sessionId, lines: json, clock, untilIdle });
  let ended: TailEnd | undefined;
  void run.run().then((end) => {
    ended = end;
  });
  const passTime = async (condition: () => boolean, stepMs: number) => {
    await eventually(() => {
      if (!condition() && stepMs > 0) {
        clock.advance(stepMs);
      }
      return condition();
    });
  };
  return {
    run,
    client,
    clock,
    lines,
    get held() {
      return feed.store.size - replay(lines).length;
    },
    get ended() {
      return ended;
    },
    end: async (stepMs = 0) => {
      await passTime(() => ended !== undefined, stepMs);
      assert.ok(ended !== undefined);
      return ended;
    },
    reach: async (kind, stepMs = 0) =>
      await passTime(() => lines.some((line) => line.op === 'state' && line.state === kind), stepMs),
    prints: async (history, stepMs = 0) => {
      const isSame = () => JSON.stringify(replay(lines)) === JSON.stringify(history);
      await passTime(isSame, stepMs).catch(() => assert.deepEqual(replay(lines), history));
    },
    dispose: () => {
      run.dispose();
      feed.dispose();
      transport.dispose();
    },
  };
}

/** A client as the command line makes it. */
export function clientOf(
  baseUrl: string,
  transport: ReturnType<typeof createUndiciTransport>,
  key: string,
  clock = new ManualClock(Date.now()),
): ManagedAgentsClient {
  const base = parseBaseUrl(baseUrl);
  assert.ok('origin' in base, baseUrl);
  const connection: Connection = {
    id: 'test',
    name: 'Test',
    ...base,
    auth: 'bearer',
    version: '2023-06-01',
    betas: ['managed-agents-2026-04-01'],
  };
  const caller = new HttpCaller({
    connection,
    transport,
    clock,
    random: () => 0.5,
    key: () => Promise.resolve(key),
  });
  return new ManagedAgentsClient(connection, caller);
}

/** What somebody holds who follows the lines: an upsert puts a row in at its index, wherever it stood. */
export function replay(lines: readonly Line[]): JsonObject[] {
  const rows: { readonly key: string; readonly event: JsonObject }[] = [];
  for (const line of lines) {
    if (line.op === 'upsert' || line.op === 'remove') {
      const held = rows.findIndex(({ key }) => key === line.key);
      if (held !== -1) {
        rows.splice(held, 1);
      }
    }
    if (line.op === 'upsert') {
      assert.ok(line.index <= rows.length, `index ${line.index} is beyond the ${rows.length} rows so far`);
      rows.splice(line.index, 0, line);
    }
  }
  return rows.map(({ event }) => event);
}

/** The indexes of the upserts, in the order of the lines. */
export function indexes(lines: readonly Line[]): number[] {
  return lines.flatMap((line) => (line.op === 'upsert' ? [line.index] : []));
}

export function message(text: string): JsonObject {
  return { type: 'user.message', content: [{ type: 'text', text }] };
}

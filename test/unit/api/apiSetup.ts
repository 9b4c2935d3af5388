import { ManagedAgentsClient } from '../../../src/api/client.ts';
import type { Connection } from '../../../src/api/connection.ts';
import { ApiError, type ApiErrorReason } from '../../../src/api/errors.ts';
import { type CallerOptions, type CallRecord, HttpCaller } from '../../../src/api/http/caller.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../../src/api/http/transport.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { type FaultScript, type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A key that is easy to find wherever it should not be. */
export const KEY = 'canary-4f1d9a7be2c84b6f9d3e5a10';

interface ApiUnderTest {
  readonly client: ManagedAgentsClient;
  readonly caller: HttpCaller;
  readonly clock: ManualClock;
  /** Every line of the log, oldest first. */
  readonly records: readonly CallRecord[];
}

interface ApiOptions extends Partial<Omit<CallerOptions, 'connection' | 'clock'>> {
  readonly connection?: Partial<Connection>;
}

export interface Servers {
  /** Starts a server that is closed after the test. */
  start(script: FaultScript): Promise<FaultServer>;
  /** A client of a server, let go after the test. */
  api(server: { readonly url: string }, options?: ApiOptions): ApiUnderTest;
  /** A transport that is let go after the test. */
  transport(create: () => HttpTransport): HttpTransport;
  /** Something else to let go of after the test. */
  later(release: () => unknown): void;
}

/** What the tests of a `describe` start, let go of after each of them. */
export function useServers(): Servers {
  let releases: (() => unknown)[] = [];
  const later = (release: () => unknown) => {
    releases.push(release);
  };
  afterEach(async () => {
    const all = releases.reverse();
    releases = [];
    for (const release of all) {
      await release();
    }
  });
  const transport = (create: () => HttpTransport) => {
    const created = create();
    later(() => created.dispose());
    return created;
  };
  return {
    later,
    transport,
    async start(script) {
      const server = await startFaultServer(script);
      later(() => server.close());
      return server;
    },
    api(server, { connection: given = {}, ...options } = {}) {
      const connection: Connection = {
        id: 'test',
        name: 'Test',
        origin: server.url,
        prefix: '/v1',
        auth: 'bearer',
        version: '2023-06-01',
        betas: ['managed-agents-2026-04-01'],
        ...given,
      };
      const clock = new ManualClock();
      const records: CallRecord[] = [];
      const caller = new HttpCaller({
        connection,
        transport: options.transport ?? transport(createUndiciTransport),
        key: () => Promise.resolve(KEY),
        clock,
        random: () => 1,
        onCall: (record) => records.push(record),
        ...options,
      });
      return { client: new ManagedAgentsClient(connection, caller), caller, clock, records };
    },
  };
}

/** The error that a call fails with; a call that goes well, or fails in any other way, fails the test. */
export async function failureOf(call: Promise<unknown>, ...reasons: ApiErrorReason[]): Promise<ApiError> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (ApiError.is(error, ...reasons)) {
      return error;
    }
    throw error;
  }
  throw new Error(`It went well: ${JSON.stringify(answer)}`);
}

/** A GET as the transports see it. */
export function get(url: string | URL, given: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: new URL(url),
    headers: { authorization: `Bearer ${KEY}`, 'x-api-key': KEY },
    signal: new AbortController().signal,
    headersTimeoutMs: 5_000,
    ...given,
  };
}

/** The text of a body, to its end. */
export async function textOf(response: HttpResponse): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of response.body) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

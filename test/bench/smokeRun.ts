import { ManagedAgentsClient } from '../../src/api/client.ts';
import type { Connection } from '../../src/api/connection.ts';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import { plainL10n } from '../../src/l10n.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runSmoke } from '../../src/smoke/run.ts';
import { decodeEventStream } from '../../src/stream/sse.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { Bench } from './benchmark.ts';
import { alternate } from './support/alternate.ts';
import { medianOf } from './support/statistics.ts';

const MESSAGE = { type: 'user.message', content: [{ type: 'text', text: 'Please answer with OK.' }] };

/** A full run of the smoke checks, held against the same requests made one after the other with nothing around them. */
export const smokeRun: Bench = {
  name: 'smoke',
  title: 'a full run of the smoke checks',
  inEditor: false,
  async run({ rounds }) {
    const sandbox = await startSandbox({ seedSessions: 1 });
    const transport = createUndiciTransport();
    const connection: Connection = {
      id: 'bench',
      name: 'Sandbox',
      origin: sandbox.url,
      prefix: '/api/managed-agents/anthropic/v1',
      auth: 'bearer',
      version: '2023-06-01',
      betas: ['managed-agents-2026-04-01'],
    };
    const caller = new HttpCaller({
      connection,
      transport,
      key: () => Promise.resolve(sandbox.key),
      clock: systemClock,
      random: Math.random,
    });
    const client = new ManagedAgentsClient(connection, caller);
    try {
      const times = await alternate(Math.min(rounds, 5), {
        checks: () => timed(() => checks(client)),
        bare: () => timed(() => bareRequests(client)),
      });
      const [ofChecks, ofBare] = [medianOf(times.checks, (ms) => ms), medianOf(times.bare, (ms) => ms)];
      return [
        { what: 'full run / its bare requests', value: ofChecks / ofBare, unit: '×', bound: { most: 1.5 } },
        { what: 'full run', value: ofChecks, unit: 'ms' },
      ];
    } finally {
      transport.dispose();
      await sandbox.close();
    }
  },
};

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function checks(client: ManagedAgentsClient): Promise<void> {
  const report = await runSmoke({
    client,
    level: 'full',
    signal: new AbortController().signal,
    clock: systemClock,
    random: Math.random,
    l10n: plainL10n,
    redact: (text) => text,
    versions: {},
  });
  if (report.outcome !== 'passed') {
    throw new Error(report.verdict);
  }
}

/** Every request that the checks make, in their order, and the turn read to its end from one of the streams. */
async function bareRequests(client: ManagedAgentsClient): Promise<void> {
  const { signal, abort } = controller();
  await client.health();
  await client.listAgents({ limit: 1 });
  const [agent] = (await client.listAgents({ limit: 20 })).items;
  const [environment] = (await client.listEnvironments({ limit: 20 })).items;
  const { id } = await client.createSession({
    agent: agent?.id ?? '',
    environment_id: environment?.id ?? '',
    title: 'Bench',
  });
  await client.listEvents(id);
  const stream = await client.openStream(id, signal);
  const older = await client.openStreamAt('streamSession', id, signal);
  await client.listEvents(id);
  await client.sendEvents(id, [MESSAGE]);
  for await (const { data } of decodeEventStream(stream.chunks)) {
    if (data.includes('"session.status_idle"')) {
      break;
    }
  }
  older.close();
  await client.listEvents(id);
  (await client.openStream(id, signal)).close();
  await client.listEvents(id);
  await client.archiveSession(id);
  abort();
}

function controller(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const own = new AbortController();
  return { signal: own.signal, abort: () => own.abort() };
}

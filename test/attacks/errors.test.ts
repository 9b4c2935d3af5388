import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import { sandboxConnection } from '../../src/api/connection.ts';
import { systemClock } from '../../src/util/clock.ts';
import { KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { HostileServer } from './support/hostileServer.ts';
import { findKey } from './support/keyScan.ts';

describe('an error', () => {
  it(attack('D11'), async () => {
    // Errors as they are made, looked at with everything that they hold: nearer than any log.
    const server = await HostileServer.start();
    const transport = createUndiciTransport();
    const caller = new HttpCaller({
      connection: sandboxConnection(server.url),
      transport,
      key: () => Promise.resolve(KEY),
      clock: systemClock,
      random: Math.random,
      headersTimeoutMs: 300,
    });
    const call = { method: 'POST', path: '/sessions', query: {}, body: {} } as const;
    for (const answer of [
      { ending: 'drop' },
      { ending: 'silent' },
      { raw: 'not http at all\r\n\r\n' },
      { headers: { 'content-type': 'application/json' }, body: '{"half', ending: 'reset' },
      { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' },
      { headers: { 'content-encoding': 'none of yours' }, body: 'x' },
    ] as const) {
      server.attack = () => answer;
      const error: unknown = await caller.json(call).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Error);
      const seen = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
      assert.deepEqual(findKey(KEY, [{ where: error.message, bytes: seen }]), []);
    }
    transport.dispose();
    await server.close();
  });
});

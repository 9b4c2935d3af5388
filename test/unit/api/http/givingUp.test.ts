import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { createUndiciTransport } from '../../../../src/api/http/undiciTransport.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FaultAnswer, jsonAnswer, streamAnswer } from '../../../support/faultServer.ts';
import { failureOf, useServers } from '../apiSetup.ts';

const GET = { method: 'GET', path: '/agents', query: {} } as const;
const POST = { method: 'POST', path: '/agents', query: {}, body: { name: 'a' } } as const;

describe('HttpCaller: giving up', () => {
  const servers = useServers();

  for (const [way, create] of Object.entries({
    undici: createUndiciTransport,
    editor: createEditorTransport,
  })) {
    it(`before the start asks nothing, by way of ${way}`, async () => {
      const server = await servers.start(() => jsonAnswer([]));
      const { caller } = servers.api(server, { transport: servers.transport(create) });
      const signal = AbortSignal.abort();
      await failureOf(caller.json({ ...GET, signal }), 'cancelled');
      await failureOf(caller.json({ ...POST, signal }), 'cancelled');
      await failureOf(caller.stream({ ...GET, signal }), 'cancelled');
      assert.equal(server.requests.length, 0);
    });

    const stages: readonly (readonly [name: string, answer: FaultAnswer])[] = [
      ['for the headers', { ending: 'silent' }],
      ['for the rest of the body', { body: ['[1'], ending: 'stayOpen' }],
      ['for the rest of an error', { status: 409, body: ['{'], ending: 'stayOpen' }],
    ];
    for (const [name, answer] of stages) {
      it(`while waiting ${name} closes the connection, by way of ${way}`, async () => {
        const server = await servers.start(() => answer);
        const { caller, clock, records } = servers.api(server, { transport: servers.transport(create) });
        const controller = new AbortController();
        const call = failureOf(caller.json({ ...GET, signal: controller.signal }), 'cancelled');
        await eventually(() => server.open === 1 && (answer.ending === 'silent' || clock.pending === 1));
        controller.abort();
        const error = await call;
        assert.deepEqual([error.details.method, error.details.path], ['GET', '/agents']);
        await eventually(() => server.open === 0);
        assert.equal(clock.pending, 0);
        assert.deepEqual(
          records.map(({ reason }) => reason),
          ['cancelled'],
        );
      });
    }

    it(`in the middle of a stream closes the connection, by way of ${way}`, async () => {
      const server = await servers.start(() => streamAnswer(': hello\n\n'));
      const { caller } = servers.api(server, { transport: servers.transport(create) });
      const controller = new AbortController();
      const response = await caller.stream({ ...GET, signal: controller.signal });
      const chunks = response.body[Symbol.asyncIterator]();
      assert.equal((await chunks.next()).done, false);
      const next = failureOf(chunks.next(), 'cancelled');
      controller.abort();
      await next;
      await eventually(() => server.open === 0);
    });

    for (const how of ['leaving the loop', 'discarding it unread', 'discarding it while it is read']) {
      it(`a stream by ${how} closes the connection, by way of ${way}`, async () => {
        const server = await servers.start(() => streamAnswer(': hello\n\n'));
        const { caller } = servers.api(server, { transport: servers.transport(create) });
        const response = await caller.stream(GET);
        if (how === 'leaving the loop') {
          for await (const chunk of response.body) {
            assert.ok(chunk.length > 0);
            break;
          }
        } else if (how === 'discarding it unread') {
          response.discard();
        } else {
          const chunks = response.body[Symbol.asyncIterator]();
          await chunks.next();
          const next = failureOf(chunks.next());
          response.discard();
          await next;
        }
        await eventually(() => server.open === 0);
      });
    }
  }

  it('while the key is awaited does not wait for it', async () => {
    const server = await servers.start(() => jsonAnswer([]));
    const { caller } = servers.api(server, { key: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const calls = [
      failureOf(caller.json({ ...GET, signal: controller.signal }), 'cancelled'),
      failureOf(caller.stream({ ...GET, signal: controller.signal }), 'cancelled'),
    ];
    controller.abort();
    await Promise.all(calls);
    assert.equal(server.requests.length, 0);
  });

  it('in the pause before a repeat asks nothing more', async () => {
    const server = await servers.start(() => jsonAnswer({ detail: 'busy' }, 503));
    const { caller, clock } = servers.api(server);
    const controller = new AbortController();
    const call = failureOf(caller.json({ ...GET, signal: controller.signal }), 'cancelled');
    await eventually(() => clock.pending === 1);
    controller.abort();
    assert.deepEqual((await call).details, { method: 'GET', path: '/agents' });
    assert.equal(clock.pending, 0);
    assert.equal(server.requests.length, 1);
  });

  it('leaves nothing behind on a signal that lives on', async () => {
    const server = await servers.start(() => jsonAnswer([]));
    const { caller } = servers.api(server);
    const { signal } = new AbortController();
    for (let round = 0; round < 5; round++) {
      await caller.json({ ...GET, signal });
    }
    await eventually(() => getEventListeners(signal, 'abort').length === 0);
  });
});

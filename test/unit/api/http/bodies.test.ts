import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { decodeContent } from '../../../../src/api/http/decodeContent.ts';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { createUndiciTransport } from '../../../../src/api/http/undiciTransport.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FaultAnswer, pageAnswer } from '../../../support/faultServer.ts';
import { failureOf, get, textOf, useServers } from '../apiSetup.ts';

const GET = { method: 'GET', path: '/agents', query: {} } as const;
const POST = { method: 'POST', path: '/agents', query: {}, body: {} } as const;
const MIB = 1024 * 1024;

const coded = (encoding: string, body: Uint8Array, ending: FaultAnswer['ending'] = 'end'): FaultAnswer => ({
  headers: { 'content-type': 'application/json', 'content-encoding': encoding },
  body: [body],
  ending,
});

const ways = [
  ['undici', createUndiciTransport],
  ['the editor', createEditorTransport],
] as const;

describe('bodies of answers', function () {
  // Some of them are large.
  this.timeout(20_000);
  const servers = useServers();

  for (const [way, create] of ways) {
    describe(`by way of ${way}`, () => {
      const callerOf = async (answer: FaultAnswer) => {
        const server = await servers.start(() => answer);
        return { ...servers.api(server, { transport: servers.transport(create) }), server };
      };

      const text = JSON.stringify([`\u{1f600}${randomBytes(50_000).toString('base64')}`]);
      const encodings: readonly (readonly [name: string, body: Uint8Array])[] = [
        ['gzip', gzipSync(text)],
        ['x-gzip', gzipSync(text)],
        ['GZIP', gzipSync(text)],
        ['br', brotliCompressSync(text)],
        ['deflate', deflateSync(text)],
        ['identity', Buffer.from(text)],
      ];
      for (const [name, body] of encodings) {
        it(`are decoded from ${name}`, async () => {
          const { caller } = await callerOf(coded(name, body));
          assert.deepEqual(await caller.json(GET), JSON.parse(text));
        });
      }

      it('are read at most as far as the limit', async () => {
        const mib = Buffer.alloc(MIB, ' ');
        const { caller, server, clock } = await callerOf({
          body: Array.from({ length: 65 }, () => mib),
          ending: 'stayOpen',
        });
        const error = await failureOf(caller.json(GET), 'responseTooLarge');
        assert.deepEqual([error.details.status, error.details.sent], [200, true]);
        await eventually(() => server.open === 0);
        assert.equal(clock.pending, 0);
      });

      it('are measured decoded, so that a bomb is one', async () => {
        const bomb = gzipSync(Buffer.alloc(65 * MIB), { level: 1 });
        assert.ok(bomb.length < MIB);
        const { caller, server } = await callerOf(coded('gzip', bomb, 'stayOpen'));
        await failureOf(caller.json(GET), 'responseTooLarge');
        await eventually(() => server.open === 0);
      });

      it('are given up where the rest does not come', async () => {
        const { caller, server, clock } = await callerOf({ body: ['[1'], ending: 'stayOpen' });
        const call = failureOf(caller.json(GET), 'headersTimeout');
        await eventually(() => clock.pending === 1);
        clock.advance(30_000);
        await eventually(() => server.open === 0);
        assert.deepEqual((await call).details, { method: 'GET', path: '/agents', sent: true });
        assert.equal(clock.pending, 0);
      });

      it('of errors are waited for a moment where they go on', async () => {
        const { caller, server, clock } = await callerOf({
          status: 409,
          body: ['Still'],
          ending: 'stayOpen',
        });
        const call = failureOf(caller.json(GET), 'conflict');
        await eventually(() => clock.pending === 1);
        clock.advance(2_000);
        assert.equal((await call).details.status, 409);
        await eventually(() => server.open === 0);
      });

      it('of another type than a stream are waited for a moment where they go on', async () => {
        const { caller, server, clock } = await callerOf({
          headers: { 'content-type': 'text/html' },
          body: ['data: {}\n\n'],
          ending: 'stayOpen',
        });
        const call = failureOf(caller.stream(GET), 'notEventStream');
        await eventually(() => clock.pending === 1);
        clock.advance(2_000);
        assert.equal((await call).details.contentType, 'text/html');
        await eventually(() => server.open === 0);
      });

      it('of errors are taken as far as they came where they break', async () => {
        const { caller } = await callerOf({ status: 409, body: ['Still run'], ending: 'reset' });
        assert.equal((await failureOf(caller.json(GET), 'conflict')).details.status, 409);
      });

      it('of errors are not read to the end where they are huge', async () => {
        const { caller, server } = await callerOf({
          status: 400,
          body: Array.from({ length: 8 }, () => Buffer.alloc(MIB, 'x')),
          ending: 'stayOpen',
        });
        const error = await failureOf(caller.json(GET), 'invalid');
        assert.equal(error.details.serverMessage?.length, 200);
        await eventually(() => server.open === 0);
      });
    });
  }

  const text = JSON.stringify([randomBytes(50_000).toString('base64')]);
  const damaged: readonly (readonly [name: string, answer: FaultAnswer])[] = [
    ['no gzip at all', coded('gzip', Buffer.from('[1,2,3]'))],
    ['gzip that ends too early', coded('gzip', gzipSync(text).subarray(0, 1_000))],
    [
      'gzip with a bad checksum',
      coded('gzip', Buffer.concat([gzipSync(text).subarray(0, -8), Buffer.alloc(8, 0xff)])),
    ],
    ['no brotli at all', coded('br', Buffer.from('[1,2,3]'))],
    ['gzip whose connection breaks', coded('gzip', gzipSync(text).subarray(0, 1_000), 'reset')],
  ];
  for (const [name, answer] of damaged) {
    it(`that are ${name} are refused`, async () => {
      const server = await servers.start(() => answer);
      const error = await failureOf(servers.api(server).caller.json(POST), 'reset');
      assert.equal(error.details.sent, true);
    });
  }

  const unreadable: readonly (readonly [name: string, answer: FaultAnswer, type: string, said: string])[] = [
    ['a page', pageAnswer('Sign in to the network'), 'text/html; charset=utf-8', 'Sign in to the network'],
    ['plain text', { headers: { 'content-type': 'text/plain' }, body: 'starting' }, 'text/plain', 'starting'],
    [
      'half of a JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"data":[' },
      'application/json',
      '{"data":[',
    ],
    ['no type at all', { body: 'hello' }, '', 'hello'],
  ];
  for (const [name, answer, contentType, said] of unreadable) {
    it(`that are ${name} in a 200 are no JSON, and say so`, async () => {
      const server = await servers.start(() => ({
        ...answer,
        headers: { ...answer.headers, 'x-request-id': 'req_1' },
      }));
      const { caller } = servers.api(server);
      const error = await failureOf(caller.json(GET), 'notJson');
      assert.deepEqual(error.details, {
        method: 'GET',
        path: '/agents',
        status: 200,
        sent: true,
        contentType,
        serverMessage: said.replace(
          'Sign in to the network',
          'Sign in to the network Sign in to the network',
        ),
        requestId: 'req_1',
      });
      assert.equal(server.requests.length, 1);
    });
  }

  it('that nest without end are read', async () => {
    const levels = 200_000;
    const server = await servers.start(() => ({ body: `${'['.repeat(levels)}${']'.repeat(levels)}` }));
    assert.ok(Array.isArray(await servers.api(server).caller.json(GET)));
  });

  it('in a coding that is not known are refused by undici, and the connection is let go', async () => {
    const server = await servers.start(() => coded('zstd', Buffer.from('[]'), 'stayOpen'));
    const error = await failureOf(servers.api(server).caller.json(GET), 'malformed');
    assert.deepEqual([error.details.code, error.details.sent], ['content-encoding', true]);
    await eventually(() => server.open === 0);
  });

  for (const how of ['leaving the loop', 'discarding it', 'giving up']) {
    it(`that are coded and silent are let go of by ${how}`, async () => {
      const gzip = createGzip();
      gzip.write(': hello\n\n');
      await new Promise<void>((resolve) => gzip.flush(() => resolve()));
      const server = await servers.start(() => coded('gzip', gzip.read() as Uint8Array, 'stayOpen'));
      const controller = new AbortController();
      const response = await servers
        .transport(createUndiciTransport)
        .request(get(server.url, { signal: controller.signal }));
      const chunks = response.body[Symbol.asyncIterator]();
      const first = await chunks.next();
      assert.equal(Buffer.from(first.done === true ? [] : first.value).toString(), ': hello\n\n');
      if (how === 'leaving the loop') {
        await chunks.return?.();
      } else {
        const next = failureOf(chunks.next(), how === 'giving up' ? 'cancelled' : 'reset');
        if (how === 'giving up') {
          controller.abort();
        } else {
          response.discard();
        }
        await next;
      }
      await eventually(() => server.open === 0);
    });
  }

  it('are not hurried by a server that sends one byte at a time', async () => {
    const body = gzipSync('[1,2,3]');
    const server = await servers.start(() => ({
      headers: { 'content-encoding': 'gzip' },
      body: [...body].map((byte) => Uint8Array.of(byte)),
    }));
    const response = await servers.transport(createUndiciTransport).request(get(server.url));
    assert.equal(await textOf(response), '[1,2,3]');
  });
});

describe('decodeContent', () => {
  it('leaves a body as it is that has no coding', () => {
    const body = Readable.from([]);
    for (const name of [undefined, '', ' identity ', 'Identity']) {
      assert.equal(decodeContent(body, name), body);
    }
  });

  for (const name of ['zstd', 'compress', 'gzip, br', 'constructor', '__proto__']) {
    it(`refuses ${name}`, () => {
      assert.throws(() => decodeContent(Readable.from([]), name), { reason: 'malformed' });
    });
  }
});

import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/errors.ts';
import { createAutoTransport } from '../../../../src/api/http/autoTransport.ts';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { networkError } from '../../../../src/api/http/networkError.ts';
import { createUndiciTransport } from '../../../../src/api/http/undiciTransport.ts';
import { SessionFeed } from '../../../../src/stream/sessionFeed.ts';
import { eventually } from '../../../support/eventually.ts';
import { SESSION_ID, SessionServer } from '../../../support/sessionServer.ts';
import { at, contents } from '../../../support/storeEvents.ts';
import { startTlsServer } from '../../../support/tlsServer.ts';
import { failureOf, get, textOf, useServers } from '../apiSetup.ts';
import { selfSigned } from '../selfSigned.ts';

const calm = new AbortController().signal;

/** A dispatcher of the library that is inside Node, which has no way in but an instance that is in use. */
async function shortLived(url: string, bodyTimeout: number): Promise<object> {
  await (await fetch(url)).text();
  const used = [1, 2]
    .map(
      (slot) => Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${slot}`)) as object | undefined,
    )
    .find((dispatcher) => dispatcher?.constructor.name === 'Agent');
  assert.ok(used, "Node's fetch keeps its dispatcher elsewhere now");
  return Reflect.construct(used.constructor as new () => object, [{ bodyTimeout }]) as object;
}

describe("the limits of the editor's fetch", () => {
  const servers = useServers();

  // Node's fetch ends a body that was silent for 300 s, and so does the editor's, which is made of it. The
  // limit is shortened here; its error comes from the library itself. That the limit is 300 s where nobody
  // shortens it cannot be shown without waiting for it.
  describe('for a silent body', () => {
    const shorten = async (url: string) => {
      const dispatcher = await shortLived(url, 100);
      const { fetch } = globalThis;
      globalThis.fetch = async (input, init) => await fetch(input, Object.assign({}, init, { dispatcher }));
      servers.later(() => {
        globalThis.fetch = fetch;
      });
    };

    it('are an ordinary break of the connection', async () => {
      const server = await servers.start(({ path }) =>
        path === '/stream' ? { body: [': hello\n\n'], ending: 'stayOpen' } : {},
      );
      await shorten(server.url);
      const response = await createEditorTransport().request(get(`${server.url}/stream`));
      const { details } = await failureOf(textOf(response), 'reset');
      assert.deepEqual([details.code, details.sent], ['UND_ERR_BODY_TIMEOUT', true]);
      await eventually(() => server.open === 0);
    });

    it('make a feed connect again, and nothing worse', async () => {
      const server = await SessionServer.start();
      servers.later(() => server.close());
      await shorten(server.origin);
      const { client, clock } = servers.api(
        { url: server.origin },
        { transport: createEditorTransport(), random: () => 0.5 },
      );
      const feed = new SessionFeed({ source: client, sessionId: SESSION_ID, clock, random: () => 0.5 });
      servers.later(() => feed.dispose());
      const seen: string[] = [];
      feed.onDidChangeStatus(({ state }) =>
        seen.push('reason' in state ? `${state.kind} ${state.reason}` : state.kind),
      );
      feed.start();
      await eventually(() => feed.status.state.kind === 'live');
      await eventually(() => seen.includes('reconnecting reset'));
      server.record({ id: 'event_1', type: 'agent.message', content: [], processed_at: at(1) });
      await eventually(() => {
        if (feed.status.state.kind === 'reconnecting') {
          clock.advance(500);
        }
        return feed.status.state.kind === 'live';
      });
      await eventually(() => assert.deepEqual(contents(feed.store), server.history));
      assert.deepEqual([...new Set(seen)].sort(), ['catchingUp', 'connecting', 'live', 'reconnecting reset']);
    });
  });

  // The errors have the form that the editor gives them; the suite in the extension host shows the real ones.
  describe('at a proxy', () => {
    const abortedBy = (fields: object) =>
      new TypeError('fetch failed', {
        cause: Object.assign(new DOMException('Request was cancelled.', 'AbortError'), {
          cause: Object.assign(new Error('x'), { code: 'UND_ERR_ABORTED', ...fields }),
        }),
      });

    it('are a sign-in where the proxy asks for one', () => {
      const error = networkError(abortedBy({ connectResponseStatusCode: 407 }), calm, 'agents.example');
      assert.deepEqual([error.reason, error.details.sent], ['proxyAuth', false]);
    });

    for (const fields of [{ connectResponseStatusCode: 502 }, {}]) {
      it(`are a host out of reach for ${JSON.stringify(fields)}`, () => {
        const error = networkError(abortedBy(fields), calm, 'agents.example');
        assert.deepEqual([error.reason, error.details.sent], ['unreachable', false]);
      });
    }

    it('are told instead of the failure of the direct way', async () => {
      const failing = (error: ApiError) => ({
        request: () => Promise.reject(error),
        dispose: () => undefined,
      });
      const transport = createAutoTransport({
        direct: failing(new ApiError('dns', { sent: false })),
        editor: failing(new ApiError('proxyAuth', { sent: false })),
        choice: () => 'auto',
        proxyConfigured: () => false,
      });
      await failureOf(transport.request(get('https://agents.example/')), 'proxyAuth');
    });
  });

  describe('where the environment turns the check of certificates off', () => {
    const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const start = async () => {
      const plain = await servers.start(() => ({ body: 'ok' }));
      const front = await startTlsServer(selfSigned(), plain.port);
      servers.later(() => front.close());
      const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      Object.assign(process.env, unchecked);
      servers.later(() => {
        if (before === undefined) {
          delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        } else {
          process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
        }
      });
      const url = `https://127.0.0.1:${front.port}/`;
      assert.equal(await (await fetch(url)).text(), 'ok', 'the variable has lost its effect');
      return { url, plain };
    };

    it('are refused: nothing is sent over TLS', async () => {
      const { url, plain } = await start();
      const error = await failureOf(createEditorTransport(unchecked).request(get(url)), 'tls');
      assert.deepEqual([error.details.sent, error.details.code], [false, 'NODE_TLS_REJECT_UNAUTHORIZED']);
      const clear = await createEditorTransport(unchecked).request(get(plain.url));
      assert.equal(await textOf(clear), 'ok');
      assert.equal(plain.requests.length, 2);
    });

    it('do not exist for the direct way, which checks all the same', async () => {
      const { url, plain } = await start();
      const error = await failureOf(servers.transport(createUndiciTransport).request(get(url)), 'tls');
      assert.deepEqual([error.details.sent, error.details.code], [false, 'DEPTH_ZERO_SELF_SIGNED_CERT']);
      assert.equal(plain.requests.length, 1);
    });
  });
});

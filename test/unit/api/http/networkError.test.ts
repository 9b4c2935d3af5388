import assert from 'node:assert/strict';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import * as tls from 'node:tls';
import { inspect } from 'node:util';
import { ApiError, type ApiErrorReason } from '../../../../src/api/errors.ts';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { guardBody } from '../../../../src/api/http/guardBody.ts';
import { networkError } from '../../../../src/api/http/networkError.ts';
import { createUndiciTransport } from '../../../../src/api/http/undiciTransport.ts';
import { unusedPort } from '../../../support/faultServer.ts';
import { failureOf, get, KEY, textOf, useServers } from '../apiSetup.ts';
import { selfSigned } from '../selfSigned.ts';

const calm = new AbortController().signal;

function holdsNoSecret(error: ApiError): void {
  const everything = inspect(error, { depth: null, showHidden: true, getters: true });
  assert.ok(!everything.includes(KEY), everything);
  assert.doesNotMatch(everything, /bearer|x-api-key|authorization/i);
}

describe('failures below HTTP', () => {
  const servers = useServers();
  const listen = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.later(() => server.close());
    return (server.address() as AddressInfo).port;
  };
  const listenTls = async (options: Parameters<typeof selfSigned>[0] = {}) => {
    const { key, cert } = selfSigned(options);
    let requests = 0;
    const server = createHttpsServer({ key, cert }, (_, response) => {
      requests++;
      response.end('{}');
    });
    const port = await listen(server);
    servers.later(() => server.closeAllConnections());
    return { url: `https://127.0.0.1:${port}/`, port, cert, requests: () => requests };
  };
  /** Until the end of the test, a certificate that the machine trusts. */
  const trust = (cert: string) => {
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...before, cert]);
    servers.later(() => tls.setDefaultCACertificates(before));
  };

  for (const [name, create] of [
    ['undici', createUndiciTransport],
    ['the editor', createEditorTransport],
  ] as const) {
    describe(`by way of ${name}`, () => {
      const fail = async (url: string, reason: ApiErrorReason, sent: boolean, origin = new URL(url).host) => {
        const error = await failureOf(servers.transport(create).request(get(url)), reason);
        assert.equal(error.details.sent, sent);
        assert.equal(error.details.origin, origin);
        holdsNoSecret(error);
        return error;
      };

      it('names a host that there is not', async () => {
        await fail('http://no-such-host.invalid/', 'dns', false, 'no-such-host.invalid');
      });

      it('names a port that nobody listens at', async () => {
        const error = await fail(`http://127.0.0.1:${await unusedPort()}/`, 'refused', false);
        assert.equal(error.details.code, 'ECONNREFUSED');
        assert.match(inspect(error.cause), /ECONNREFUSED/);
      });

      it('names a connection that breaks before the headers', async () => {
        const { url } = await servers.start(() => ({ ending: 'drop' }));
        await fail(url, 'reset', true);
      });

      it('names a connection that ends before the headers', async () => {
        await fail(
          `http://127.0.0.1:${await listen(createTcpServer((socket) => socket.once('data', () => socket.end())))}/`,
          'reset',
          true,
        );
      });

      it('names an answer that is not HTTP', async () => {
        const { url } = await servers.start(() => ({ raw: 'SSH-2.0-OpenSSH_9.6\r\n' }));
        await fail(url, 'network', true);
      });

      for (const [when, body] of [
        ['at once', []],
        ['in the middle', ['half']],
      ] as const) {
        it(`names a connection that breaks after the headers, ${when}`, async () => {
          const { url } = await servers.start(() => ({ body, ending: 'reset' }));
          const response = await servers.transport(create).request(get(url));
          const error = await failureOf(textOf(response), 'reset');
          assert.equal(error.details.sent, true);
          holdsNoSecret(error);
        });
      }

      it('names a body that is shorter than it was said to be', async () => {
        const { url } = await servers.start(() => ({
          raw: 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf',
        }));
        const response = await servers.transport(create).request(get(url));
        assert.equal((await failureOf(textOf(response), 'reset')).details.sent, true);
      });

      it('names headers that do not come', async () => {
        const server = await servers.start(() => ({ ending: 'silent' }));
        const request = get(server.url, { headersTimeoutMs: 50 });
        const error = await failureOf(servers.transport(create).request(request), 'headersTimeout');
        assert.equal(error.details.sent, true);
        holdsNoSecret(error);
      });

      it('refuses a certificate that signs itself, before anything is sent', async () => {
        const server = await listenTls();
        const error = await fail(server.url, 'tls', false);
        assert.equal(error.details.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
        assert.equal(server.requests(), 0);
      });

      it('takes the same certificate where the machine trusts it', async () => {
        const server = await listenTls();
        trust(server.cert);
        const response = await servers.transport(create).request(get(server.url));
        assert.equal(await textOf(response), '{}');
      });

      it('refuses a trusted certificate of another host, before anything is sent', async () => {
        const server = await listenTls({ host: 'agents.example' });
        trust(server.cert);
        const error = await fail(server.url, 'tls', false);
        assert.equal(error.details.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
        assert.equal(server.requests(), 0);
      });

      it('refuses a trusted certificate whose time is over, before anything is sent', async () => {
        const server = await listenTls({ expired: true });
        trust(server.cert);
        const error = await fail(server.url, 'tls', false);
        assert.equal(error.details.code, 'CERT_HAS_EXPIRED');
        assert.equal(server.requests(), 0);
      });

      it('names a server that speaks no TLS', async () => {
        const { port } = await servers.start(() => ({}));
        const error = await failureOf(
          servers.transport(create).request(get(`https://127.0.0.1:${port}/`)),
          'tls',
          'reset',
        );
        holdsNoSecret(error);
      });
    });
  }
});

describe('networkError', () => {
  const coded = (code: string, syscall?: string) =>
    Object.assign(new Error('x'), { code, ...(syscall !== undefined && { syscall }) });

  const codes: readonly (readonly [
    code: string,
    syscall: string | undefined,
    reason: ApiErrorReason,
    sent: boolean,
  ])[] = [
    ['ENOTFOUND', 'getaddrinfo', 'dns', false],
    ['EAI_AGAIN', 'getaddrinfo', 'dns', false],
    ['ECONNREFUSED', 'connect', 'refused', false],
    ['EHOSTUNREACH', 'connect', 'unreachable', false],
    ['ENETUNREACH', 'connect', 'unreachable', false],
    ['ENETDOWN', undefined, 'unreachable', false],
    ['EACCES', 'connect', 'unreachable', false],
    ['ETIMEDOUT', 'connect', 'connectTimeout', false],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, 'connectTimeout', false],
    ['UND_ERR_HEADERS_TIMEOUT', undefined, 'headersTimeout', true],
    // The same codes say another thing of a connection that stood: bytes may have gone out on it.
    ['ETIMEDOUT', 'read', 'reset', true],
    ['EHOSTUNREACH', 'read', 'reset', true],
    ['ENETUNREACH', 'write', 'reset', true],
    ['ENETDOWN', 'read', 'reset', true],
    ['EPERM', 'write', 'reset', true],
    ['ECONNRESET', 'read', 'reset', true],
    ['EPIPE', 'write', 'reset', true],
    ['UND_ERR_SOCKET', undefined, 'reset', true],
    ['UND_ERR_BODY_TIMEOUT', undefined, 'reset', true],
    ['CERT_HAS_EXPIRED', undefined, 'tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'tls', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', undefined, 'tls', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'tls', false],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', undefined, 'tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'tls', false],
    // With TLS 1.3 a server's alert can come when the request is already out.
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', undefined, 'tls', true],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', undefined, 'tls', true],
    ['EPROTO', 'write', 'tls', true],
    ['HPE_INVALID_CONSTANT', undefined, 'network', true],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', undefined, 'network', true],
    ['E_NEVER_HEARD_OF', undefined, 'network', true],
  ];
  for (const [code, syscall, reason, sent] of codes) {
    it(`takes ${code}${syscall === undefined ? '' : ` of ${syscall}`} for ${reason}`, () => {
      const inner = coded(code, syscall);
      const wrapped = new TypeError('fetch failed', { cause: inner });
      const attempts = new AggregateError([coded('E_NEVER_HEARD_OF'), inner]);
      for (const error of [inner, wrapped, attempts, new TypeError('fetch failed', { cause: attempts })]) {
        const known = networkError(error, calm, 'agents.example');
        assert.equal(known.reason, reason);
        assert.equal(known.details.sent, sent);
        assert.equal(known.details.origin, 'agents.example');
      }
    });
  }

  it('keeps nothing of the error but its name and its code', () => {
    const leaky = Object.assign(coded('ECONNRESET'), {
      message: `Bearer ${KEY} is an invalid header value`,
      request: { headers: { authorization: `Bearer ${KEY}` } },
    });
    for (const error of [
      leaky,
      new TypeError(KEY, { cause: leaky }),
      new AggregateError([leaky], KEY),
      KEY,
    ]) {
      holdsNoSecret(networkError(error, calm, 'agents.example'));
    }
  });

  it('survives what is no error, and causes that go round in a circle', () => {
    const circle = new Error('x');
    circle.cause = circle;
    for (const thrown of [undefined, null, 7, 'x', {}, { code: 'ECONNREFUSED' }, circle]) {
      assert.equal(networkError(thrown, calm, 'h').reason, 'network');
    }
  });

  it('leaves an error of our own as it is', () => {
    const own = new ApiError('responseTooLarge');
    assert.equal(networkError(own, calm, 'h'), own);
  });

  it('takes anything for cancelled once the caller has given up', () => {
    assert.equal(networkError(coded('ECONNRESET'), AbortSignal.abort(), 'h').reason, 'cancelled');
    const why = new ApiError('headersTimeout');
    assert.equal(networkError(coded('ECONNRESET'), AbortSignal.abort(why), 'h'), why);
  });

  it('calls whatever breaks a body a reset of a request that was sent', async () => {
    for (const code of [
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ERR_SSL_BAD_RECORD_TYPE',
      'CERT_HAS_EXPIRED',
      'E_OTHER',
    ]) {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(1);
        throw coded(code);
      };
      const reading = async () => {
        for await (const chunk of guardBody(broken(), calm, 'h')) {
          assert.equal(chunk.length, 1);
        }
      };
      const error = await failureOf(reading(), 'reset');
      assert.deepEqual([error.details.sent, error.details.code ?? 'E_OTHER'], [true, code]);
    }
  });
});

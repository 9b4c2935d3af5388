import assert from 'node:assert/strict';
import { ApiError, type ApiErrorReason } from '../../../../src/api/errors.ts';
import { type AutoTransportOptions, createAutoTransport } from '../../../../src/api/http/autoTransport.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../../../src/api/http/transport.ts';
import { failureOf, get } from '../apiSetup.ts';

/** A way out that notes what goes through it and then answers, or fails as told. */
class Way implements HttpTransport {
  readonly requests: HttpRequest[] = [];
  failure: (request: HttpRequest) => Error | undefined = () => undefined;
  disposed = false;

  request(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const failure = this.failure(request);
    return failure === undefined ? Promise.resolve(answer) : Promise.reject(failure);
  }

  dispose(): void {
    this.disposed = true;
  }
}

const answer: HttpResponse = {
  status: 200,
  header: () => undefined,
  body: (async function* () {
    // Nothing to read.
  })(),
  discard: () => undefined,
};

function setUp(given: Partial<Pick<AutoTransportOptions, 'choice' | 'proxyConfigured'>> = {}) {
  const direct = new Way();
  const editor = new Way();
  const switches: string[] = [];
  const transport = createAutoTransport({
    direct,
    editor,
    choice: () => 'auto',
    proxyConfigured: () => false,
    onSwitch: (origin, reason) => switches.push(`${origin} ${reason}`),
    ...given,
  });
  return {
    direct,
    editor,
    switches,
    transport,
    used: () => [direct.requests.length, editor.requests.length],
  };
}

const FAR = 'https://agents.example/v1/agents';
const unsent = (reason: ApiErrorReason) => () => new ApiError(reason, { sent: false });
const post = () => get(FAR, { method: 'POST', body: '{}' });

describe('createAutoTransport', () => {
  for (const url of [
    'http://127.0.0.1:4100/',
    'http://localhost:4100/',
    'http://[::1]:4100/',
    'https://127.0.0.1/',
  ]) {
    for (const choice of ['auto', 'editor'] as const) {
      it(`goes directly to ${url}, also with a proxy and where ${choice} is chosen`, async () => {
        const { transport, used } = setUp({ choice: () => choice, proxyConfigured: () => true });
        assert.equal(await transport.request(get(url)), answer);
        assert.deepEqual(used(), [1, 0]);
      });
    }
  }

  it('does not look elsewhere for what is on this machine', async () => {
    const { transport, direct, used } = setUp();
    direct.failure = unsent('refused');
    await failureOf(transport.request(get('http://127.0.0.1:4100/')), 'refused');
    assert.deepEqual(used(), [1, 0]);
  });

  it('goes directly where there is no proxy', async () => {
    const { transport, used } = setUp();
    await transport.request(get(FAR));
    assert.deepEqual(used(), [1, 0]);
  });

  it("goes the editor's way where there is a proxy, asked at each request", async () => {
    let hasProxy = true;
    const { transport, used, switches } = setUp({ proxyConfigured: () => hasProxy });
    await transport.request(get(FAR));
    hasProxy = false;
    await transport.request(get(FAR));
    assert.deepEqual(used(), [1, 1]);
    assert.deepEqual(switches, []);
  });

  it('goes the way that is chosen, asked at each request, and no other', async () => {
    let choice: 'undici' | 'editor' = 'undici';
    const { transport, direct, editor, used } = setUp({ choice: () => choice, proxyConfigured: () => true });
    direct.failure = unsent('dns');
    editor.failure = unsent('refused');
    await failureOf(transport.request(get(FAR)), 'dns');
    choice = 'editor';
    await failureOf(transport.request(get(FAR)), 'refused');
    assert.deepEqual(used(), [1, 1]);
  });

  for (const reason of ['dns', 'refused', 'unreachable', 'connectTimeout', 'tls'] as const) {
    it(`tries the editor's way once after ${reason}, for reads and writes, and stays with it`, async () => {
      const { transport, direct, editor, used, switches } = setUp();
      direct.failure = unsent(reason);
      const request = post();
      assert.equal(await transport.request(request), answer);
      assert.equal(editor.requests[0], request);
      assert.deepEqual(used(), [1, 1]);
      assert.deepEqual(switches, [`https://agents.example ${reason}`]);
      await transport.request(get(FAR));
      assert.deepEqual(used(), [1, 2]);
      await transport.request(get('https://other.example/'));
      assert.deepEqual(used(), [2, 3]);
      assert.deepEqual(switches, [`https://agents.example ${reason}`, `https://other.example ${reason}`]);
    });
  }

  it('repeats nothing of which a byte may be out', async () => {
    const failures = [
      new ApiError('reset', { sent: true }),
      new ApiError('headersTimeout', { sent: true }),
      new ApiError('tls', { sent: true }),
      new ApiError('connectTimeout'),
      new ApiError('network', { sent: false }),
      new Error('unknown'),
    ];
    for (const failure of failures) {
      for (const request of [post(), get(FAR)]) {
        const { transport, direct, used } = setUp();
        direct.failure = () => failure;
        await assert.rejects(transport.request(request), failure);
        assert.deepEqual(used(), [1, 0]);
      }
    }
  });

  it('tells the first failure where both ways fail before a byte is out, and tries both again', async () => {
    const { transport, direct, editor, used, switches } = setUp();
    direct.failure = unsent('tls');
    editor.failure = unsent('refused');
    for (const round of [1, 2]) {
      await failureOf(transport.request(post()), 'tls');
      assert.deepEqual(used(), [round, round]);
    }
    assert.deepEqual(switches, []);
  });

  it('does not say that nothing was sent where the second way sent it', async () => {
    for (const failure of [
      new ApiError('reset', { sent: true }),
      new ApiError('headersTimeout'),
      new Error('x'),
    ]) {
      const { transport, direct, editor } = setUp();
      direct.failure = unsent('dns');
      editor.failure = () => failure;
      await assert.rejects(transport.request(post()), failure);
    }
  });

  it('tells of a switch once, however many requests were on their way', async () => {
    const { transport, direct, used, switches } = setUp();
    direct.failure = unsent('dns');
    await Promise.all([transport.request(get(FAR)), transport.request(get(FAR)), transport.request(post())]);
    assert.deepEqual(used(), [3, 3]);
    assert.deepEqual(switches, ['https://agents.example dns']);
  });

  it('stops where the caller gave up', async () => {
    const controller = new AbortController();
    const { transport, direct, editor, used } = setUp();
    direct.failure = () => {
      controller.abort();
      return new ApiError('dns', { sent: false });
    };
    await failureOf(transport.request(get(FAR, { signal: controller.signal })), 'dns');
    assert.deepEqual(used(), [1, 0]);

    const later = new AbortController();
    direct.failure = unsent('dns');
    editor.failure = () => {
      later.abort();
      return new ApiError('cancelled');
    };
    await failureOf(transport.request(get(FAR, { signal: later.signal })), 'cancelled');
  });

  it('lets go of both ways', () => {
    const { transport, direct, editor } = setUp();
    transport.dispose();
    assert.ok(direct.disposed && editor.disposed);
  });
});

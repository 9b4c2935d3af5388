import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ApiError } from '../../../../src/api/errors.ts';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { createUndiciTransport } from '../../../../src/api/http/undiciTransport.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FaultAnswer, jsonAnswer, pageAnswer } from '../../../support/faultServer.ts';
import { failureOf, KEY, useServers } from '../apiSetup.ts';

const GET = { method: 'GET', path: '/agents', query: {} } as const;
const POST = { method: 'POST', path: '/agents', query: {}, body: { name: 'a' } } as const;

const busy = (headers: Readonly<Record<string, string>> = {}): FaultAnswer =>
  jsonAnswer({ detail: 'busy' }, 503, headers);

describe('HttpCaller: repeats', () => {
  const servers = useServers();
  const startWith = async (...answers: readonly FaultAnswer[]) => {
    const left = [...answers];
    const last = left.at(-1);
    assert.ok(last);
    return await servers.start(() => left.shift() ?? last);
  };
  const paused = async ({ clock }: { readonly clock: { readonly pending: number } }) =>
    await eventually(() => clock.pending === 1);

  it('repeats a read whose failure passed', async () => {
    const server = await startWith(busy(), jsonAnswer([1]));
    const api = servers.api(server);
    const call = api.caller.json(GET);
    await paused(api);
    api.clock.advance(499);
    assert.equal(api.clock.pending, 1);
    api.clock.advance(1);
    assert.deepEqual(await call, [1]);
    assert.equal(server.requests.length, 2);
    assert.deepEqual(
      api.records.map(({ status, reason }) => [status, reason]),
      [
        [503, 'overloaded'],
        [200, undefined],
      ],
    );
  });

  const passing: readonly (readonly [name: string, answer: FaultAnswer])[] = [
    ['429', jsonAnswer({}, 429)],
    ['500', jsonAnswer({}, 500)],
    ['502 page', pageAnswer('Bad gateway', 502)],
    ['504', jsonAnswer({}, 504)],
    ['529', jsonAnswer({}, 529)],
    ['reset before the headers', { ending: 'drop' }],
    ['reset in the middle of the body', { body: ['[1'], ending: 'reset' }],
  ];
  for (const [name, answer] of passing) {
    it(`repeats a read after a ${name}`, async () => {
      const server = await startWith(answer, jsonAnswer([1]));
      const api = servers.api(server);
      const call = api.caller.json(GET);
      await eventually(() => api.clock.pending === 1 && api.records.length === 1);
      api.clock.advance(500);
      assert.deepEqual(await call, [1]);
      assert.equal(server.requests.length, 2);
    });
  }

  for (const status of [400, 401, 403, 404, 405, 409, 413, 418, 422, 501]) {
    it(`does not repeat a read after a ${status}`, async () => {
      const server = await startWith(jsonAnswer({}, status));
      const { caller, clock } = servers.api(server);
      assert.equal((await failureOf(caller.json(GET))).details.status, status);
      assert.equal(server.requests.length, 1);
      assert.equal(clock.pending, 0);
    });
  }

  it("does not repeat a read that fails by the service's own configuration", async () => {
    const server = await startWith(jsonAnswer({ detail: 'HORIZONS_PRIVATE_BASE_URL is missing' }, 500));
    await failureOf(servers.api(server).caller.json(GET), 'serviceConfig');
    assert.equal(server.requests.length, 1);
  });

  it('gives up after two repeats, with pauses that double', async () => {
    const server = await startWith(busy());
    const api = servers.api(server);
    const call = api.caller.json(GET);
    for (const pause of [500, 1_000]) {
      await paused(api);
      api.clock.advance(pause - 1);
      assert.equal(api.clock.pending, 1);
      api.clock.advance(1);
    }
    const error = await failureOf(call, 'overloaded');
    assert.equal(error.details.serverMessage, 'busy');
    assert.equal(server.requests.length, 3);
    assert.equal(api.clock.pending, 0);
  });

  it('shortens a pause by a quarter at most', async () => {
    const server = await startWith(busy(), jsonAnswer([1]));
    const api = servers.api(server, { random: () => 0 });
    const call = api.caller.json(GET);
    await paused(api);
    api.clock.advance(374);
    assert.equal(api.clock.pending, 1);
    api.clock.advance(1);
    await call;
  });

  const asked: readonly (readonly [value: string, ms: number])[] = [
    ['2', 2_000],
    ['10', 10_000],
    ['0', 1_000],
    // The clock of these tests starts with the year.
    ['Thu, 01 Jan 2026 00:00:03 GMT', 3_000],
    // What makes no sense is as if it were not there.
    ['garbage', 500],
    ['-1', 500],
    ['1e9', 500],
  ];
  for (const [value, ms] of asked) {
    it(`waits ${ms} ms for a Retry-After of ${value}`, async () => {
      const server = await startWith(busy({ 'retry-after': value }), jsonAnswer([1]));
      const api = servers.api(server);
      const call = api.caller.json(GET);
      await paused(api);
      api.clock.advance(ms - 1);
      assert.equal(api.clock.pending, 1);
      api.clock.advance(1);
      await call;
    });
  }

  for (const value of ['11', '1000000000', '99999999999', 'Fri, 01 Jan 2027 00:00:00 GMT']) {
    it(`does not wait for a Retry-After of ${value}`, async () => {
      const server = await startWith(jsonAnswer({}, 429, { 'retry-after': value }));
      const { caller, clock } = servers.api(server);
      const error = await failureOf(caller.json(GET), 'rateLimited');
      assert.ok((error.details.retryAfterMs ?? 0) > 10_000);
      assert.equal(server.requests.length, 1);
      assert.equal(clock.pending, 0);
    });
  }

  const transports = { undici: createUndiciTransport, editor: createEditorTransport };
  for (const [way, create] of Object.entries(transports)) {
    for (const [name, answer] of [...passing, ['503', busy({ 'retry-after': '1' })] as const]) {
      it(`never repeats a write after a ${name}, by way of ${way}`, async () => {
        const server = await startWith(answer);
        const { caller, clock } = servers.api(server, { transport: servers.transport(create) });
        const error = await failureOf(caller.json(POST));
        assert.equal(error.details.sent, true);
        assert.equal(server.requests.length, 1);
        assert.equal(clock.pending, 0);
      });
    }
  }

  it('never repeats the opening of a stream', async () => {
    const server = await startWith(busy());
    await failureOf(servers.api(server).caller.stream(GET), 'overloaded');
    assert.equal(server.requests.length, 1);
  });
});

describe('HttpCaller: the key', () => {
  const servers = useServers();

  it('is asked for anew at each request, a repeat included', async () => {
    let asked = 0;
    const server = await servers.start(() => (server.requests.length === 1 ? busy() : jsonAnswer([])));
    const { caller, clock } = servers.api(server, { key: () => Promise.resolve(`key-number-${++asked}`) });
    const call = caller.json(GET);
    await eventually(() => clock.pending === 1);
    clock.advance(500);
    await call;
    await caller.json(GET);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers['authorization']),
      ['Bearer key-number-1', 'Bearer key-number-2', 'Bearer key-number-3'],
    );
  });

  it('is missing: nothing is asked', async () => {
    const server = await servers.start(() => jsonAnswer([]));
    const { caller, records } = servers.api(server, { key: () => Promise.resolve(undefined) });
    const errors = [
      await failureOf(caller.json(GET), 'noKey'),
      await failureOf(caller.json(POST), 'noKey'),
      await failureOf(caller.stream(GET), 'noKey'),
    ];
    assert.deepEqual(
      errors.map(({ details }) => details),
      [GET, POST, GET].map(({ method, path }) => ({ method, path, sent: false })),
    );
    assert.equal(server.requests.length, 0);
    assert.deepEqual(
      records.map(({ status, reason }) => [status, reason]),
      Array.from({ length: 3 }, () => [undefined, 'noKey']),
    );
  });

  for (const key of [
    '',
    `${KEY}\r\nx: y`,
    `${KEY}\u0000`,
    `${KEY}\u20ac`,
    `${KEY} `,
    'short',
    'x'.repeat(10_240),
  ]) {
    it(`is bad (${JSON.stringify(key.slice(-6))} of ${key.length}): nothing is asked, and the error does not say it`, async () => {
      const server = await servers.start(() => jsonAnswer([]));
      const { caller } = servers.api(server, { key: () => Promise.resolve(key) });
      for (const call of [caller.json(GET), caller.stream(GET)]) {
        const error = await failureOf(call, 'badKey');
        assert.equal(error.details.sent, false);
        assert.ok(key === '' || !inspect(error, { depth: null, showHidden: true }).includes(key.trim()));
      }
      assert.equal(server.requests.length, 0);
    });
  }

  it('cannot be read: nothing is asked, and the failure is one of ours', async () => {
    const server = await servers.start(() => jsonAnswer([]));
    const { caller } = servers.api(server, { key: () => Promise.reject(new Error('keyring locked')) });
    const error = await failureOf(caller.json(GET), 'noKey');
    assert.equal(error.details.sent, false);
    assert.ok(error.cause instanceof Error);
    assert.equal(server.requests.length, 0);
  });

  it('is refused: that is told once, for calls and for streams', async () => {
    const server = await servers.start(() => jsonAnswer({ detail: 'Invalid API key' }, 401));
    const told: ApiError[] = [];
    const { caller, client } = servers.api(server, { onUnauthorized: (error) => told.push(error) });
    const first = await failureOf(caller.json(GET), 'unauthorized');
    assert.deepEqual(told, [first]);
    await failureOf(caller.json(POST), 'unauthorized');
    await failureOf(caller.stream(GET), 'unauthorized');
    assert.equal(told.length, 3);
    await failureOf(client.openStream('sesn_1', new AbortController().signal), 'unauthorized');
    assert.equal(told.length, 4);
    assert.equal(server.requests.length, 4);
  });

  it('is not said to be refused by any other answer', async () => {
    let status = 200;
    const server = await servers.start(() => jsonAnswer({ detail: 'Invalid API key' }, status));
    const told: ApiError[] = [];
    const { caller } = servers.api(server, { onUnauthorized: (error) => told.push(error) });
    await caller.json(POST);
    for (status of [302, 400, 403, 404, 407, 500]) {
      await failureOf(caller.json(POST));
    }
    assert.deepEqual(told, []);
  });

  it('is in no line of the log and in no error, whatever the server does with it', async () => {
    const server = await servers.start(({ headers, path }) => {
      const echo = JSON.stringify(headers);
      return path.endsWith('/ok')
        ? jsonAnswer(headers)
        : { status: 400, headers: { 'content-type': 'text/plain' }, body: echo.replaceAll(KEY, '') };
    });
    const { caller, records } = servers.api(server);
    await caller.json({ ...GET, path: '/ok', query: { secret: KEY, limit: 1 } });
    const error = await failureOf(caller.json({ ...GET, query: { secret: KEY } }), 'invalid');
    await failureOf(caller.stream({ ...GET, query: { secret: KEY } }), 'invalid');
    assert.equal(records.length, 3);
    for (const thing of [records, error]) {
      assert.ok(!inspect(thing, { depth: null, showHidden: true }).includes(KEY));
    }
  });
});

describe('HttpCaller: the log', () => {
  const servers = useServers();

  it('has one line for each request', async () => {
    const server = await servers.start(({ path }) => {
      const headers = { 'request-id': 'req_1', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
      return path.endsWith('/no') ? jsonAnswer({}, 409, headers) : jsonAnswer({}, 201, headers);
    });
    const { caller, records } = servers.api(server, { connection: { prefix: '/some/v1' } });
    await caller.json(POST);
    await failureOf(caller.json({ ...POST, path: '/agents/no' }), 'conflict');
    assert.deepEqual(records, [
      {
        method: 'POST',
        path: '/some/v1/agents',
        status: 201,
        ms: 0,
        requestId: 'req_1',
        serverTime: Date.UTC(2026, 0, 1),
        reason: undefined,
      },
      {
        method: 'POST',
        path: '/some/v1/agents/no',
        status: 409,
        ms: 0,
        requestId: 'req_1',
        serverTime: Date.UTC(2026, 0, 1),
        reason: 'conflict',
      },
    ]);
  });

  it('says how long a request took', async () => {
    const api = servers.api(
      await servers.start(() => {
        api.clock.advance(120);
        return jsonAnswer({});
      }),
    );
    await api.caller.json(GET);
    assert.equal(api.records[0]?.ms, 120);
  });
});

describe('HttpCaller: redirects', () => {
  const servers = useServers();

  for (const [way, create] of Object.entries({
    undici: createUndiciTransport,
    editor: createEditorTransport,
  })) {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`are never followed by way of ${way}: ${status}, to another origin and to the same`, async () => {
        const target = await servers.start(() => jsonAnswer([]));
        const server = await servers.start(({ path }) => ({
          status,
          headers: { location: path.endsWith('/away') ? `${target.url}/v1/agents?x=1` : '/v1/elsewhere' },
        }));
        const { caller } = servers.api(server, { transport: servers.transport(create) });
        for (const call of [GET, POST]) {
          const away = await failureOf(caller.json({ ...call, path: '/away' }), 'redirected');
          assert.equal(away.details.origin, target.url);
          assert.equal(away.details.status, status);
          const near = await failureOf(caller.json(call), 'redirected');
          assert.equal(near.details.origin, undefined);
        }
        await failureOf(caller.stream({ ...GET, path: '/away' }), 'redirected');
        assert.equal(target.requests.length, 0);
        assert.deepEqual(
          server.requests.map(({ path }) => path),
          ['/v1/away', '/v1/agents', '/v1/away', '/v1/agents', '/v1/away'],
        );
      });
    }
  }
});

describe('HttpCaller: a server that echoes the key', () => {
  const servers = useServers();

  // Wherever a text is cut, no part of the key may be left before the cut.
  for (const before of [0, 180, 190, 470, 485, 495, 499]) {
    it(`finds it cut out before anything is shortened, behind ${before} characters`, async () => {
      const echo = `${'x'.repeat(before)}Bearer ${KEY}`;
      const server = await servers.start(() =>
        jsonAnswer({ detail: echo }, 400, { 'request-id': `req_${KEY}` }),
      );
      const api = servers.api(server);
      const error = await failureOf(api.caller.json(POST));
      const seen = inspect([error, error.details, error.message, api.records], { depth: null });
      for (let length = 6; length <= KEY.length; length++) {
        assert.ok(!seen.includes(KEY.slice(0, length)), `the first ${length} characters are there`);
      }
    });
  }

  it('cuts it out however the server has escaped it', async () => {
    const escaped = Array.from(KEY, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const [text, path] = [`No: ${escaped}`, `header.${escaped}`];
    const server = await servers.start(() => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: `{"message":"${text}","code":"${escaped}","request_id":"${escaped}","errors":[{"path":["${path}"],"message":"${text}"}]}`,
    }));
    const error = await failureOf(servers.api(server).caller.json(POST));
    assert.match(error.details.serverMessage ?? '', /•••/);
    assert.ok(!inspect(error.details, { depth: null }).includes(KEY));
  });

  it('cuts it out of events, and leaves what can be sent back as it is', async () => {
    const server = await servers.start(() => jsonAnswer({ data: [{ text: `Bearer ${KEY}` }] }));
    const { caller } = servers.api(server);
    const events = await caller.json({ method: 'GET', path: '/sessions/a/events', query: {} });
    assert.deepEqual(events, { data: [{ text: 'Bearer •••' }] });
    const agents = await caller.json({ method: 'GET', path: '/agents', query: {} });
    assert.deepEqual(agents, { data: [{ text: `Bearer ${KEY}` }] });
  });
});

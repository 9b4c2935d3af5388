import assert from 'node:assert/strict';
import { ApiError, type ApiErrorReason, type FieldError } from '../../../src/api/errors.ts';
import { decodeErrorAnswer } from '../../../src/api/http/decodeError.ts';
import { parseRetryAfter } from '../../../src/api/http/retryAfter.ts';

const NOW = Date.UTC(2026, 0, 1);

function answer(status: number, headers: Readonly<Record<string, string>> = {}) {
  return { status, header: (name: string) => headers[name] };
}

function decode(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ApiError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return decodeErrorAnswer(answer(status, headers), text, { method: 'GET', path: '/agents' }, NOW);
}

interface Said {
  readonly message?: string;
  readonly code?: string;
  readonly fields?: readonly FieldError[];
}

describe('decodeErrorAnswer: what the server said', () => {
  const zodIssues = [
    { code: 'invalid_type', path: ['agent'], message: 'Required' },
    { code: 'too_small', path: ['events', 0, 'content'], message: 'Too short' },
  ];
  const zodSaid = {
    message: 'agent: Required; events.0.content: Too short',
    code: 'invalid_type',
    fields: [
      { path: 'agent', message: 'Required' },
      { path: 'events.0.content', message: 'Too short' },
    ],
  };
  const bodies: readonly (readonly [name: string, body: unknown, said: Said])[] = [
    [
      "Anthropic's envelope",
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'No such beta' },
        request_id: 'req_1',
      },
      { message: 'No such beta', code: 'invalid_request_error' },
    ],
    [
      "Anthropic's envelope with details",
      {
        type: 'error',
        error: { type: 'billing_error', message: 'Empty', details: { error_code: 'out_of_credit' } },
      },
      { message: 'Empty', code: 'out_of_credit' },
    ],
    ['an error with a code', { error: { message: 'm', code: 'c' } }, { message: 'm', code: 'c' }],
    ['an error with a kind', { error: { message: 'm', kind: 'k' } }, { message: 'm', code: 'k' }],
    ['an error as a text', { error: 'Nope' }, { message: 'Nope' }],
    ['a message', { message: 'Nope', code: 'c' }, { message: 'Nope', code: 'c' }],
    [
      'a message beside the name of the status',
      { statusCode: 400, error: 'Bad Request', message: 'No name' },
      { message: 'No name' },
    ],
    ['an empty error beside a detail', { error: '', detail: 'Nope' }, { message: 'Nope' }],
    ['an empty error', { error: '' }, {}],
    ['a message beside an error without one', { error: {}, message: 'Nope' }, { message: 'Nope' }],
    ["Synth's detail as a text", { detail: 'Invalid API key' }, { message: 'Invalid API key' }],
    [
      "Synth's detail as a list",
      { detail: [{ loc: ['body', 'agent'], msg: 'field required', type: 'value_error.missing' }] },
      {
        message: 'agent: field required',
        code: 'value_error.missing',
        fields: [{ path: 'agent', message: 'field required' }],
      },
    ],
    [
      'a detail with several entries, of which some say little',
      { detail: [{ loc: ['query', 'limit'], msg: 'too big' }, { msg: 'odd' }, 'plain', null, 7, {}] },
      {
        message: 'query.limit: too big; odd; plain',
        fields: [
          { path: 'query.limit', message: 'too big' },
          { path: '', message: 'odd' },
          { path: '', message: 'plain' },
        ],
      },
    ],
    ['a detail as an empty list', { detail: [] }, {}],
    ['a detail as an object', { detail: { message: 'm', code: 'c' } }, { message: 'm', code: 'c' }],
    ['a detail as an object with msg', { detail: { msg: 'm', type: 't' } }, { message: 'm', code: 't' }],
    [
      'a detail with an error inside',
      { detail: { error: { message: 'm', type: 't' } } },
      { message: 'm', code: 't' },
    ],
    ['a detail with a text inside', { detail: { error: 'm' } }, { message: 'm' }],
    ["Zod's issues", { issues: zodIssues }, zodSaid],
    ["Zod's error", { success: false, error: { issues: zodIssues, name: 'ZodError' } }, zodSaid],
    [
      "Zod's error with its issues as a text",
      { success: false, error: { name: 'ZodError', message: JSON.stringify(zodIssues, undefined, 2) } },
      zodSaid,
    ],
    [
      'a list of errors',
      { errors: [{ message: 'm' }] },
      { message: 'm', fields: [{ path: '', message: 'm' }] },
    ],
    ['a JSON text', JSON.stringify('Nope'), { message: 'Nope' }],
    ['a JSON number', '7', {}],
    ['null', 'null', {}],
    ['an empty object', {}, {}],
    ['plain text', 'upstream connect error\n', { message: 'upstream connect error' }],
    [
      'a page',
      '<html><head><title>502 Bad Gateway</title><style>p{color:red}</style></head>' +
        '<body><script>alert("</p>")</script><p>cloud<br/>flare</p></body></html>',
      { message: '502 Bad Gateway cloud flare' },
    ],
    ['nothing', '', {}],
    ['white space', ' \r\n\t', {}],
    ['fields of a prototype', '{"__proto__":{"message":"m"},"constructor":{"message":"n"}}', {}],
    ['values of other kinds', { message: 7, error: 8, detail: true, code: [] }, {}],
  ];
  for (const [name, body, said] of bodies) {
    it(`reads ${name}`, () => {
      const { details } = decode(400, body);
      assert.equal(details.serverMessage, said.message);
      assert.equal(details.code, said.code);
      assert.deepEqual(details.fieldErrors ?? [], said.fields ?? []);
    });
  }

  it('stops in a body that nests for ever', () => {
    const deep = `${'{"error":'.repeat(100_000)}{"message":"m"}${'}'.repeat(100_000)}`;
    assert.equal(decode(400, deep).reason, 'invalid');
  });

  it('takes control characters out of everything that it keeps', () => {
    const nasty = 'a\u001b[31mb\u0007\r\nc\u0000d\u009be\u2028f\u007fg';
    const { details } = decode(
      422,
      { detail: [{ loc: [nasty], msg: nasty, type: nasty }] },
      { 'request-id': nasty },
    );
    const clean = 'a [31mb c d e f g';
    assert.equal(details.serverMessage, `${clean}: ${clean}`);
    assert.equal(details.code, clean);
    assert.equal(details.requestId, clean);
    assert.deepEqual(details.fieldErrors, [{ path: clean, message: clean }]);
    assert.equal(decode(500, { error: { message: nasty, type: nasty } }).details.code, clean);
    assert.equal(decode(500, { message: 'm', request_id: nasty }).details.requestId, clean);
    assert.equal(decode(500, nasty).details.serverMessage, clean);
  });

  it('bounds the length of everything that it keeps', () => {
    const long = 'x'.repeat(200_000);
    const { details } = decode(
      422,
      { detail: Array.from({ length: 40 }, () => ({ loc: [long, long], msg: long, type: long })) },
      { 'request-id': long },
    );
    assert.ok((details.serverMessage?.length ?? 0) <= 500);
    assert.ok((details.code?.length ?? 0) <= 100);
    assert.ok((details.requestId?.length ?? 0) <= 128);
    assert.ok((details.fieldErrors?.length ?? 0) <= 20);
    for (const { path, message } of details.fieldErrors ?? []) {
      assert.ok(path.length <= 100 && message.length <= 200);
    }
    for (const body of [
      { message: long },
      { error: { message: long } },
      { detail: long },
      JSON.stringify(long),
    ]) {
      assert.equal(decode(400, body).details.serverMessage, `${'x'.repeat(499)}…`);
    }
    assert.equal(decode(502, long).details.serverMessage, `${'x'.repeat(199)}…`);
    assert.ok(decode(400, { message: long }).message.length < 600);
  });

  it('reads hostile pages to the end', () => {
    for (const piece of ['<', '<a', '<script', '<script><', '</script', '<style>', '< >', '&lt;']) {
      assert.equal(decode(502, piece.repeat(200_000)).reason, 'server');
    }
  });
});

describe('decodeErrorAnswer: what it means', () => {
  const reasons: readonly (readonly [status: number, reason: ApiErrorReason])[] = [
    [300, 'redirected'],
    [301, 'redirected'],
    [302, 'redirected'],
    [304, 'redirected'],
    [307, 'redirected'],
    [308, 'redirected'],
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'paymentRequired'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'notOffered'],
    [406, 'refusedByServer'],
    [407, 'proxyAuth'],
    [408, 'refusedByServer'],
    [409, 'conflict'],
    [410, 'notOffered'],
    [412, 'refusedByServer'],
    [413, 'tooLarge'],
    [418, 'refusedByServer'],
    [422, 'invalid'],
    [429, 'rateLimited'],
    [500, 'server'],
    [501, 'notOffered'],
    [502, 'server'],
    [503, 'overloaded'],
    [504, 'server'],
    [529, 'overloaded'],
    [599, 'server'],
  ];
  for (const [status, reason] of reasons) {
    it(`${status} is ${reason}`, () => {
      const error = decode(status, '');
      assert.equal(error.reason, reason);
      assert.deepEqual(error.details, { method: 'GET', path: '/agents', status, sent: true });
      assert.equal(error.message, `${reason} GET /agents ${status}`);
    });
  }

  it("knows the service's own missing configuration", () => {
    const detail = 'HORIZONS_PRIVATE_SERVICE_API_KEY is required for managed-agents proxy';
    for (const status of [500, 502, 503, 504]) {
      assert.equal(decode(status, { detail }).reason, 'serviceConfig');
    }
    assert.equal(decode(501, { detail }).reason, 'notOffered');
    assert.equal(decode(400, { detail }).reason, 'invalid');
    assert.equal(
      decode(500, { error: { message: 'HORIZONS_PRIVATE_BASE_URL is missing' } }).reason,
      'serviceConfig',
    );
  });

  it('names the origin that a redirect points to, and nothing else of it', () => {
    const location = 'https://user:secret@evil.example:8443/path?token=x';
    assert.equal(decode(302, '', { location }).details.origin, 'https://evil.example:8443');
    assert.equal(decode(302, '', { location: '/other' }).details.origin, undefined);
    assert.equal(decode(302, '', { location: 'https://' }).details.origin, undefined);
    assert.equal(decode(404, '', { location }).details.origin, undefined);
  });

  const ids: readonly (readonly [
    name: string,
    headers: Record<string, string>,
    body: unknown,
    id?: string,
  ])[] = [
    ['request-id', { 'request-id': 'req_1', 'x-request-id': 'req_2' }, { request_id: 'req_3' }, 'req_1'],
    ['x-request-id', { 'x-request-id': 'req_2' }, { request_id: 'req_3' }, 'req_2'],
    ['x-request-id beside an empty request-id', { 'request-id': '', 'x-request-id': 'req_2' }, '', 'req_2'],
    ['the body', {}, { type: 'error', error: { message: 'm' }, request_id: 'req_3' }, 'req_3'],
    ['the body beside an empty header', { 'request-id': '' }, { request_id: 'req_3' }, 'req_3'],
    ['nowhere', {}, { request_id: 7 }],
  ];
  for (const [name, headers, body, id] of ids) {
    it(`finds the request's id in ${name}`, () => {
      assert.equal(decode(500, body, headers).details.requestId, id);
    });
  }

  it('keeps how long to wait', () => {
    assert.equal(decode(429, '', { 'retry-after': '2' }).details.retryAfterMs, 2_000);
    assert.equal(decode(429, '', { 'retry-after': 'garbage' }).details.retryAfterMs, undefined);
  });
});

describe('parseRetryAfter', () => {
  const MINUTES_5 = 300_000;
  const forms: readonly (readonly [headers: Record<string, string>, ms: number | undefined])[] = [
    [{}, undefined],
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': ' 2 ' }, 2_000],
    [{ 'retry-after': '2.5' }, 2_500],
    [{ 'retry-after': '0' }, 1_000],
    [{ 'retry-after': '1000000000' }, MINUTES_5],
    [{ 'retry-after': '99999999999' }, MINUTES_5],
    [{ 'retry-after': '1e9' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'garbage' }, undefined],
    [{ 'retry-after': 'Later 5' }, undefined],
    [{ 'retry-after': 'Tuesday' }, undefined],
    [{ 'retry-after': '2, 3' }, undefined],
    [{ 'retry-after': '9'.repeat(400) }, undefined],
    [{ 'retry-after': '2026-01-01T00:00:30Z' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thursday, 01-Jan-26 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thu Jan  1 00:00:30 2026' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:30 GMT' }, 1_000],
    [{ 'retry-after': 'Fri, 01 Jan 2027 00:00:00 GMT' }, MINUTES_5],
    [{ 'retry-after': 'Thu, 99 Foo 2026 00:00:30 GMT' }, undefined],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9_000],
    [{ 'retry-after-ms': '1' }, 1_000],
  ];
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = zone;
    }
  });
  for (const [headers, ms] of forms) {
    it(`reads ${JSON.stringify(headers).slice(0, 80)}, wherever the machine stands`, () => {
      for (const place of ['UTC', 'America/New_York', 'Asia/Kolkata']) {
        process.env.TZ = place;
        assert.equal(parseRetryAfter(answer(429, headers), NOW), ms);
      }
    });
  }
});

describe('ApiError', () => {
  it('is known by its reason, also where it comes from another copy of the class', async () => {
    const copy = (await import(new URL('../../../src/api/errors.ts?copy', import.meta.url).href)) as {
      readonly ApiError: typeof ApiError;
    };
    assert.notEqual(copy.ApiError, ApiError);
    for (const error of [new ApiError('dns'), new copy.ApiError('dns')]) {
      assert.ok(ApiError.is(error));
      assert.ok(ApiError.is(error, 'refused', 'dns'));
      assert.ok(!ApiError.is(error, 'refused'));
    }
    for (const other of [new Error('dns'), { reason: 'dns' }, undefined, null, 'dns']) {
      assert.ok(!ApiError.is(other));
    }
  });

  it('sums up what happened in one line', () => {
    const error = new ApiError('conflict', {
      method: 'POST',
      path: '/agents/a',
      status: 409,
      serverMessage: 'Busy',
    });
    assert.equal(error.message, 'conflict POST /agents/a 409: Busy');
    assert.equal(error.name, 'ApiError');
    assert.equal(new ApiError('noKey').message, 'noKey');
  });
});

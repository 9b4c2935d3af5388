import assert from 'node:assert/strict';
import type { SmokeCheckId } from '../../../src/smoke/checks.ts';
import { type CauseId, causeOf } from '../../../src/smoke/runbook.ts';
import type { Symptom } from '../../../src/smoke/symptom.ts';
import { type FaultAnswer, jsonAnswer, pageAnswer, unusedPort } from '../../support/faultServer.ts';
import { resultOf, smokeAt, startFakeApi } from './smokeSetup.ts';

interface Row {
  readonly fault: string;
  /** Which requests it hits. */
  readonly route: string;
  readonly answer: FaultAnswer;
  readonly check: SmokeCheckId;
  readonly cause: CauseId;
  readonly httpStatus: number | undefined;
  readonly likelyCause?: RegExp;
}

const config = 'HORIZONS_PRIVATE_SERVICE_API_KEY is required for managed-agents proxy';
const STREAM = 'GET /sessions/session_1/events/stream';

const rows: readonly Row[] = [
  {
    fault: 'a 5xx that names HORIZONS_PRIVATE_',
    route: '*',
    answer: jsonAnswer({ detail: config }, 503),
    check: 'health',
    cause: 'proxyConfig',
    httpStatus: 503,
    likelyCause: /^Proxy 5xx config error: missing backend HORIZONS_PRIVATE_\* env\.$/,
  },
  {
    fault: 'a wrong key',
    route: '*',
    answer: jsonAnswer({ detail: 'Invalid API key' }, 401),
    check: 'authentication',
    cause: 'edgeAuth',
    httpStatus: 401,
    likelyCause: /^Proxy 401\/403: backend edge auth failed \(SYNTH_API_KEY\)\.$/,
  },
  {
    fault: 'a key that may not',
    route: '*',
    answer: jsonAnswer({ detail: 'Invalid API key' }, 403),
    check: 'authentication',
    cause: 'edgeAuth',
    httpStatus: 403,
  },
  {
    fault: 'a route outside the allowlist',
    route: 'POST /sessions',
    answer: jsonAnswer({ detail: 'Not Found' }, 404),
    check: 'createSession',
    cause: 'operationMismatch',
    httpStatus: 404,
    likelyCause: /^Upstream operation mismatch: route not in Phase 1 allowlist or header mismatch\.$/,
  },
  {
    fault: 'a method that is not allowed',
    route: 'GET /environments',
    answer: jsonAnswer({ detail: 'Method Not Allowed' }, 405),
    check: 'environments',
    cause: 'operationMismatch',
    httpStatus: 405,
  },
  {
    fault: 'a gap of the service behind the proxy',
    route: 'GET /environments',
    answer: jsonAnswer({ error: { type: 'unsupported_feature', message: 'not here' } }, 501),
    check: 'environments',
    cause: 'operationMismatch',
    httpStatus: 501,
  },
  {
    fault: 'a header that the server does not know',
    route: 'GET /agents',
    answer: jsonAnswer({ type: 'error', error: { type: 'invalid_request_error', message: 'beta' } }, 400),
    check: 'authentication',
    cause: 'operationMismatch',
    httpStatus: 400,
  },
  {
    fault: 'a surface that is gone',
    route: '*',
    answer: jsonAnswer({ detail: 'Not Found' }, 404),
    check: 'authentication',
    cause: 'retired',
    httpStatus: 404,
    likelyCause: /no managed-agents surface/,
  },
  {
    fault: 'a surface that is gone, health',
    route: '*',
    answer: pageAnswer('Nothing here', 404),
    check: 'health',
    cause: 'retired',
    httpStatus: 404,
  },
  {
    fault: 'a page instead of JSON',
    route: '*',
    answer: pageAnswer('Please sign in'),
    check: 'health',
    cause: 'page',
    httpStatus: 200,
    likelyCause: /sign-in page/,
  },
  {
    fault: 'a stream that is a page',
    route: STREAM,
    answer: pageAnswer('Please sign in'),
    check: 'streamConnect',
    cause: 'page',
    httpStatus: 200,
  },
  {
    fault: 'a stream of another content type',
    route: STREAM,
    answer: jsonAnswer({ events: [] }),
    check: 'streamConnect',
    cause: 'wrongContentType',
    httpStatus: 200,
    likelyCause: /application\/json/,
  },
  {
    fault: 'an answer of another shape',
    route: 'GET /agents',
    answer: jsonAnswer('hello'),
    check: 'authentication',
    cause: 'unreadable',
    httpStatus: 200,
  },
  {
    fault: 'an internal error',
    route: 'POST /sessions',
    answer: jsonAnswer({ detail: 'Internal' }, 500),
    check: 'createSession',
    cause: 'serverFault',
    httpStatus: 500,
  },
  {
    fault: 'a body that the server refuses',
    route: 'POST /sessions',
    answer: jsonAnswer({ detail: [{ loc: ['body', 'agent'], msg: 'field required', type: 'missing' }] }, 422),
    check: 'createSession',
    cause: 'requestInvalid',
    httpStatus: 422,
  },
  {
    fault: 'a rate limit',
    route: 'GET /agents',
    answer: jsonAnswer({ detail: 'slow down' }, 429, { 'retry-after': '60' }),
    check: 'authentication',
    cause: 'rateLimited',
    httpStatus: 429,
    likelyCause: /more requests/,
  },
  {
    fault: 'a proxy that wants a sign-in',
    route: '*',
    answer: pageAnswer('Proxy', 407),
    check: 'health',
    cause: 'proxyAuth',
    httpStatus: 407,
    likelyCause: /407/,
  },
  {
    fault: 'a redirect',
    route: '*',
    answer: { status: 302, headers: { location: 'https://login.example/' } },
    check: 'health',
    cause: 'redirected',
    httpStatus: 302,
    likelyCause: /https:\/\/login\.example/,
  },
  {
    fault: 'a connection that is cut',
    route: '*',
    answer: { ending: 'drop' },
    check: 'health',
    cause: 'broken',
    httpStatus: undefined,
  },
  {
    fault: 'bytes that are not HTTP',
    route: '*',
    answer: { raw: 'SSH-2.0-OpenSSH_9.9\r\n' },
    check: 'health',
    cause: 'broken',
    httpStatus: undefined,
  },
  {
    fault: 'a session that cannot be archived while it runs',
    route: 'POST /sessions/session_1/archive',
    answer: jsonAnswer({ detail: 'running' }, 409),
    check: 'archiveSession',
    cause: 'conflict',
    httpStatus: 409,
  },
];

describe('the failure table of the smoke checks', () => {
  for (const row of rows) {
    it(`puts ${row.fault} down to ${row.cause}`, async () => {
      const api = await startFakeApi({ [row.route]: row.answer });
      try {
        const report = await smokeAt(api.server.url);
        assert.equal(report.outcome, 'failed');
        const result = resultOf(report, row.check);
        assert.equal(result.status, 'failed');
        assert.equal(result.httpStatus, row.httpStatus);
        assert.equal(result.diagnosis?.cause, row.cause);
        assert.match(result.diagnosis.likelyCause, row.likelyCause ?? /\w/);
        assert.match(result.diagnosis.nextStep, /\w/);
        assert.doesNotMatch(result.diagnosis.likelyCause + result.diagnosis.nextStep, /[{}•]|undefined/);
        assert.ok(
          report.verdict.includes(report.checks.find(({ status }) => status === 'failed')?.title ?? '-'),
        );
      } finally {
        await api.server.close();
      }
    });
  }

  it('puts a port at which nothing listens down to the refusal', async () => {
    const report = await smokeAt(`http://127.0.0.1:${await unusedPort()}`);
    assert.deepEqual(
      report.checks.flatMap(({ diagnosis }) => diagnosis?.cause ?? []),
      ['refused', 'refused', 'refused'],
    );
    assert.match(report.verdict, /Nothing listens at/);
  });

  it('names the session that could not be archived', async () => {
    const api = await startFakeApi({ 'POST /sessions/session_1/archive': jsonAnswer({}, 500) });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(resultOf(report, 'archiveSession').came, 'HTTP 500; left behind: session_1');
    } finally {
      await api.server.close();
    }
  });

  it('puts a session that the server does not know down to its id', async () => {
    const missing = jsonAnswer({ detail: 'Not Found' }, 404);
    const api = await startFakeApi({
      'GET /sessions/nobody': missing,
      'GET /sessions/nobody/events': missing,
      [STREAM.replace('session_1', 'nobody')]: missing,
      'GET /sessions/nobody/stream': missing,
    });
    try {
      const report = await smokeAt(api.server.url, { sessionId: 'nobody' });
      assert.equal(resultOf(report, 'listEvents').diagnosis?.cause, 'sessionUnknown');
      assert.equal(resultOf(report, 'streamConnect').diagnosis?.cause, 'sessionUnknown');
    } finally {
      await api.server.close();
    }
  });

  it('tells a missing stream from a missing session', async () => {
    const missing = jsonAnswer({ detail: 'Not Found' }, 404);
    const api = await startFakeApi({ [STREAM]: missing, 'GET /sessions/session_1/stream': missing });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(resultOf(report, 'streamConnect').diagnosis?.cause, 'operationMismatch');
    } finally {
      await api.server.close();
    }
  });

  it('has a cause for what only networks of others can do', () => {
    const expected: readonly (readonly [Symptom['reason'], CauseId])[] = [
      ['dns', 'dns'],
      ['tls', 'tls'],
      ['unreachable', 'unreachable'],
      ['connectTimeout', 'noAnswer'],
      ['headersTimeout', 'noAnswer'],
      ['timeLimit', 'noAnswer'],
      ['noKey', 'noKey'],
      ['badKey', 'noKey'],
    ];
    for (const [reason, cause] of expected) {
      assert.equal(causeOf({ check: 'health', reason }), cause);
    }
  });
});

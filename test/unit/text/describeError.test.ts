import assert from 'node:assert/strict';
import { ApiError, type ApiErrorDetails, type ApiErrorReason } from '../../../src/api/errors.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { describeError } from '../../../src/text/describeError.ts';
import { isSurfaceMissing } from '../../../src/text/explainAnswer.ts';

/** A new reason is a type error here until it is added, and fails below until it has a text. */
const everyReason: Record<ApiErrorReason, true> = {
  noKey: true,
  badKey: true,
  badConnection: true,
  badId: true,
  readOnly: true,
  unauthorized: true,
  forbidden: true,
  paymentRequired: true,
  notFound: true,
  notOffered: true,
  conflict: true,
  invalid: true,
  tooLarge: true,
  rateLimited: true,
  serviceConfig: true,
  server: true,
  overloaded: true,
  proxyAuth: true,
  redirected: true,
  refusedByServer: true,
  notJson: true,
  malformed: true,
  notEventStream: true,
  responseTooLarge: true,
  dns: true,
  refused: true,
  unreachable: true,
  connectTimeout: true,
  headersTimeout: true,
  tls: true,
  reset: true,
  network: true,
  cancelled: true,
};
const reasons = Object.keys(everyReason) as ApiErrorReason[];
const where = { connection: 'Staging', origin: 'https://staging.example.com:8443' };

function describe_(reason: ApiErrorReason, details: ApiErrorDetails = {}, what?: string) {
  return describeError(new ApiError(reason, details), { ...where, what }, plainL10n);
}

describe('describeError', () => {
  for (const reason of reasons) {
    it(`says what ${reason} is, why, and what to do`, () => {
      const { title, why, next, actions } = describe_(reason);
      assert.match(title, /Staging \(staging\.example\.com:8443\)/);
      for (const text of [title, why, next]) {
        assert.match(text, /[.!?]$/, `not a sentence: ${text}`);
        assert.doesNotMatch(text, /\{\w+\}|undefined|null/);
      }
      assert.ok(actions.length > 0 || next.includes('Nothing can be done'));
      assert.equal(new Set(actions).size, actions.length);
    });
  }

  it('tells every two reasons of the same group apart', () => {
    const texts = reasons.map((reason) => {
      const { title, why } = describe_(reason);
      return `${title} ${why}`;
    });
    assert.equal(new Set(texts).size, texts.length);
  });

  it('puts what was being done before the title', () => {
    assert.match(describe_('refused', {}, 'Create Agent').title, /^Create Agent: Staging/);
  });

  it('says that a whole collection is missing, with the ways out', () => {
    for (const reason of ['notFound', 'notOffered'] as const) {
      const { title, why, actions } = describe_(reason, { method: 'GET', path: '/agents', status: 404 });
      assert.match(title, /does not offer managed agents/);
      assert.match(why, /may have been retired/);
      assert.deepEqual(actions.slice(0, 2), ['chooseConnection', 'useSandbox']);
    }
  });

  it('does not blame the server for one missing object', () => {
    const details: ApiErrorDetails = { method: 'GET', path: '/agents/agent_1', status: 404 };
    assert.doesNotMatch(describe_('notFound', details).title, /does not offer managed agents/);
    assert.equal(isSurfaceMissing(new ApiError('notFound', details)), false);
  });

  it('says that nothing can be done about the service’s own configuration', () => {
    const details = { serverMessage: 'HORIZONS_PRIVATE_SERVICE_API_KEY is required' };
    const { why, next, actions } = describe_('serviceConfig', details);
    assert.match(why, /HORIZONS_PRIVATE_SERVICE_API_KEY is required/);
    assert.match(next, /Nothing can be done about it from here/);
    assert.ok(!actions.includes('retry') && !actions.includes('setKey'));
  });

  it('warns before a write is repeated that may have arrived', () => {
    const warning = /may have been carried out/;
    for (const reason of ['reset', 'headersTimeout', 'network'] as const) {
      assert.match(describe_(reason, { method: 'POST', sent: true }).why, warning);
      assert.doesNotMatch(describe_(reason, { method: 'POST', sent: false }).why, warning);
      assert.doesNotMatch(describe_(reason, { method: 'GET', sent: true }).why, warning);
    }
  });

  it('recognises a sign-in page by its content type', () => {
    assert.match(describe_('notJson', { contentType: 'text/html; charset=utf-8' }).title, /web page/);
    assert.doesNotMatch(describe_('notJson', { contentType: 'text/plain' }).title, /web page/);
  });

  it('names where a redirect leads, and how long to wait', () => {
    assert.match(describe_('redirected', { origin: 'https://evil.example' }).why, /https:\/\/evil\.example/);
    assert.match(describe_('rateLimited', { retryAfterMs: 1_500 }).next, /2 s/);
  });

  it('offers the sandbox where nothing listens on this machine', () => {
    const local = { connection: 'Local', origin: 'http://127.0.0.1:8000' };
    assert.equal(describeError(new ApiError('refused'), local, plainL10n).actions[0], 'useSandbox');
    assert.ok(!describe_('refused').actions.includes('useSandbox'));
  });

  it('takes the sting out of what the server says', () => {
    const serverMessage = `[click](command:workbench.action.quit) \u202eevil\u0007 ${'x'.repeat(1_000)}`;
    const { why } = describe_('server', { serverMessage });
    assert.doesNotMatch(why, /\]\(/);
    assert.doesNotMatch(why, /[\u0000-\u001f\u202e]/);
    assert.ok(why.length < 500);
  });
});

import assert from 'node:assert/strict';
import { contentSecurityPolicy } from '../../../src/vscode/panel/contentSecurityPolicy.ts';

describe('the policy of the session page', () => {
  it('is this one, to the letter', () => {
    assert.equal(
      contentSecurityPolicy('NONCE', 'SOURCE'),
      "default-src 'none'; script-src 'nonce-NONCE'; style-src SOURCE; font-src SOURCE; img-src SOURCE blob:; " +
        "connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; " +
        'trusted-types lit-html',
    );
  });
});

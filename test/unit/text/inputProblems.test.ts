import assert from 'node:assert/strict';
import { type BaseUrlProblem, keyProblem, parseBaseUrl } from '../../../src/api/connection.ts';
import { plainL10n } from '../../../src/l10n.ts';
import {
  type ConnectionSettingProblem,
  describeConnectionProblem,
} from '../../../src/text/connectionProblems.ts';
import {
  describeBaseUrlProblem,
  describeKeyProblem,
  type KeyProblem,
} from '../../../src/text/inputProblems.ts';

const badUrls: Record<BaseUrlProblem, string> = {
  empty: ' ',
  notAUrl: 'api.example.com',
  notHttps: 'http://api.example.com',
  scheme: 'ftp://api.example.com',
  credentials: 'https://me:secret-word@api.example.com',
  queryOrFragment: 'https://api.example.com?key=secret-word',
  path: 'https://api.example.com/a/../b',
};
const badKeys: Record<KeyProblem, string> = {
  empty: '',
  characters: 'secret-word with a blank',
  length: 'short',
};

describe('texts for what was entered', () => {
  for (const [problem, url] of Object.entries(badUrls) as [BaseUrlProblem, string][]) {
    it(`explains the base URL problem ${problem}, without repeating the input`, () => {
      assert.deepEqual(parseBaseUrl(url), { problem });
      const text = describeBaseUrlProblem(problem, plainL10n);
      assert.match(text, /\.$/);
      assert.doesNotMatch(text, /secret-word|\{\w+\}/);
    });
  }

  for (const [problem, key] of Object.entries(badKeys) as [KeyProblem, string][]) {
    it(`explains the key problem ${problem}, without saying the key`, () => {
      assert.equal(keyProblem(key), problem);
      const text = describeKeyProblem(problem, plainL10n);
      assert.match(text, /\.$/);
      assert.ok(key === '' || !text.includes(key));
    });
  }

  it('explains every problem of the setting and names the entry', () => {
    const problems: ConnectionSettingProblem[] = [
      { kind: 'notAList' },
      { kind: 'tooMany', limit: 100 },
      { kind: 'notAnEntry', position: 3, path: '' },
      { kind: 'notAnEntry', position: 3, path: 'auth' },
      { kind: 'nameTaken', position: 3, name: 'Synth' },
      { kind: 'baseUrl', position: 3, name: 'Staging', why: 'notHttps' },
    ];
    const texts = problems.map((problem) => describeConnectionProblem(problem, plainL10n));
    assert.equal(new Set(texts).size, problems.length);
    for (const text of texts) {
      assert.match(text, /\.$/);
      assert.doesNotMatch(text, /\{\w+\}/);
    }
    assert.match(texts[3] ?? '', /Connection 3 .*“auth”/);
    assert.match(texts[5] ?? '', /“Staging”.*https/);
  });
});

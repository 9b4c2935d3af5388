import assert from 'node:assert/strict';
import {
  type BaseUrlProblem,
  checkId,
  isLoopbackHost,
  isLoopbackOrigin,
  keyProblem,
  parseBaseUrl,
  presets,
  sandboxConnection,
} from '../../../src/api/connection.ts';
import { ApiError } from '../../../src/api/errors.ts';

const SYNTH = '/api/managed-agents/anthropic/v1';

describe('parseBaseUrl', () => {
  const taken: readonly (readonly [text: string, origin: string, prefix: string])[] = [
    // An origin alone gets the prefix of its kind of server.
    ['https://api.usesynth.ai', 'https://api.usesynth.ai', SYNTH],
    ['https://api.usesynth.ai/', 'https://api.usesynth.ai', SYNTH],
    ['https://agents.example:8443', 'https://agents.example:8443', SYNTH],
    ['https://api.anthropic.com', 'https://api.anthropic.com', '/v1'],
    ['https://api.anthropic.com/', 'https://api.anthropic.com', '/v1'],
    ['https://api.anthropic.com.evil.example', 'https://api.anthropic.com.evil.example', SYNTH],
    // A path of one's own is kept, without the slashes at its end.
    ['https://api.anthropic.com/v2', 'https://api.anthropic.com', '/v2'],
    ['https://agents.example/a/b-c_d~e.f/', 'https://agents.example', '/a/b-c_d~e.f'],
    ['https://agents.example/v1///', 'https://agents.example', '/v1'],
    ['https://agents.example/..x/x..', 'https://agents.example', '/..x/x..'],
    // The origin is in its canonical form, whatever was typed.
    ['  https://Agents.Example  ', 'https://agents.example', SYNTH],
    ['HTTPS://AGENTS.EXAMPLE/V1', 'https://agents.example', '/V1'],
    ['https://agents.example:443/v1', 'https://agents.example', '/v1'],
    ['https://agents.example./v1', 'https://agents.example.', '/v1'],
    ['https://%61gents.example/v1', 'https://agents.example', '/v1'],
    ['https://\u0430pple.com', 'https://xn--pple-43d.com', SYNTH],
    ['https://2130706433/v1', 'https://127.0.0.1', '/v1'],
    ['https://[::ffff:127.0.0.1]/v1', 'https://[::ffff:7f00:1]', '/v1'],
    // Plain http, on this machine only.
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100', SYNTH],
    ['http://127.255.255.254/v1', 'http://127.255.255.254', '/v1'],
    ['http://localhost:80/v1', 'http://localhost', '/v1'],
    ['http://LOCALHOST:4100/v1', 'http://localhost:4100', '/v1'],
    ['http://[::1]:4100/v1', 'http://[::1]:4100', '/v1'],
    ['http://[0:0:0:0:0:0:0:1]/v1', 'http://[::1]', '/v1'],
    ['http://2130706433/v1', 'http://127.0.0.1', '/v1'],
    ['http://0x7f.1/v1', 'http://127.0.0.1', '/v1'],
    ['http://127.1/v1', 'http://127.0.0.1', '/v1'],
  ];
  for (const [text, origin, prefix] of taken) {
    it(`takes ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseBaseUrl(text), { origin, prefix });
    });
  }

  const refused: Readonly<Record<BaseUrlProblem, readonly string[]>> = {
    empty: ['', '   ', '\t\n'],
    notAUrl: [
      'agents.example',
      '//agents.example',
      '/v1',
      'https:/agents.example',
      'https:agents.example',
      'https:\\\\agents.example',
      'https://agents.example\\@evil.example',
      'https://agents.example\\v1',
      'https:///evil.example/agents.example',
      'https:////evil.example',
      'http:///127.0.0.1/v1',
      'https://',
      'https://agents.example:99999',
      'https://agents.example:port',
      'https://agents exam.ple',
      'https://agents.example/a b',
      'https://agents.\texample',
      'https://agents.exa\nmple',
      'https://agents.example\u0001',
      'https://agents.example/\u0000',
      'https://agents.example\u007f',
      'https://[::1',
      'https://1.2.3.999',
      'https://agents.example\uff0fv1',
      'javascript:alert(1)',
      'mailto:a@agents.example',
      'data:text/html,x',
    ],
    notHttps: [
      'http://agents.example',
      'http://agents.example:4100/v1',
      'http://localhost.:4100',
      'http://127.0.0.1.nip.io',
      'http://localhost.evil.example',
      'http://[::ffff:127.0.0.1]:4100',
      'http://[::ffff:7f00:1]',
      'http://[::]',
      'http://0.0.0.0:4100',
      'http://0',
      'http://3232235777',
      'http://192.168.1.1',
      'http://169.254.169.254',
    ],
    scheme: ['ftp://agents.example', 'file:///etc/passwd', 'ws://127.0.0.1', 'vscode://some.extension/v1'],
    credentials: [
      'https://user:secret@agents.example',
      'https://user@agents.example/v1',
      'https://:secret@agents.example',
      'https://@agents.example',
      'https://:@agents.example',
      'https://api.usesynth.ai@evil.example',
      'https://api.usesynth.ai:443@evil.example/v1',
      'http://127.0.0.1:80@evil.example',
    ],
    queryOrFragment: [
      'https://agents.example?x=1',
      'https://agents.example/v1?',
      'https://agents.example/v1?x=/y',
      'https://agents.example#top',
      'https://agents.example/v1#',
    ],
    path: [
      'https://agents.example/..',
      'https://agents.example/v1/..',
      'https://agents.example/a/../b',
      'https://agents.example/.',
      'https://agents.example/a/./b',
      'https://agents.example/.../b',
      'https://agents.example/%2e%2e/b',
      'https://agents.example/a%2fb',
      'https://agents.example//v1',
      'https://agents.example/a//b',
      'https://agents.example/a;b',
      'https://agents.example/a@b',
      'https://agents.example/\u00e9',
    ],
  };
  for (const [problem, texts] of Object.entries(refused)) {
    for (const text of texts) {
      it(`refuses ${JSON.stringify(text)}: ${problem}`, () => {
        assert.deepEqual(parseBaseUrl(text), { problem });
      });
    }
  }
});

describe('presets', () => {
  it('are the documented places, Synth first', () => {
    assert.deepEqual(
      presets.map(({ id, origin, prefix, auth }) => [id, `${origin}${prefix}`, auth]),
      [
        ['synth', 'https://api.usesynth.ai/api/managed-agents/anthropic/v1', 'bearer'],
        ['synth-dev', 'https://api-dev.usesynth.ai/api/managed-agents/anthropic/v1', 'bearer'],
        ['anthropic', 'https://api.anthropic.com/v1', 'x-api-key'],
      ],
    );
  });

  it('carry the documented version and beta', () => {
    for (const preset of [...presets, sandboxConnection('http://127.0.0.1:4100')]) {
      assert.equal(preset.version, '2023-06-01');
      assert.deepEqual(preset.betas, ['managed-agents-2026-04-01']);
    }
  });

  it('are what their own addresses parse to', () => {
    for (const { origin, prefix } of [...presets, sandboxConnection('http://127.0.0.1:4100')]) {
      assert.deepEqual(parseBaseUrl(origin), { origin, prefix });
      assert.deepEqual(parseBaseUrl(`${origin}${prefix}`), { origin, prefix });
    }
  });
});

describe('isLoopbackHost', () => {
  for (const host of ['localhost', '127.0.0.1', '127.3.2.1', '[::1]']) {
    it(`knows ${host}`, () => {
      assert.ok(isLoopbackHost(host));
      assert.ok(isLoopbackOrigin(`http://${host}:4100`));
    });
  }

  for (const host of ['localhost.', 'a.localhost', '127.0.0.1.', '128.0.0.1', '0.0.0.0', '[::ffff:7f00:1]']) {
    it(`does not take ${host} for it`, () => {
      assert.ok(!isLoopbackHost(host));
    });
  }

  it('takes no nonsense for an origin', () => {
    assert.ok(!isLoopbackOrigin('localhost'));
    assert.ok(!isLoopbackOrigin(''));
  });
});

describe('keyProblem', () => {
  it('takes what a header can carry', () => {
    for (const key of ['12345678', 'x'.repeat(512), '!#$%&\'()*+,-./:;<=>?@[]^_`{|}~"\\']) {
      assert.equal(keyProblem(key), undefined);
    }
  });

  const problems: readonly (readonly [key: string, problem: string])[] = [
    ['', 'empty'],
    ['sk-abc\ndef', 'characters'],
    ['sk-abcdef\r\n', 'characters'],
    ['sk-abc\u0000def', 'characters'],
    ['sk-abc\u20acdef', 'characters'],
    ['sk-abc def', 'characters'],
    [' sk-abcdef', 'characters'],
    ['sk-abc\u007fdef', 'characters'],
    ['sk-abc\u200bdef', 'characters'],
    ['1234567', 'length'],
    ['x'.repeat(513), 'length'],
    ['x'.repeat(10_240), 'length'],
  ];
  for (const [key, problem] of problems) {
    it(`refuses ${JSON.stringify(key.slice(0, 16))} of ${key.length}: ${problem}`, () => {
      assert.equal(keyProblem(key), problem);
    });
  }
});

describe('checkId', () => {
  it('lets ids of every known kind through as they are', () => {
    for (const id of ['agent_123', 'sesn_01AbC', 'session_abc123', 'A-b_9', 'x'.repeat(128)]) {
      assert.equal(checkId(id), id);
    }
  });

  const bad = [
    '',
    '.',
    '..',
    'a/b',
    'a?b',
    'a#b',
    '%2e%2e',
    '..\\x',
    'a b',
    'a\nb',
    'a:b',
    'a.b',
    '\u00e9',
    'x'.repeat(129),
    'x'.repeat(10_240),
  ];
  for (const id of bad) {
    it(`refuses ${JSON.stringify(id.slice(0, 16))} of ${id.length}`, () => {
      assert.throws(
        () => checkId(id),
        (error) => ApiError.is(error, 'badId'),
      );
    });
  }
});

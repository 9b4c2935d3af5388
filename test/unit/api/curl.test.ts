import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type Connection, presets } from '../../../src/api/connection.ts';
import { type CurlRequest, curlOf, shellQuote } from '../../../src/api/curl.ts';
import { type CurlSubject, curlChoices } from '../../../src/api/curlChoices.ts';
import { ApiError } from '../../../src/api/errors.ts';
import { operations } from '../../../src/api/operations.ts';

const own: Connection = {
  id: 'custom:Own',
  name: 'Own',
  origin: 'https://own.example',
  prefix: '/v1',
  auth: 'bearer',
  version: '2023-06-01',
  betas: ['a', 'b'],
};
const read: CurlRequest = { method: 'GET', path: '/sessions/s_1', answer: 'document' };
const preset = (id: string) => presets.find((each) => each.id === id) ?? own;

/** What a real shell gives to curl: one line per word, line breaks shown as `⏎`. */
function wordsOf(command: string, environment: Readonly<Record<string, string>>): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}\n`;
  const out = execFileSync('/bin/sh', ['-c', script], { env: environment, encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

describe('a request as curl', () => {
  it('reaches a real shell with the key of the variable, and with nothing else read', () => {
    const request: CurlRequest = {
      method: 'POST',
      path: '/sessions/s_1/events',
      query: { limit: 20, 'statuses[]': 'a b' },
      answer: 'list',
      body: { text: `it's "$HOME" \`id\` $(id) \\ ! \n end` },
    };
    const key = `k'"$(id)\`id\``;
    const words = wordsOf(curlOf(preset('synth'), request), { SYNTH_API_KEY: key, HOME: '/nowhere' });
    assert.deepEqual(words, [
      '-sS',
      '-X',
      'POST',
      'https://api.usesynth.ai/api/managed-agents/anthropic/v1/sessions/s_1/events?limit=20&statuses%5B%5D=a+b',
      '-H',
      `Authorization: Bearer ${key}`,
      '-H',
      'anthropic-version: 2023-06-01',
      '-H',
      'anthropic-beta: managed-agents-2026-04-01',
      '-H',
      'Content-Type: application/json',
      '-d',
      JSON.stringify(request.body),
    ]);
  });

  it('names the variable of the server it goes to, and none of another server', () => {
    assert.match(curlOf(preset('anthropic'), read), /-H "x-api-key: \$ANTHROPIC_API_KEY"/);
    assert.match(curlOf(preset('synth-dev'), read), /-H "Authorization: Bearer \$SYNTH_API_KEY"/);
    assert.match(curlOf(own, read), /-H "Authorization: Bearer \$API_KEY"/);
    assert.doesNotMatch(curlOf(own, read), /SYNTH|ANTHROPIC_/);
  });

  it('leaves out what is not sent, and follows a stream as it comes', () => {
    const plain = curlOf({ ...own, betas: [] }, read);
    assert.doesNotMatch(plain, /anthropic-beta|-X|-d|Content-Type/);
    assert.match(curlOf(own, { ...read, answer: 'stream' }), /^curl -sS -N 'https/);
  });

  it('quotes any text as one word', () => {
    for (const text of ['', "'", "''", "a'b", '$x', '\\', '\n', '"', '!', '*', '~', '-']) {
      assert.deepEqual(wordsOf(`curl -- ${shellQuote(text)}`, {}), ['--', text]);
    }
  });
});

describe('the requests that a subject allows', () => {
  const pathsOf = (subject: CurlSubject) =>
    curlChoices(subject).map(({ request }) => `${request.method} ${request.path}`);

  it('are those of a list, those of one thing, or those of nothing in particular', () => {
    assert.deepEqual(pathsOf({ kind: 'agents' }), ['GET /agents', 'POST /agents']);
    assert.deepEqual(pathsOf({ kind: 'environments', id: 'env_1' }), [
      'GET /environments/env_1',
      'POST /environments/env_1',
      'POST /environments/env_1/archive',
    ]);
    assert.ok(pathsOf({ kind: 'sessions', id: 's_1' }).includes('GET /sessions/s_1/events/stream'));
    assert.ok(pathsOf(undefined).includes('GET /health'));
    assert.ok(pathsOf(undefined).every((path) => !path.includes('{')));
  });

  it('have a body to begin with wherever one is due', () => {
    const all = [
      undefined,
      ...(['sessions', 'agents', 'environments'] as const).map((kind) => ({ kind, id: 'x' })),
    ];
    const withBody = operations.filter((operation) => 'body' in operation).map(({ id }) => id);
    const seen = all.flatMap(curlChoices).filter(({ request }) => request.body !== undefined);
    assert.deepEqual(seen.map(({ operation }) => operation.id).sort(), [...withBody].sort());
  });

  it('carry no id that could change the path', () => {
    assert.throws(
      () => curlChoices({ kind: 'agents', id: '../health' }),
      (error) => ApiError.is(error, 'badId'),
    );
  });
});

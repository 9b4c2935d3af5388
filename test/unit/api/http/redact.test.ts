import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Redactor } from '../../../../src/api/http/redact.ts';
import { between, seededRandom } from '../../../support/random.ts';

const MARK = '•••';
/** Holds what URLs, JSON and base64 each spell in their own way. */
const CANARY = 'cnry+/="\\~9f3a!bd17\'%c4?&e5(60)*x8';

function redactorFor(...keys: readonly string[]): Redactor {
  const redactor = new Redactor();
  for (const key of keys) {
    redactor.learn(key);
  }
  return redactor;
}

/** The characters of a text's base64 that come from nothing but the secret in it, whatever surrounds it. */
function ownBase64(before: string, secret: string, after: string, alphabet: 'base64' | 'base64url'): string {
  const whole = Buffer.from(`${before}${secret}${after}`).toString(alphabet);
  const start = Buffer.byteLength(before);
  const end = start + Buffer.byteLength(secret);
  // Groups of three bytes are four characters; those that touch the surroundings do not count.
  return whole.slice(Math.ceil(start / 3) * 4, Math.floor(end / 3) * 4);
}

const spellings: readonly (readonly [name: string, spell: (key: string) => string])[] = [
  ['as it is', (key) => key],
  ['in a URL', (key) => encodeURIComponent(key)],
  [
    'in a URL, in small letters',
    (key) => encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['in a form', (key) => new URLSearchParams({ key }).toString().slice('key='.length)],
  ['in JSON', (key) => JSON.stringify(key).slice(1, -1)],
  ['in JSON within JSON', (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3)],
  [
    'in HTML',
    (key) =>
      key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ],
  ['in hex', (key) => Buffer.from(key).toString('hex')],
  ['in hex, in capitals', (key) => Buffer.from(key).toString('hex').toUpperCase()],
  ['in base64', (key) => Buffer.from(key).toString('base64')],
  ['in base64url', (key) => Buffer.from(key).toString('base64url')],
];

describe('Redactor: keys that it knows', () => {
  for (const [name, spell] of spellings) {
    it(`cuts a key out that stands ${name}`, () => {
      const spelt = spell(CANARY);
      const clean = redactorFor(CANARY).redact(`before ${spelt} after ${spelt}`);
      assert.match(clean, /^before •••.{0,3} after •••.{0,3}$/u);
    });
  }

  for (const alphabet of ['base64', 'base64url'] as const) {
    for (const before of ['', 'x', 'xy', 'user:', 'Bearer ']) {
      it(`cuts it out of ${alphabet} behind ${JSON.stringify(before)}`, () => {
        const own = ownBase64(before, CANARY, ':rest', alphabet);
        assert.ok(own.length > 30);
        const text = Buffer.from(`${before}${CANARY}:rest`).toString(alphabet);
        assert.ok(text.includes(own));
        const clean = redactorFor(CANARY).redact(`{"auth":"${text}"}`);
        assert.ok(clean.includes(MARK));
        assert.ok(!clean.includes(own.slice(0, 8)));
        assert.ok(!clean.includes(own.slice(-8)));
      });
    }
  }

  it('cuts a part out, as far as it goes', () => {
    const redactor = redactorFor(CANARY);
    for (let length = 16; length < CANARY.length; length++) {
      assert.equal(redactor.redact(`it was ${CANARY.slice(0, length)} …`), `it was ${MARK} …`);
      assert.equal(redactor.redact(`it was …${CANARY.slice(-length)}`), `it was …${MARK}`);
    }
  });

  it('keeps every key secret that it was ever told, also where they begin or end alike', () => {
    const common = 'live_key_of_synth_';
    const keys = [`${common}first`, `${common}second_and_longer_${'q'.repeat(60)}`, `another_${common}first`];
    for (const order of [keys, [...keys].reverse()]) {
      const redactor = redactorFor(...order);
      for (const key of keys) {
        assert.equal(redactor.redact(`x ${key} y`), `x ${MARK} y`);
        assert.equal(redactor.redact(`x ${encodeURIComponent(key)} y`), `x ${MARK} y`);
      }
    }
  });

  it('cuts out keys that stand next to or within each other', () => {
    const redactor = redactorFor('abcdefgh', 'cdefghijkl');
    assert.equal(redactor.redact('abcdefghabcdefgh'), MARK);
    assert.equal(redactor.redact('1abcdefghijkl2'), `1${MARK}2`);
    assert.equal(redactorFor('aaaaaaaa').redact('a'.repeat(100)), MARK);
  });

  it('has no use for what is too short to be a key', () => {
    const redactor = redactorFor('', 'abc', '1234567');
    assert.equal(redactor.redact('abc 1234567'), 'abc 1234567');
  });

  it('takes keys of any characters', () => {
    for (const key of [
      "$&$1$`$'$$12",
      '.*+?^${}()|[]\\',
      '\ud800\ud800\ud800\ud800\ud800\ud800\ud800\ud800',
      '\u20ac'.repeat(9),
      '__proto__',
    ]) {
      const redactor = redactorFor(key);
      assert.equal(redactor.redact(`a ${key} b`), `a ${MARK} b`);
    }
  });

  it('leaves everything else alone', () => {
    const text = 'GET /v1/sessions 401 (req_011CX) "•" $& \u{1f600} agent_123';
    assert.equal(redactorFor(CANARY).redact(text), text);
    assert.equal(new Redactor().redact(text), text);
    assert.equal(redactorFor(CANARY).redact(''), '');
  });
});

describe('Redactor: what looks like a credential', () => {
  const texts: readonly (readonly [text: string, clean: string])[] = [
    ['authorization: Bearer abc.def-ghi', `authorization: Bearer ${MARK}`],
    ['Authorization:Bearer   abc', `Authorization:Bearer   ${MARK}`],
    ['{"authorization":"Bearer abc"}', `{"authorization":"Bearer ${MARK}"}`],
    ['BEARER abc, next', `BEARER ${MARK}, next`],
    ['authorization: abc', `authorization: ${MARK}`],
    ['authorization: Basic dXNlcjpwYXNz', `authorization: Basic ${MARK}`],
    ['proxy-authorization: basic dXNlcjpwYXNz;', `proxy-authorization: basic ${MARK};`],
    ['x-api-key: abc', `x-api-key: ${MARK}`],
    ["{ 'x-api-key': 'abc' }", `{ 'x-api-key': '${MARK}' }`],
    ['{"api_key":"abc","n":1}', `{"api_key":"${MARK}","n":1}`],
    ['{\\"x-api-key\\":\\"abc\\"}', `{\\"x-api-key\\":\\"${MARK}"}`],
    ['?api-key=abc&n=1 HTTP', `?api-key=${MARK} HTTP`],
    ['apikey=abc', `apikey=${MARK}`],
    ['SYNTH_API_KEY=abc', `SYNTH_API_KEY=${MARK}`],
    ['export ANTHROPIC_API_KEY="abc"', `export ANTHROPIC_API_KEY="${MARK}"`],
    ['sk-ant-api03-AbC_dEf', MARK],
    ['(sk-12345678)', `(${MARK})`],
    ['the bearer', 'the bearer'],
    ['risk-management', 'risk-management'],
    ['sk-short', 'sk-short'],
    ['authorization failed', 'authorization failed'],
    ['Invalid API key', 'Invalid API key'],
  ];
  for (const [text, clean] of texts) {
    it(`reads ${text}`, () => {
      assert.equal(new Redactor().redact(text), clean);
    });
  }

  it('changes nothing the second time', () => {
    const redactor = redactorFor(CANARY);
    for (const [text] of texts) {
      const once = redactor.redact(`${text} ${CANARY}`);
      assert.equal(redactor.redact(once), once);
    }
  });
});

describe('Redactor: any text', () => {
  let stop: () => Promise<unknown> = () => Promise.resolve();
  afterEach(() => stop());

  const random = seededRandom(20_260_414);
  const visible = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(between(random, 0x21, 0x7f))).join('');
  const anything = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(between(random, 0, 0x1_0000))).join('');

  it('never holds a key afterwards, in any spelling', () => {
    for (let round = 0; round < 500; round++) {
      const keys = Array.from({ length: between(random, 1, 4) }, () => visible(between(random, 8, 130)));
      const redactor = redactorFor(...keys);
      const secrets: string[] = [];
      const parts = Array.from({ length: between(random, 1, 12) }, () => {
        const key = keys[between(random, 0, keys.length)] ?? '';
        const [, spell] = spellings[between(random, 0, spellings.length - 2)] ?? [];
        switch (between(random, 0, 4)) {
          case 0: {
            const spelt = spell?.(key) ?? '';
            secrets.push(spelt);
            return spelt;
          }
          case 1: {
            const [before, after] = [visible(between(random, 0, 9)), visible(between(random, 0, 9))];
            const alphabet = random() < 0.5 ? 'base64' : 'base64url';
            secrets.push(ownBase64(before, key, after, alphabet));
            return Buffer.from(`${before}${key}${after}`).toString(alphabet);
          }
          case 2:
            return anything(between(random, 0, 40));
          default:
            return visible(between(random, 0, 40));
        }
      });
      const clean = redactor.redact(parts.join(random() < 0.5 ? '' : ' '));
      for (const secret of [...keys, ...secrets]) {
        assert.ok(secret.length < 8 || !clean.includes(secret), `round ${round}: ${secret} in ${clean}`);
      }
    }
  });

  it('never throws', () => {
    const redactor = redactorFor(CANARY, '\udc00'.repeat(10));
    for (let round = 0; round < 500; round++) {
      assert.equal(typeof redactor.redact(anything(between(random, 0, 500))), 'string');
    }
  });

  it('is done in time that grows with its length alone', async function () {
    // The texts of the worker would take it hours if any step went over them again from each of their places.
    this.timeout(30_000);
    const worker = new Worker(new URL('redactWorker.ts', import.meta.url), {
      workerData: [CANARY, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'],
    });
    stop = () => worker.terminate();
    const texts: unknown[] = await once(worker, 'message');
    assert.deepEqual(texts, [42]);
  });
});

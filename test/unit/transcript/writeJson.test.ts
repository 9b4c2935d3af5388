import assert from 'node:assert/strict';
import { writeJson } from '../../../src/transcript/prettyJson.ts';
import type { JsonValue } from '../../../src/util/json.ts';
import { TestSession, use } from './transcriptSetup.ts';

function nested(depth: number): JsonValue {
  let value: JsonValue = 'evil';
  for (let level = 0; level < depth; level++) {
    value = { a: value };
  }
  return value;
}

describe('writeJson', () => {
  const whole: readonly JsonValue[] = [
    null,
    'a',
    1.5,
    -3,
    9_007_199_254_740_991,
    [],
    { a: [{ b: 'c' }] },
    nested(90),
  ];
  for (const [index, value] of whole.entries()) {
    it(`says that it wrote all of it: ${index}`, () => {
      const { text, complete } = writeJson(value);
      assert.deepEqual(JSON.parse(text), value);
      assert.equal(complete, true);
    });
  }

  const parts: readonly (readonly [name: string, value: JsonValue])[] = [
    ['something nested too deep', nested(150)],
    ['something too long', Array.from({ length: 10 }, () => 'x'.repeat(1_000_000))],
    ['a number that is not what was sent', JSON.parse('{"id":12345678901234567890}') as JsonValue],
    ['a number beyond all', JSON.parse('[1e400]') as JsonValue],
  ];
  for (const [name, value] of parts) {
    it(`says that it did not write all of ${name}, and the call cannot be allowed`, () => {
      assert.equal(writeJson(value).complete, false);
      const session = new TestSession();
      session.arrive(use('u', { input: { a: value } }));
      assert.equal(session.tool('u').inputComplete, false);
    });
  }
});

describe('writeJson with a limit', () => {
  const values: readonly (readonly [name: string, value: JsonValue])[] = [
    ['a long text', 'x'.repeat(5_000)],
    ['a list', Array.from({ length: 500 }, (_, index) => index)],
    ['an object', { a: 'x'.repeat(300), b: { c: ['d'.repeat(300)] } }],
    ['a deep value', nested(60)],
    ['a long name', { ['n'.repeat(500)]: 1 }],
  ];
  for (const [name, value] of values) {
    it(`gives the beginning of ${name}, and how long all of it is`, () => {
      const whole = writeJson(value);
      assert.equal(whole.total, whole.text.length);
      for (const limit of [0, 1, 7, 100, 250]) {
        const cut = writeJson(value, limit);
        assert.equal(cut.text, whole.text.slice(0, limit));
        assert.ok(Math.abs(cut.total - whole.total) < 10, `${cut.total} of ${whole.total}`);
      }
      assert.deepEqual(writeJson(value, whole.text.length), whole);
    });
  }

  it('does not build what it will not give', () => {
    // Indented, each of these values is a hundred times as long as it came.
    const deep = JSON.parse(
      `[${Array.from({ length: 40_000 }, () => `${'['.repeat(90)}${']'.repeat(90)}`).join()}]`,
    ) as JsonValue;
    const { text, total, complete } = writeJson(deep, 1_000);
    assert.equal(text.length, 1_000);
    assert.ok(total > 1_000 && total < 40_000_000);
    assert.equal(complete, false);
  });
});

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

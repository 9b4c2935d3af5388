import assert from 'node:assert/strict';
import { inputHash } from '../../../src/transcript/inputHash.ts';
import type { JsonObject, JsonValue } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';
import { use } from './transcriptSetup.ts';

const hashOf = (input: JsonValue, more: JsonObject = {}) => inputHash(event(use('u', { input, ...more })));

function nested(depth: number, inner: JsonValue): JsonValue {
  let value = inner;
  for (let level = 0; level < depth; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

describe('inputHash', () => {
  it('differs for every difference of input', () => {
    const inputs: JsonValue[] = [
      null,
      false,
      true,
      0,
      1,
      -1,
      1.5,
      '',
      '0',
      'null',
      'true',
      [],
      {},
      [[]],
      [{}],
      [null],
      [0],
      ['0'],
      [0, 0],
      ['0,0'],
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: { b: 1 } },
      { b: 1 },
      { a: 1, b: 1 },
      { 'a":1,"b': 1 },
      { a: null },
      { '': 1 },
      'a',
      'A',
      'a ',
      'a\n',
      'a\r',
      'a\u200b',
      'a\u202e',
      '\ud800',
      '\ud801',
      '\ufffd',
      'é',
      'e\u0301',
      ['a', 'b'],
      ['b', 'a'],
      JSON.parse('{"__proto__":1}') as JsonValue,
      JSON.parse('{"__proto__":2}') as JsonValue,
      `${'x'.repeat(5_000_000)}a`,
      `${'x'.repeat(5_000_000)}b`,
      nested(300, 'a'),
      nested(300, 'b'),
      nested(301, 'a'),
      nested(100_000, 'a'),
      nested(100_000, 'b'),
    ];
    assert.equal(new Set(inputs.map((input) => hashOf(input))).size, inputs.length);
  });

  it('differs for another kind, server or name', () => {
    const calls: JsonObject[] = [
      {},
      { name: 'bash ' },
      { name: null },
      { name: 'bash\n1' },
      { type: 'agent.mcp_tool_use' },
      { type: 'agent.custom_tool_use' },
      { type: 'agent.mcp_tool_use', mcp_server_name: 'a' },
      { type: 'agent.mcp_tool_use', mcp_server_name: 'b' },
    ];
    assert.equal(new Set(calls.map((call) => hashOf({ a: 1 }, call))).size, calls.length);
  });

  it('is the same for everything else', () => {
    const hash = hashOf({ a: 1, b: [{ c: 2, d: 3 }] });
    assert.equal(hashOf({ b: [{ d: 3, c: 2 }], a: 1 }), hash);
    assert.equal(
      hashOf({ a: 1, b: [{ c: 2, d: 3 }] }, { id: 'other', processed_at: null, evaluated_permission: 'ask' }),
      hash,
    );
    assert.equal(
      inputHash(
        event({
          type: 'agent.tool_use',
          id: 'u',
          payload: { name: 'bash', input: { b: [{ c: 2, d: 3 }], a: 1 } },
        }),
      ),
      hash,
    );
  });
});

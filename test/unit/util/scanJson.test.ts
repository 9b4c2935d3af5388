import assert from 'node:assert/strict';
import { type JsonFault, scanJson } from '../../../src/util/scanJson.ts';
import { between, seededRandom } from '../../support/random.ts';

describe('scanJson', () => {
  it('makes JSON compact and changes nothing that it says', () => {
    const texts: readonly (readonly [text: string, compact: string])[] = [
      [' { "a" : 1 ,\n "b":[ true , null,"x y" ] } ', '{"a":1,"b":[true,null,"x y"]}'],
      ['12345678901234567890', '12345678901234567890'],
      ['[1.50e+10, -0.0]', '[1.50e+10,-0.0]'],
      ['{"a":1,"a":2}', '{"a":1,"a":2}'],
      ['"\\u00e9 \\n \\" \\\\"', '"\\u00e9 \\n \\" \\\\"'],
      ['[]', '[]'],
      ['{}', '{}'],
      ['\t"text"\r\n', '"text"'],
    ];
    for (const [text, compact] of texts) {
      assert.deepEqual(scanJson(text), { ok: true, compact }, text);
    }
  });

  it('says where a text stops being JSON, and what was due there', () => {
    const texts: readonly (readonly [text: string, fault: JsonFault, line: number, column: number])[] = [
      ['', 'end', 1, 1],
      ['  \n ', 'end', 2, 2],
      ['{"a":1,}', 'name', 1, 8],
      ['{a:1}', 'name', 1, 2],
      ["{'a':1}", 'name', 1, 2],
      ['{"a" 1}', 'colon', 1, 6],
      ['{"a":1\n"b":2}', 'comma', 2, 1],
      ['[1 2]', 'comma', 1, 4],
      ['[1}', 'comma', 1, 3],
      ['[1,]', 'value', 1, 4],
      ['undefined', 'value', 1, 1],
      ['truely', 'value', 1, 1],
      ['NaN', 'value', 1, 1],
      ['01', 'number', 1, 1],
      ['[1,\n  2.]', 'number', 2, 3],
      ['+1', 'number', 1, 1],
      ['.5', 'number', 1, 1],
      ['"a\nb"', 'control', 1, 3],
      ['"\\q"', 'escape', 1, 2],
      ['"\\u12"', 'escape', 1, 2],
      ['"abc', 'end', 1, 5],
      ['{"a":', 'end', 1, 6],
      ['[1', 'end', 1, 3],
      ['{} {}', 'rest', 1, 4],
      ['"a" // b', 'rest', 1, 5],
      ['\r\n\r\n?', 'value', 3, 1],
    ];
    for (const [text, fault, line, column] of texts) {
      const scanned = scanJson(text);
      assert.ok(!scanned.ok, text);
      const { problem } = scanned;
      assert.deepEqual([problem.fault, problem.line, problem.column], [fault, line, column], text);
    }
  });

  it('agrees with the engine on what is JSON, whatever is done to it', () => {
    const random = seededRandom(7);
    const source = '{"a":[1,2.5e3,{"b":"c\\n"}],"d":null,"e":-0.1}';
    const pieces = [...Array.from('{}[]:,"\\ \n01-.eEtrufalsn'), 'true', 'null', '\\u0041', '\u0007'];
    let valid = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const at = between(random, 0, source.length);
      const cut = between(random, 0, 3);
      const piece = pieces[between(random, 0, pieces.length)] ?? '';
      const text = source.slice(0, at) + piece + source.slice(at + cut);
      const scanned = scanJson(text);
      const parsed = parse(text);
      assert.equal(scanned.ok, parsed !== undefined, text);
      if (scanned.ok) {
        valid += 1;
        assert.deepEqual(parse(scanned.compact), parsed);
      }
    }
    assert.ok(valid > 100 && valid < 19_000, `${valid} texts were JSON`);
  });

  it('is not brought down by depth or length', () => {
    const deep = 200_000;
    assert.equal(scanJson('['.repeat(deep) + ']'.repeat(deep)).ok, true);
    assert.equal(scanJson(`"${'x'.repeat(2_000_000)}"`).ok, true);
  });
});

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

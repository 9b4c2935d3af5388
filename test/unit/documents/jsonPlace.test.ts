import assert from 'node:assert/strict';
import { placeOf } from '../../../src/documents/jsonPlace.ts';

const text = `\ufeff{
  "name" : "A \\" } ]",
  "tools": [ { "type": "x" }, {"name": -1.5e3, "in\\u0070ut": {}} ],
  "empty": [], "on": true, "name": "last"
}`;

describe('the place of a field', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['name', '"last"'],
    ['on', 'true'],
    ['empty', '[]'],
    ['tools', '[ { "type": "x" }, {"name": -1.5e3, "in\\u0070ut": {}} ]'],
    ['tools.0', '{ "type": "x" }'],
    ['tools.0.type', '"x"'],
    ['tools.1.name', '-1.5e3'],
    ['tools.1.input', '{}'],
    ['tools.1.missing', '{"name": -1.5e3, "in\\u0070ut": {}}'],
    ['tools.7.name', '"tools"'],
    ['name.deeper', '"name"'],
    ['missing', undefined],
    ['', undefined],
  ];
  for (const [path, expected] of cases) {
    it(`${path === '' ? 'of nothing' : path} is ${expected ?? 'unknown'}`, () => {
      const span = placeOf(text, path);
      assert.equal(span && text.slice(span.start, span.end), expected);
    });
  }

  it('does not mind how deep a text is', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":1}`;
    const span = placeOf(deep, 'b');
    assert.equal(span && deep.slice(span.start, span.end), '1');
  });
});

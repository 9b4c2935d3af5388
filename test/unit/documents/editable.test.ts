import assert from 'node:assert/strict';
import {
  documentText,
  editablePart,
  readDocument,
  updateBody,
  updateFromFile,
} from '../../../src/documents/editable.ts';
import type { JsonObject } from '../../../src/util/json.ts';

const parse = (text: string) => {
  const read = readDocument(text);
  assert.ok(read.kind === 'object');
  return read.value;
};

describe('the editable part', () => {
  it('leaves out what the server decides, and keeps the rest in its order', () => {
    const raw: JsonObject = {
      id: 'a',
      type: 'agent',
      x_new: 1,
      name: 'A',
      version: 3,
      created_at: 't',
      system: null,
    };
    assert.equal(JSON.stringify(editablePart('agent', raw)), '{"x_new":1,"name":"A","system":null}');
    assert.deepEqual(
      editablePart('environment', { id: 'e', version: 3, scope: 'account', archived_at: null }),
      {
        version: 3,
        scope: 'account',
      },
    );
    assert.deepEqual(editablePart('agent', { $schema: './x.json', name: 'A' }), { name: 'A' });
  });

  it('becomes a text that reads back to the same', () => {
    const part: JsonObject = { name: 'Ä \u2028', tools: [{}], metadata: { a: '"' } };
    assert.match(documentText(part), /^\{\n {2}"name"[^]*\}\n$/);
    assert.deepEqual(parse(documentText(part)), part);
  });
});

describe('reading a document', () => {
  it('tells where a text stops being JSON', () => {
    const read = readDocument('{\n  "name": "A",\n}');
    assert.ok(read.kind === 'notJson');
    assert.deepEqual([read.problem.line, read.problem.column, read.problem.fault], [3, 1, 'name']);
    assert.equal(readDocument('').kind, 'notJson');
    assert.equal(readDocument('[]').kind, 'notObject');
    assert.equal(readDocument('null').kind, 'notObject');
    assert.equal(readDocument(`"${'x'.repeat(5 * 1024 * 1024)}"`).kind, 'tooLarge');
  });

  it('does not mind a byte order mark, nor names that objects have by themselves', () => {
    assert.deepEqual(parse('\ufeff{"name":"A"}'), { name: 'A' });
    const odd = parse('{"__proto__":{"a":1},"constructor":2,"toString":3}');
    assert.deepEqual(Object.keys(odd), ['__proto__', 'constructor', 'toString']);
    const body = updateBody({}, odd);
    assert.deepEqual(Object.keys(body ?? {}), ['__proto__', 'constructor', 'toString']);
    assert.equal(Object.getPrototypeOf(body), Object.prototype);
    assert.equal(updateBody(odd, odd), undefined);
  });
});

describe('the body of an update', () => {
  const base: JsonObject = {
    name: 'A',
    description: null,
    tools: [{ type: 'x' }],
    metadata: { a: '1', b: '2' },
    x_new: { deep: [1] },
    config: { type: 'cloud' },
  };
  const cases: readonly (readonly [string, JsonObject, JsonObject | undefined])[] = [
    ['nothing', {}, undefined],
    ['a text', { name: 'B' }, { name: 'B' }],
    ['a new field', { y: 1 }, { y: 1 }],
    ['a null where there was none', { z: null }, undefined],
    [
      'a list as a whole',
      { tools: [{ type: 'x' }, { type: 'y' }] },
      { tools: [{ type: 'x' }, { type: 'y' }] },
    ],
    ['an unknown field as a whole', { x_new: { deep: [2] } }, { x_new: { deep: [2] } }],
    ['single keys of metadata', { metadata: { a: '1', c: '3' } }, { metadata: { c: '3', b: null } }],
    ['metadata that is no map, as it is', { metadata: 7 }, { metadata: 7 }],
    ['all metadata, by null', { metadata: null }, { metadata: { a: null, b: null } }],
  ];
  for (const [what, fields, body] of cases) {
    it(`has ${what}`, () => {
      assert.deepEqual(updateBody(base, { ...base, ...fields }), body);
    });
  }

  it('clears what was taken out', () => {
    const unnamed = Object.entries(base).filter(([name]) => name !== 'name' && name !== 'description');
    assert.deepEqual(updateBody(base, Object.fromEntries(unnamed)), { name: null });
    assert.deepEqual(updateBody(base, { name: 'A' }), {
      tools: [],
      metadata: { a: null, b: null },
      x_new: null,
      config: null,
    });
  });

  it('does not mind another order of names', () => {
    assert.equal(updateBody({ a: { x: 1, y: 2 }, b: 1 }, { b: 1, a: { y: 2, x: 1 } }), undefined);
  });

  it('of a file keeps what the file does not name', () => {
    assert.equal(updateFromFile(base, { name: 'A' }), undefined);
    const server = { model: { id: 'm', speed: 'standard' } };
    assert.equal(updateFromFile(server, { model: 'm' }), undefined);
    assert.deepEqual(updateFromFile(server, { model: 'other' }), { model: 'other' });
    assert.deepEqual(updateFromFile({ model: { id: 'm', speed: 'fast' } }, { model: 'm' }), { model: 'm' });
    assert.deepEqual(updateFromFile(base, { name: 'B', metadata: { a: '1' } }), {
      name: 'B',
      metadata: { b: null },
    });
  });
});

import assert from 'node:assert/strict';
import { blocksOf, cut, MAX_BLOCK_TEXT, plainText } from '../../../src/transcript/blocks.ts';
import type { JsonValue } from '../../../src/util/json.ts';

const text = (value: string) => ({ type: 'text', text: value, total: value.length });
const other = (name: string, value: JsonValue) => {
  const json = JSON.stringify(value, undefined, 2);
  return { type: 'other', name, json, total: json.length };
};

const cases: readonly (readonly [content: JsonValue | undefined, blocks: readonly unknown[]])[] = [
  [undefined, []],
  [null, []],
  ['', []],
  [5, []],
  [true, []],
  [[], []],
  ['bare', [text('bare')]],
  [
    ['a', 'b'],
    [text('a'), text('b')],
  ],
  [{ type: 'text', text: 'alone' }, [text('alone')]],
  [[{ type: 'text', text: '' }], [text('')]],
  [[{ type: 'text', text: 'a', citations: [] }], [text('a')]],
  [[{ type: 'redacted' }], [{ type: 'redacted' }]],
  [[{ type: 'text' }], [other('text', { type: 'text' })]],
  [[{ type: 'text', text: 7 }], [other('text', { type: 'text', text: 7 })]],
  [[null], [other('unknown', null)]],
  [[[1]], [other('unknown', [1])]],
  [[{ type: 'tool_use', name: 'x' }], [other('tool_use', { type: 'tool_use', name: 'x' })]],
  [
    [{ type: 'search_result', source: 's', title: 't', content: [] }],
    [other('search_result', { type: 'search_result', source: 's', title: 't', content: [] })],
  ],
  [
    [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
    [{ type: 'image', mediaType: 'image/png', data: 'AAAA', bytes: 3 }],
  ],
  [
    [{ type: 'image', source: { type: 'url', url: 'https://evil.example/x.png' } }],
    [{ type: 'image', mediaType: 'image', data: undefined, bytes: 0 }],
  ],
  [[{ type: 'image' }], [{ type: 'image', mediaType: 'image', data: undefined, bytes: 0 }]],
  [
    [{ type: 'document', title: 'd', source: { type: 'text', media_type: 'text/plain', data: 'x' } }],
    [{ type: 'document', title: 'd', mediaType: 'text/plain' }],
  ],
  [[{ type: 'document', source: null }], [{ type: 'document', title: undefined, mediaType: undefined }]],
];

describe('blocks of a message', () => {
  it('takes content in every form that servers give it', () => {
    for (const [content, blocks] of cases) {
      assert.deepEqual(blocksOf(content), blocks, JSON.stringify(content));
    }
  });

  it('cuts long texts and says how long they are', () => {
    const [block] = blocksOf('x'.repeat(MAX_BLOCK_TEXT + 10));
    assert.deepEqual(block, { type: 'text', text: 'x'.repeat(MAX_BLOCK_TEXT), total: MAX_BLOCK_TEXT + 10 });
    const [json] = blocksOf([{ type: 'x'.repeat(500), a: 'y'.repeat(100) }], 50);
    assert.ok(
      json?.type === 'other' && json.json.length === 50 && json.total > 600 && json.name.length === 100,
    );
  });

  it('never cuts a character in two', () => {
    assert.equal(cut('a😀b', 2), 'a');
    assert.equal(cut('a😀b', 3), 'a😀');
    assert.equal(cut('😀', 1), '');
    assert.equal(cut('\ud800\ud800', 1), '');
    assert.equal(cut('\udc00\udc00', 1), '\udc00');
    assert.equal(cut('abc', 3), 'abc');
  });

  it('does not send an image that is too large, and bounds the number of blocks', () => {
    const data = 'A'.repeat(7_000_001);
    const [image] = blocksOf([{ type: 'image', source: { media_type: 'image/png', data } }]);
    assert.deepEqual(image, { type: 'image', mediaType: 'image/png', data: undefined, bytes: 5_250_000 });
    assert.equal(blocksOf(Array.from({ length: 5_000 }, () => 'x')).length, 100);
  });

  it('gives all text of a message, uncut', () => {
    assert.equal(plainText('x'.repeat(100_000)).length, 100_000);
    assert.equal(plainText(['a', { type: 'text', text: 'b' }, { type: 'image' }, null, 3]), 'a\n\nb');
    assert.equal(plainText({ type: 'text', text: 'c' }), 'c');
    assert.equal(plainText(null), '');
  });
});

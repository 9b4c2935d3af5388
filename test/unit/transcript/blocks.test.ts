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
    [{ type: 'searchResult', source: 's', title: 't', text: '', total: 0 }],
  ],
  [
    [
      {
        type: 'search_result',
        source: 'https://e.example',
        title: 't',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ],
    [{ type: 'searchResult', source: 'https://e.example', title: 't', text: 'a\n\nb', total: 4 }],
  ],
  [
    [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
    [{ type: 'image', mediaType: 'image/png', data: 'AAAA', bytes: 3 }],
  ],
  [
    [{ type: 'image', source: { type: 'url', url: 'https://evil.example/x.png' } }],
    [{ type: 'image', mediaType: 'image', data: undefined, bytes: 0, url: 'https://evil.example/x.png' }],
  ],
  [[{ type: 'image' }], [{ type: 'image', mediaType: 'image', data: undefined, bytes: 0 }]],
  [
    [{ type: 'document', title: 'd', source: { type: 'text', media_type: 'text/plain', data: 'x' } }],
    [{ type: 'document', title: 'd', mediaType: 'text/plain', holds: 'text', size: 1 }],
  ],
  [
    [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } }],
    [{ type: 'document', title: undefined, mediaType: 'application/pdf', holds: 'bytes', size: 3 }],
  ],
  [
    [{ type: 'document', source: { type: 'url', url: 'https://e.example' } }],
    [
      {
        type: 'document',
        title: undefined,
        mediaType: undefined,
        holds: 'link',
        size: 0,
        url: 'https://e.example',
      },
    ],
  ],
  [
    [{ type: 'document', source: null }],
    [{ type: 'document', title: undefined, mediaType: undefined, holds: 'nothing', size: 0 }],
  ],
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

  it('does not send an image that is too large, nor more of them than a row may have', () => {
    const picture = (length: number): JsonValue => ({
      type: 'image',
      source: { media_type: 'image/png', data: 'A'.repeat(length) },
    });
    const [image] = blocksOf([picture(7_000_001)]);
    assert.deepEqual(image, { type: 'image', mediaType: 'image/png', data: undefined, bytes: 5_250_000 });
    const sent = blocksOf([1, 2, 3, 4].map(() => picture(1_900_000)));
    assert.deepEqual(
      sent.map((block) => block.type === 'image' && block.data !== undefined),
      [true, true, false, false],
    );
  });

  it('says how many blocks it leaves out', () => {
    const many = blocksOf(Array.from({ length: 5_000 }, () => 'x'));
    assert.deepEqual([many.length, many.at(-1)], [101, { type: 'more', count: 4_900 }]);
    const long = blocksOf(Array.from({ length: 10 }, () => 'x'.repeat(MAX_BLOCK_TEXT)));
    assert.deepEqual([long.length, long.at(-1)], [3, { type: 'more', count: 8 }]);
  });

  it('shows no more text of all blocks than a row may have', () => {
    const contents: readonly JsonValue[] = [
      Array.from({ length: 90 }, () => 'x'.repeat(30_000)),
      Array.from({ length: 90 }, () => ({ type: 'strange', deep: 'y'.repeat(30_000) })),
      Array.from({ length: 90 }, () => ({ type: 'search_result', content: [{ text: 'z'.repeat(30_000) }] })),
    ];
    for (const content of contents) {
      assert.ok(JSON.stringify(blocksOf(content)).length < 3 * MAX_BLOCK_TEXT);
    }
  });

  it('gives all text of a message, uncut', () => {
    assert.equal(plainText('x'.repeat(100_000)).length, 100_000);
    assert.equal(plainText(['a', { type: 'text', text: 'b' }, { type: 'image' }, null, 3]), 'a\n\nb');
    assert.equal(plainText({ type: 'text', text: 'c' }), 'c');
    assert.equal(plainText([{ type: 'document', source: { type: 'text', data: 'd' } }]), 'd');
    assert.equal(
      plainText([{ type: 'search_result', title: 't', source: 's', content: [{ type: 'text', text: 'x' }] }]),
      't\ns\nx',
    );
    assert.equal(plainText(null), '');
  });
});

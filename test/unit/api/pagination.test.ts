import assert from 'node:assert/strict';
import { type Cursor, CursorGuard, decodePage, echoedItems } from '../../../src/api/pagination.ts';

const a = { id: 'a' };

describe('decodePage', () => {
  const envelopes: readonly (readonly [name: string, answer: unknown])[] = [
    ['data', { data: [a] }],
    ['events', { events: [a] }],
    ['items', { items: [a] }],
    ["the resource's plural", { agents: [a] }],
    ['the answer itself', [a]],
    ['one beside others', { object: 'list', data: [a], total: 1 }],
    ['the first that is a list', { data: null, agents: [a] }],
  ];
  for (const [name, answer] of envelopes) {
    it(`finds the items in ${name}`, () => {
      assert.deepEqual(decodePage(answer, 'agents'), { items: [a], next: undefined });
    });
  }

  const empty: readonly unknown[] = [
    [],
    {},
    { data: [] },
    { data: null },
    { events: null },
    { items: null },
    { agents: null },
    { next_page: null },
    { object: 'list', has_more: false },
  ];
  for (const answer of empty) {
    it(`takes ${JSON.stringify(answer)} for an empty page`, () => {
      assert.deepEqual(decodePage(answer, 'agents'), { items: [], next: undefined });
    });
  }

  const none: readonly unknown[] = [
    undefined,
    null,
    'x',
    7,
    true,
    { id: 'x' },
    { data: {} },
    { data: 'x' },
    { sessions: [a] },
    { error: 'x' },
    Object.create({ data: [a] }, { id: { value: 'x', enumerable: true } }),
  ];
  for (const answer of none) {
    it(`finds no list in ${JSON.stringify(answer)}`, () => {
      assert.equal(decodePage(answer, 'agents'), undefined);
    });
  }

  const cursors: readonly (readonly [fields: object, next: Cursor | undefined])[] = [
    [{ next_page: 'p' }, { parameter: 'page', value: 'p' }],
    [{ next_page: '../../x?y=' }, { parameter: 'page', value: '../../x?y=' }],
    [{ next_cursor: 'c' }, { parameter: 'cursor', value: 'c' }],
    [
      { next_page: 'p', next_cursor: 'c' },
      { parameter: 'page', value: 'p' },
    ],
    [
      { next_page: null, next_cursor: 'c' },
      { parameter: 'cursor', value: 'c' },
    ],
    [{ next_after_sequence: 42 }, { parameter: 'after_sequence', value: '42' }],
    [{ next_after_sequence: 0 }, { parameter: 'after_sequence', value: '0' }],
    [
      { last_id: 'z', has_more: true },
      { parameter: 'after_id', value: 'z' },
    ],
    [{ last_id: 'z', has_more: false }, undefined],
    [{ last_id: 'z' }, undefined],
    [{ has_more: true }, undefined],
    [{ next_page: null }, undefined],
    [{ next_page: '' }, undefined],
    [{ next_page: {} }, undefined],
    [{ next_after_sequence: null }, undefined],
    [{}, undefined],
  ];
  for (const [fields, next] of cursors) {
    it(`reads the cursor of ${JSON.stringify(fields)}, in a full page and in an empty one`, () => {
      assert.deepEqual(decodePage({ data: [a], ...fields }, 'agents'), { items: [a], next });
      assert.deepEqual(decodePage({ data: [], ...fields }, 'agents'), { items: [], next });
      assert.deepEqual(decodePage({ data: null, ...fields }, 'agents'), { items: [], next });
    });
  }

  it('takes a cursor without a list for an empty page that is not the end', () => {
    assert.deepEqual(decodePage({ next_page: 'p' }, 'agents'), {
      items: [],
      next: { parameter: 'page', value: 'p' },
    });
  });
});

describe('CursorGuard', () => {
  it('admits each cursor once', () => {
    const guard = new CursorGuard();
    assert.ok(guard.admit({ parameter: 'page', value: 'a' }));
    assert.ok(guard.admit({ parameter: 'page', value: 'b' }));
    assert.ok(guard.admit({ parameter: 'cursor', value: 'a' }));
    assert.ok(!guard.admit({ parameter: 'page', value: 'a' }));
    assert.ok(!guard.admit({ parameter: 'page', value: 'b' }));
    assert.ok(guard.admit({ parameter: 'page', value: '__proto__' }));
  });
});

describe('echoedItems', () => {
  it('finds what was echoed, and nothing where there is nothing', () => {
    assert.deepEqual(echoedItems({ data: [a] }), [a]);
    assert.deepEqual(echoedItems({ events: [a] }), [a]);
    assert.deepEqual(echoedItems([a]), [a]);
    for (const answer of [undefined, null, {}, 'ok', { id: 'x' }]) {
      assert.deepEqual(echoedItems(answer), []);
    }
  });
});

import assert from 'node:assert/strict';
import { keepForms, readForms } from '../../../media/session/keptForms.ts';
import type { RowUi } from '../../../media/session/uiState.ts';

const rows = (...given: readonly (readonly [string, RowUi])[]) => given;

describe('forms over a reload', () => {
  it('keep what is written, and nothing that counts as a sight', () => {
    const kept = keepForms(
      rows(
        ['a', { seenHash: 'h', openedHash: 'h', readHash: 'h', busy: true }],
        ['b', { formText: 'no', denying: true, seenHash: 'h' }],
        ['c', { formText: '{}', formJson: true, formIsError: true, formEmpty: true }],
        ['d', { formText: '' }],
      ),
    );
    assert.deepEqual(kept, [
      { key: 'c', text: '{}', json: true, isError: true, denying: false },
      { key: 'b', text: 'no', json: false, isError: false, denying: true },
    ]);
    assert.deepEqual(readForms(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('stay small: the latest forms, none of them in half', () => {
    const many = Array.from({ length: 100 }, (_, index): readonly [string, RowUi] => [
      `k${index}`,
      { formText: 'x' },
    ]);
    assert.deepEqual(
      keepForms(many).map(({ key }) => key),
      Array.from({ length: 20 }, (_, index) => `k${99 - index}`),
    );
    const long = { formText: 'x'.repeat(150_000) };
    assert.deepEqual(
      keepForms(rows(['a', { formText: 'short' }], ['b', long], ['c', long])).map(({ key }) => key),
      ['c', 'a'],
    );
    assert.deepEqual(keepForms(rows(['k'.repeat(300), { formText: 'x' }])), []);
  });

  it('are read back only as what they are', () => {
    const form = { key: 'a', text: 't', json: false, isError: false, denying: false };
    for (const value of [
      undefined,
      null,
      'x',
      { 0: form, length: 1 },
      [null, 1, 'x', [form], {}, { key: 1, text: 't' }, { key: 'a' }, { ...form, text: 'x'.repeat(200_001) }],
    ]) {
      assert.deepEqual(readForms(value), []);
    }
    assert.deepEqual(readForms([{ ...form, seenHash: 'h', json: 'yes' }]), [form]);
    assert.equal(readForms(Array.from({ length: 50 }, () => form)).length, 20);
  });
});

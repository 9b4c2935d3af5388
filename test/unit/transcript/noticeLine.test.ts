import assert from 'node:assert/strict';
import { fillKnown, noticeLine } from '../../../src/transcript/noticeLine.ts';
import type { NoticeCode } from '../../../src/transcript/row.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';

const format = {
  duration: (ms: number) => `${String(ms / 1_000)}s`,
  compact: (value: number) => `~${String(value)}`,
  money: (cents: number, currency: string) => `${String(cents / 100)} ${currency}`,
};
const line = (code: NoticeCode, args: Record<string, string> = {}) =>
  noticeLine({ code, args }, pageStringsEn.notice, format);

describe('the words of a quiet line', () => {
  it('write numbers as the reader does, and leave out what is not known', () => {
    assert.equal(line('turn.ended', { durationMs: '12000' }), 'Turn took 12s');
    assert.equal(
      line('turn.ended', { durationMs: '12000', input: '1200', output: '300' }),
      'Turn took 12s · ~1200 in · ~300 out',
    );
    assert.equal(line('turn.interrupted', {}), 'Turn interrupted');
    assert.equal(line('updated.budget', { cents: '500', currency: 'USD' }), 'The budget was set to 5 USD');
    assert.equal(line('updated.budget', { cents: '', currency: '' }), 'The budget was set');
    assert.equal(line('idle.refusal', { category: '', explanation: '' }), 'The model declined to answer.');
  });

  it('join everything that one event says', () => {
    const row = {
      code: 'updated.title',
      args: { title: 'New' },
      more: [{ code: 'updated.metadata', args: { names: 'a' } }],
    } as const;
    assert.equal(
      noticeLine(row, pageStringsEn.notice, format),
      'The title was changed to “New” · The metadata was changed: a',
    );
  });

  it('never read what a server wrote as a part of the text', () => {
    assert.equal(fillKnown('a {x}[ b {y}]', { x: '{y}[c]', y: '$& {x}' }), 'a {y}[c] b $& {x}');
    assert.equal(fillKnown('{constructor}[ {toString}]', {}), '');
  });
});

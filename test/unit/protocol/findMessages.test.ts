import assert from 'node:assert/strict';
import { MAX_FIND_TEXT } from '../../../src/protocol/findMessages.ts';
import { readPageMessage } from '../../../src/protocol/readPageMessage.ts';

const start = { type: 'findStart', id: 1, text: 'x', matchCase: false, wholeWord: true, from: -5 };

describe('messages of the find bar', () => {
  for (const message of [
    start,
    { ...start, text: 'x'.repeat(MAX_FIND_TEXT) },
    { type: 'findStep', id: 1, direction: 'previous' },
    { type: 'findOpen', id: 1 },
    { type: 'findClose' },
  ]) {
    it(`takes ${message.type}`, () => assert.deepEqual(readPageMessage(message), message));
  }

  const refused: readonly (readonly [string, unknown])[] = [
    ['nothing to look for', { ...start, text: '' }],
    ['a text that is too long', { ...start, text: 'x'.repeat(MAX_FIND_TEXT + 1) }],
    ['a place that is none', { ...start, from: 0.5 }],
    ['an option that is none', { ...start, matchCase: 'yes' }],
    ['a field too many', { ...start, regex: true }],
    ['a direction that is none', { type: 'findStep', id: 1, direction: 'up' }],
    ['a number that is none', { type: 'findOpen', id: -1 }],
  ];
  for (const [what, message] of refused) {
    it(`refuses ${what}`, () => assert.equal(readPageMessage(message), undefined));
  }
});

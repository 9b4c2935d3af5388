import assert from 'node:assert/strict';
import { menuTarget } from '../../../media/session/headerController.ts';

const labels = ['Export…', 'Open as Text', 'Copy Session Id', 'Archive…', 'Other'];

const cases: readonly (readonly [key: string, at: number, target: number | undefined])[] = [
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, 0],
  ['ArrowUp', 0, 4],
  ['ArrowUp', 3, 2],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['a', 0, 3],
  ['A', 3, 3],
  ['o', 0, 1],
  ['o', 1, 4],
  ['o', 4, 1],
  ['x', 0, undefined],
  [' ', 0, undefined],
  ['Enter', 0, undefined],
  ['Escape', 0, undefined],
];

describe('the keys of the menu', () => {
  for (const [key, at, target] of cases) {
    it(`${key} goes from ${at} to ${target ?? 'nowhere'}`, () => {
      assert.equal(menuTarget(key, at, labels), target);
    });
  }
});

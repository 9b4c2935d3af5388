import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import { age } from '../../../src/text/age.ts';

describe('age', () => {
  const now = Date.UTC(2026, 10, 20, 12);
  const cases: readonly (readonly [seconds: number, text: string])[] = [
    [-30, 'now'],
    [0, 'now'],
    [59, 'now'],
    [60, '1 min'],
    [3_599, '59 min'],
    [3_600, '1 h'],
    [86_399, '23 h'],
    [86_400, '1 d'],
    [86_400 * 400, '400 d'],
  ];
  for (const [seconds, text] of cases) {
    it(`says ${text} after ${seconds} s`, () => {
      assert.equal(age(now - seconds * 1000, now, plainL10n), text);
    });
  }
});

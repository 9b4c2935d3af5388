import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import { spelledOut } from '../../../src/text/spelledOut.ts';

/** The text as it stands below the explanation. */
const below = (text: string): string => spelledOut(text, plainL10n).replace(/^.*\n\n/u, '');

describe('a text spelled out', () => {
  const cases: readonly (readonly [name: string, text: string, shown: string])[] = [
    ['plain text', '{\n  "a": 1\n}\techo', '{\n  "a": 1\n}\techo'],
    ['a turn of direction', 'a\u202eb', 'a⟨U+202E⟩b'],
    ['hidden characters in a row', `a${'\u200b'.repeat(40)}\u200db`, 'a⟨U+200B×40⟩⟨U+200D⟩b'],
    ['returns, which would break lines', 'a\r\nb\rc\u2028d', 'a⟨U+000D⟩\nb⟨U+000D⟩c⟨U+2028⟩d'],
    ['a blank that is no space', 'a\u00a0b', 'a⟨U+00A0⟩b'],
    ['a blank of another script', 'a\u1680b', 'a⟨U+1680⟩b'],
    ['half a pair', 'a\ud83db', 'a⟨U+D83D⟩b'],
    ['many spaces', `a${' '.repeat(41)}b`, 'a⟨41 spaces⟩b'],
    ['many spaces and tabs', `a${' '.repeat(40)}\t\tb`, 'a⟨40 spaces⟩⟨U+0009×2⟩b'],
    ['as many spaces as can be seen', `a${' '.repeat(40)}b`, `a${' '.repeat(40)}b`],
    ['spaces at the end of a line', 'a  \nb', 'a⟨2 spaces⟩\nb'],
    ['many empty lines', `a${'\n'.repeat(5_000)}b`, 'a\n⟨4999 empty lines⟩\nb'],
    ['what looks like a mark', '⟨41 spaces⟩ ↩\n', '⟨U+27E8⟩41 spaces⟨U+27E9⟩ ⟨U+21A9⟩\n'],
  ];
  for (const [name, text, shown] of cases) {
    it(`shows ${name}`, () => assert.equal(below(text), shown));
  }

  it('breaks long lines, with a mark at each break and nothing lost', () => {
    const text = JSON.stringify({ command: 'xyz '.repeat(20_000) });
    const lines = below(text).split('\n');
    assert.ok(lines.length > 100);
    assert.ok(lines.every((line) => line.length <= 201));
    assert.ok(lines.slice(0, -1).every((line) => line.endsWith('↩')));
    assert.equal(lines.join('').replaceAll('↩', ''), text);
  });

  it('tears neither pairs, nor marks, nor letters with accents apart', () => {
    for (const piece of ['😀', 'e\u0301', '\u202e']) {
      const shown = piece === '\u202e' ? '⟨U+202E⟩' : piece;
      for (const before of [198, 199, 200]) {
        const whole = below(`${'x'.repeat(before)}${piece}y`);
        assert.ok(whole.includes(shown), JSON.stringify(whole));
      }
    }
  });

  it('counts tabs as wide as they may be', () => {
    assert.equal(below('\ta'.repeat(23)).split('\n').length, 2);
  });

  it('is not brought down by runs of millions', () => {
    for (const character of [' ', '\t', '\n', '\r', '\u200b', '⟨']) {
      const shown = below(`a${character.repeat(3_000_000)}b`);
      assert.ok(shown.length < 10_000 && shown.startsWith('a') && shown.endsWith('b'), character);
    }
  });

  it('explains its marks in the first line', () => {
    assert.match(spelledOut('a', plainL10n), /^Lines longer than 200 columns are broken at ↩\..*\n\na$/u);
  });
});

import assert from 'node:assert/strict';
import {
  exactHiddenSource,
  hasHidden,
  hiddenIn,
  withHiddenMarked,
  withoutHidden,
} from '../../../src/util/hiddenCharacters.ts';

const exact = new RegExp(exactHiddenSource, 'u');
const codePoints = () =>
  Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));

describe('the table of hidden characters', () => {
  it('knows every character that Unicode has as invisible or as a control of direction', () => {
    const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]/u;
    for (const character of codePoints().filter((candidate) => invisible.test(candidate))) {
      assert.match(character, exact);
      assert.ok(hasHidden(`a${character}a`), `U+${character.codePointAt(0)?.toString(16) ?? ''}`);
    }
  });

  it('knows controls, blanks that are none, and what stands for something else', () => {
    for (const character of '\u0000\u001b\u007f\u009b\u2800\ufffc\u{1d159}\u3164\u00ad\u{e0001}\u{e0100}\ufe00') {
      assert.ok(hasHidden(`a${character}b`), character);
    }
    assert.ok(!hasHidden('a\tb\nc\r\nd'));
    assert.ok(hasHidden('a\rb'));
  });

  it('names nothing that can be seen', () => {
    const seen = /[\p{L}\p{N}\p{P}\p{S}\p{Zs}]/u;
    const wrong = codePoints().filter((character) => seen.test(character) && hasHidden(character));
    // Letters and symbols that draw nothing.
    assert.deepEqual(
      wrong.map((character) => character.codePointAt(0)?.toString(16)),
      ['115f', '1160', '2800', '3164', 'ffa0', 'fffc', '1d159'],
    );
  });

  it('leaves joiners and emoji styles where they belong', () => {
    for (const text of ['👩‍👩‍👧', '❤️', '1️⃣ #️⃣ ©️ ↩︎', '🏳️‍🌈', 'می‌خواهم', 'क्‍ष', 'ന്‍ ', 'é']) {
      assert.ok(!hasHidden(text), text);
    }
  });

  it('names them where they hide something', () => {
    assert.equal(withHiddenMarked('ad\u200dmin'), 'ad⟨200D⟩min');
    assert.equal(withHiddenMarked('\u200cadmin'), '⟨200C⟩admin');
    assert.equal(withHiddenMarked('a\ufe0f'), 'a⟨FE0F⟩');
    assert.equal(withHiddenMarked('😀\ufe0f\ufe0e\ufe0f'), '😀⟨FE0F⟩⟨FE0E⟩⟨FE0F⟩');
  });

  it('counts runs', () => {
    assert.equal(withHiddenMarked(`a${'\u200b'.repeat(40)}b\u001b`), 'a⟨200B×40⟩b⟨1B⟩');
  });

  it('takes a long text in one go', () => {
    assert.ok(!hasHidden('a'.repeat(5_000_000)));
    assert.equal(withHiddenMarked('\u202e'.repeat(1_000_000)), '⟨202E×1000000⟩');
  });

  it('counts what is hidden, and takes it away', () => {
    const text = 'a\u202eb\u200b\u200b\u202ec\r\nd 👩‍👧';
    assert.deepEqual(
      [...hiddenIn(text)],
      [
        ['U+202E', 2],
        ['U+200B', 2],
      ],
    );
    assert.equal(withoutHidden(text), 'abc\nd 👩‍👧');
    assert.equal(hasHidden(withoutHidden(text)), false);
  });
});

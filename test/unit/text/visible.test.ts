import assert from 'node:assert/strict';
import { visible, withoutIcons, withoutLinks } from '../../../src/text/visible.ts';

describe('visible', () => {
  it('keeps ordinary text of any language', () => {
    for (const text of ['Fix the build', 'Überprüfung', '修正', 'עברית', 'flag 🏳️', 'a\u0301']) {
      assert.equal(visible(text), text);
    }
  });

  it('shows what hides or reorders text by its number', () => {
    assert.equal(visible('a\u202eb\u200bc\u{e0041}d'), 'a⟨202E⟩b⟨200B⟩c⟨E0041⟩d');
  });

  it('makes one line of many, without control characters', () => {
    assert.equal(visible('one\r\ntwo\u001b[31mred\u0000'), 'one two [31mred');
  });

  it('cuts, and never inside a character', () => {
    assert.equal(visible('abcdef', 4), 'abc…');
    assert.equal(visible('ab😀def', 4), 'ab…');
  });

  it('survives broken surrogates and a huge text', () => {
    assert.equal(visible('a\ud800b'), 'a\ufffdb');
    assert.equal(visible('x'.repeat(5_000_000)).length, 200);
  });
});

describe('text for places with a markup of their own', () => {
  it('is never read as an icon or a link', () => {
    assert.doesNotMatch(withoutIcons('$(trash) $($(x))'), /\$\(/);
    assert.doesNotMatch(withoutLinks('[a](command:x) [[b]](https://c)'), /\]\(/);
  });
});

import assert from 'node:assert/strict';
import { type Exactness, revealHidden } from '../../../media/session/hiddenCharacters.ts';

const shown = (text: string, exactness: Exactness = 'reading') =>
  revealHidden(text, exactness)
    .map((piece) => (typeof piece === 'string' ? piece : `<${piece.mark}>`))
    .join('');

describe('hidden characters', () => {
  it('leaves ordinary text alone', () => {
    for (const text of ['', 'plain', 'two\n\nlines\twith  blanks', 'Grüße, 你好, مرحبا', '👩‍👩‍👧 ❤️']) {
      assert.equal(shown(text), text);
    }
  });

  it('marks bidirectional controls, zero widths, tags and fillers', () => {
    assert.equal(shown('a\u202Eb'), 'a<U+202E>b');
    assert.equal(shown('a\u2066b\u2069'), 'a<U+2066>b<U+2069>');
    assert.equal(shown('a\u200Bb'), 'a<U+200B>b');
    assert.equal(shown('\uFEFFa'), '<U+FEFF>a');
    assert.equal(shown('a\u{E0041}'), 'a<U+E0041>');
    assert.equal(shown('a\u3164\u00ADb'), 'a<U+3164><U+00AD>b');
  });

  it('shows control characters as their pictures', () => {
    assert.equal(shown('a\u001b[2Kb\u0007\u007f'), 'a<␛>[2Kb<␇><␡>');
    assert.equal(shown('a\rb'), 'a<␍>b');
    assert.equal(shown('a\r\nb'), 'a\nb');
    assert.equal(shown('\u009b31m'), '<U+009B>31m');
  });

  it('counts runs instead of repeating a name', () => {
    assert.equal(shown('\u200B'.repeat(40)), '<U+200B × 40>');
    assert.equal(shown('\u200B'.repeat(6)), '<U+200B × 6>');
  });

  it('marks blanks where every character counts', () => {
    assert.equal(shown('a  b', 'exact'), 'a<··>b');
    assert.equal(shown(`ls${' '.repeat(10_240)}; rm`, 'exact'), 'ls<· × 10240>; rm');
    assert.equal(shown('a\tb ', 'exact'), 'a<⇥>b<·>');
    assert.equal(shown(`a${'\n'.repeat(500)}b`, 'exact'), 'a<↵ × 500>\nb');
    assert.equal(shown('a\u00A0b', 'exact'), 'a<U+00A0>b');
    assert.equal(shown('م\u200Cن 👩\u200D👧', 'exact'), 'م<U+200C>ن 👩<U+200D>👧');
    assert.equal(shown('❤\uFE0F', 'exact'), '❤<U+FE0F>');
  });

  it('does not mark the indentation of JSON, only blanks inside of it', () => {
    assert.equal(shown('{\n  "a": "b  c"\n}', 'exactJson'), '{\n  "a": "b<··>c"\n}');
  });

  it('marks a heap of marks as one, and no more than a page can have', () => {
    assert.equal(shown(`e${'\u0301'.repeat(10_000)}`), 'e<U+0301 × 10000>');
    const pieces = revealHidden('a\u200B'.repeat(20_000), 'reading');
    assert.ok(pieces.length < 3_000);
    assert.ok(!pieces.some((piece) => typeof piece === 'string' && piece.includes('\u200B')));
  });

  it('loses nothing', () => {
    const text = 'a\u202E  b\t\u200B\u200B\n\n\n\n\n\u{E0041}c';
    const raw = revealHidden(text, 'reading')
      .map((piece) => (typeof piece === 'string' ? piece : piece.raw))
      .join('');
    assert.equal(raw, text);
  });
});

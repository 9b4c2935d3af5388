import assert from 'node:assert/strict';
import { foldInSteps, foldMapped, foldText } from '../../../src/transcript/searchFold.ts';
import { Matcher } from '../../../src/transcript/searchMatcher.ts';
import { between, seededRandom } from '../../support/random.ts';

const ANY_CASE = { matchCase: false, blanks: true };

describe('folding texts for a search', () => {
  const same: readonly (readonly [string, string, string])[] = [
    ['case', 'Straße ÄÖÜ ΣΑΣ', 'straße äöü σας'],
    ['the two small sigmas', 'ΣΟΦΟΣ', 'σοφοσ'],
    ['composed and decomposed accents', 'caf\u00e9', 'cafe\u0301'],
    ['composed and decomposed syllables', '\ud55c', '\u1112\u1161\u11ab'],
    ['runs of blanks and line breaks', 'a \t\r\n\u00a0 b', 'a b'],
    ['hidden characters', 'pass\u200bword\u00ad', 'password'],
    ['the colours of a terminal', '\u001b[1;31merror\u001b[0m: x', 'error: x'],
  ];
  for (const [what, one, other] of same) {
    it(`makes the same of ${what}`, () => {
      assert.equal(foldText(one, ANY_CASE), foldText(other, ANY_CASE));
    });
  }

  it('keeps case where that is asked for', () => {
    assert.equal(foldText('Ab  C', { matchCase: true, blanks: true }), 'Ab C');
  });

  it('knows where each unit comes from, whatever the text is made of', () => {
    const random = seededRandom(7);
    const pool = [
      ...Array.from('abcXYZ  \n\t.'),
      'İ',
      'ß',
      'é',
      'e\u0301',
      'Σ',
      'ς',
      '한',
      '😀',
      '👩\u200d💻',
      '\u200b',
      '\u00ad',
      '\u001b[31m',
      '\u202e',
      'ﬁ',
      '\ud800',
      'कि',
    ];
    for (let round = 0; round < 400; round++) {
      const text = Array.from(
        { length: between(random, 0, 30) },
        () => pool[between(random, 0, pool.length)] ?? '',
      ).join('');
      for (const matchCase of [true, false]) {
        const mapped = foldMapped(text, matchCase);
        assert.equal(mapped.folded, foldText(text, { matchCase, blanks: true }), JSON.stringify(text));
        let last = 0;
        for (let index = 0; index < mapped.folded.length; index++) {
          assert.ok(
            mapped.start(index) >= last && mapped.end(index) > mapped.start(index),
            JSON.stringify(text),
          );
          assert.ok(mapped.end(index) <= text.length);
          last = mapped.start(index);
        }
      }
    }
  });

  it('points at the letter after one that grows when it is folded', () => {
    const text = 'İx';
    const mapped = foldMapped(text, false);
    const at = mapped.folded.indexOf('x');
    assert.equal(text.slice(mapped.start(at), mapped.end(at)), 'x');
  });

  it('makes the same of a long text in steps', () => {
    const text = 'Größe über  alles\n\u200bcafe\u0301 ΣΑΣ 한글 '.repeat(20_000);
    const steps = foldInSteps(text, ANY_CASE);
    let count = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      count += 1;
    }
    assert.ok(count > 5);
    assert.equal(step.value, foldText(text, ANY_CASE));
  });
});

describe('finding a query', () => {
  const found = (text: string, query: string, options: { matchCase?: boolean; wholeWord?: boolean } = {}) => {
    const matchCase = options.matchCase ?? false;
    const matcher = new Matcher({ text: query, matchCase, wholeWord: options.wholeWord ?? false });
    const mapped = foldMapped(text, matchCase);
    return matcher
      .all(mapped.folded)
      .map((at) => text.slice(mapped.start(at), mapped.end(at + matcher.needle.length - 1)));
  };

  it('goes by letters, not by case, unless asked', () => {
    assert.deepEqual(found('Error error ERROR', 'error'), ['Error', 'error', 'ERROR']);
    assert.deepEqual(found('Error error ERROR', 'Error', { matchCase: true }), ['Error']);
  });

  it('counts no match twice', () => {
    assert.equal(found('aaaaa', 'aa').length, 2);
  });

  it('finds İ by itself and is not put out of step by it', () => {
    assert.deepEqual(found('İİİ izmir İZMİR', 'izmir'), ['izmir']);
    assert.deepEqual(found('İİİ izmir İZMİR', 'İZMİR'), ['İZMİR']);
    assert.deepEqual(found('İstanbul abc', 'abc'), ['abc']);
  });

  it('tells letters from letters with accents, and syllables from their beginnings', () => {
    assert.deepEqual(found('cafe caf\u00e9 cafe\u0301', 'cafe'), ['cafe']);
    assert.deepEqual(found('cafe caf\u00e9 cafe\u0301', 'café'), ['caf\u00e9', 'cafe\u0301']);
    assert.deepEqual(found('한국', '하'), []);
  });

  it('takes whole words only where asked', () => {
    assert.deepEqual(found('cat concat cat_id "cat" Kater', 'cat', { wholeWord: true }), ['cat', 'cat']);
    assert.deepEqual(found('über überall', 'über', { wholeWord: true }), ['über']);
    assert.deepEqual(found('a->b c', '->', { wholeWord: true }), ['->']);
    assert.deepEqual(found('x𝐀𝐁 𝐀𝐁', '𝐀𝐁', { wholeWord: true }), ['𝐀𝐁']);
  });

  it('finds words over a line break, and with what hides between their letters', () => {
    assert.deepEqual(found('the timeout\n  handler', 'timeout handler'), ['timeout\n  handler']);
    assert.deepEqual(found('pass\u200bword', 'password'), ['pass\u200bword']);
  });

  it('finds nothing for nothing', () => {
    assert.deepEqual(found('anything', ''), []);
    assert.deepEqual(found('any\u200bthing', '\u200b'), []);
  });
});

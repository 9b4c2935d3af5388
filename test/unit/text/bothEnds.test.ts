import assert from 'node:assert/strict';
import { bothEnds, hasDotSegments } from '../../../src/text/bothEnds.ts';

describe('a path in a question', () => {
  it('is whole, or has both of its ends', () => {
    assert.equal(bothEnds('src/a.ts'), 'src/a.ts');
    assert.equal(bothEnds('README.md/'.padEnd(20, 'x') + '/id_rsa', 15), 'README.…/id_rsa');
    const long = bothEnds(`/work/${'a/'.repeat(2_000)}.ssh/id_rsa`);
    assert.equal(Array.from(long).length, 199);
    assert.match(long, /^\/work\/.*….*\/\.ssh\/id_rsa$/);
  });

  it('hides nothing and is on one line', () => {
    const marked = bothEnds(`a\u202eb\nc${'\u200b\u2060'.repeat(300)}/id_rsa`);
    assert.match(marked, /^a⟨202E⟩b c⟨200B⟩.*….*⟨2060⟩\/id_rsa$/);
    assert.equal(Array.from(bothEnds('😀'.repeat(300), 9)).join(''), '😀😀😀😀…😀😀😀😀');
  });

  it('is known to lead elsewhere than it reads', () => {
    for (const path of ['/w/a.ts/../../b', '/w/./a', '..', 'c:\\w\\..\\b', '/w/..']) {
      assert.ok(hasDotSegments(path), path);
    }
    for (const path of ['/w/..a', '/w/a..b/.git', '/w/...', '']) {
      assert.ok(!hasDotSegments(path), path);
    }
  });
});

import assert from 'node:assert/strict';
import { exportFileName } from '../../../../src/transcript/export/exportName.ts';

const names: readonly (readonly [title: string, name: string])[] = [
  ['Refactor billing retries', 'Refactor billing retries.md'],
  ['../../etc/passwd', 'etc passwd.md'],
  ['C:\\Windows\\system32', 'C Windows system32.md'],
  ['a/b?c*d|e"f<g>h', 'a b c d e f g h.md'],
  ['CON', 'CON-session.md'],
  ['nul', 'nul-session.md'],
  ['.bashrc', 'bashrc.md'],
  ['-rf', 'rf.md'],
  ['ends with dots...  ', 'ends with dots.md'],
  ['fix\u202Egnp.exe', 'fix gnp.exe.md'],
  ['zero\u200bwidth', 'zero width.md'],
  ['line\nbreak\u0000', 'line break.md'],
  ['Größe в日本語', 'Größe в日本語.md'],
  ['', 'sesn_1.md'],
  ['///', 'sesn_1.md'],
  ['\u{1f600}\u{1f600}', 'sesn_1.md'],
  ['$(rm -rf ~) `id`', '(rm -rf ) id.md'],
];

describe('exportFileName', () => {
  for (const [title, name] of names) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(title)}`, () => {
      assert.equal(exportFileName(title, 'sesn_1', 'md'), name);
    });
  }

  it('fits into a directory entry, whatever its letters weigh', () => {
    for (const title of ['x'.repeat(5_000), '日'.repeat(5_000), '\u{20000}'.repeat(5_000)]) {
      const name = exportFileName(title, 's', 'jsonl');
      assert.ok(Buffer.byteLength(name) <= 200, `${Buffer.byteLength(name)}`);
      assert.ok(name.isWellFormed());
    }
  });

  it('has a name even where there is nothing to make one of', () => {
    assert.equal(exportFileName('', '..', 'json'), 'session.json');
  });
});

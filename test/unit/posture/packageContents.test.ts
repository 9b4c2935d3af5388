import assert from 'node:assert/strict';
import { contentFindings } from '../../../scripts/check/packageContents.ts';
import { packageContents } from '../../../scripts/check/pins.ts';
import type { ZipEntry } from '../../../scripts/check/readZip.ts';

function entry(name: string, text = ''): ZipEntry {
  return { name, bytes: () => Buffer.from(text), text: () => text };
}

const right = packageContents.map((pattern) => entry(pattern.replaceAll('*', 'x')));

describe('the contents of the package', () => {
  it('are those of the list', () => {
    assert.deepEqual(contentFindings(right), []);
  });

  it('are refused with a file too many or too few', () => {
    for (const name of [
      'extension/src/a.ts',
      'extension/dist/a.map',
      'extension/.env',
      'extension/dist/meta.json',
    ]) {
      assert.ok(
        contentFindings([...right, entry(name)]).some((finding) => finding.includes(name)),
        name,
      );
    }
    assert.deepEqual(contentFindings(right.slice(1)), [
      'file of the package in the list but not there: [Content_Types].xml',
    ]);
  });

  it('are refused where they tell of the machine that built them', () => {
    const name = 'extension/dist/chunks/y.cjs';
    assert.equal(contentFindings([...right, entry(name, `a("${process.cwd()}/src")`)]).length, 1);
    assert.equal(contentFindings([...right, entry(name, '//# sourceMappingURL=y.map')]).length, 1);
  });
});

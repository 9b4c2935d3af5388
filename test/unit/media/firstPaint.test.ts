import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const MOST_BYTES = 60 * 1024;

/** The page's script as it ships; what `import()` brings is in chunks of its own. */
async function buildPage() {
  return await build({
    entryPoints: { session: path.resolve('media/session/main.ts') },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'chrome138',
    outdir: '/page',
    metafile: true,
    write: false,
  });
}

describe('the script before the first paint of the page', () => {
  it('is small, since the rest comes later', async () => {
    const { metafile, outputFiles } = await buildPage();
    const outputs = new Map(
      Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]),
    );
    const needed = new Set<string>();
    const need = (name: string) => {
      if (!needed.has(name)) {
        needed.add(name);
        for (const each of outputs.get(name)?.imports ?? []) {
          if (each.kind === 'import-statement') {
            need(path.basename(each.path));
          }
        }
      }
    };
    need('session.js');
    const files = outputFiles.filter((file) => needed.has(path.basename(file.path)));
    assert.equal(files.length, needed.size);
    const bytes = files.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).byteLength, 0);
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes in ${[...needed].join(', ')}`);
    assert.ok(outputFiles.length > files.length, 'something comes later');
    const late = [...needed].flatMap((name) => Object.keys(outputs.get(name)?.inputs ?? {}));
    assert.deepEqual(
      late.filter((input) => /markdown-it|highlight\.js/.test(input)),
      [],
    );
  });
});

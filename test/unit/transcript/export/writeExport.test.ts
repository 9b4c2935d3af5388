import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redactor } from '../../../../src/api/http/redact.ts';
import { writeExport } from '../../../../src/transcript/export/writeExport.ts';
import { openPartFile } from '../../../../src/vscode/services/partFile.ts';

const never = new AbortController().signal;
const plain = { signal: never, redact: (text: string) => text, onProgress: () => undefined };

describe('writing an export', () => {
  let folder: string;
  let target: string;
  const files = async () => (await readdir(folder)).sort();

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'export-'));
    target = path.join(folder, 'session.jsonl');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes all pieces in order, in slices, and leaves nothing else', async () => {
    const pieces = Array.from({ length: 2_000 }, (_, index) => `${index} ${'x'.repeat(1_000)}\n`);
    const progress: number[] = [];
    const count = await writeExport(pieces, await openPartFile(target), {
      ...plain,
      onProgress: (done) => progress.push(done),
    });
    assert.equal(count, 2_000);
    assert.equal(await readFile(target, 'utf8'), pieces.join(''));
    assert.deepEqual(await files(), ['session.jsonl']);
    assert.ok(progress.length > 4, 'more than one slice');
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
    assert.equal(progress.at(-1), 2_000);
  });

  it('leaves nothing when it is cancelled between two slices', async () => {
    const cancelling = new AbortController();
    function* pieces() {
      for (let index = 0; index < 100; index++) {
        if (index === 50) {
          cancelling.abort();
        }
        yield 'x'.repeat(50_000);
      }
    }
    const sink = await openPartFile(target);
    await assert.rejects(writeExport(pieces(), sink, { ...plain, signal: cancelling.signal }), {
      name: 'AbortError',
    });
    assert.deepEqual(await files(), []);
  });

  it('leaves nothing when a piece fails, and the older file as it was', async () => {
    await writeFile(target, 'older');
    function* pieces() {
      yield 'x'.repeat(600_000);
      throw new Error('broken');
    }
    await assert.rejects(writeExport(pieces(), await openPartFile(target), plain), /broken/);
    assert.deepEqual(await files(), ['session.jsonl']);
    assert.equal(await readFile(target, 'utf8'), 'older');
  });

  it('replaces an older file only when it is whole', async () => {
    await writeFile(target, 'older');
    const sink = await openPartFile(target);
    await sink.write('newer');
    assert.equal(await readFile(target, 'utf8'), 'older');
    await sink.commit();
    assert.equal(await readFile(target, 'utf8'), 'newer');
  });

  it('replaces a link, and leaves alone what it points to', async () => {
    const real = path.join(folder, 'real.jsonl');
    await writeFile(real, 'older');
    await symlink(real, target);
    await writeExport(['newer'], await openPartFile(target), plain);
    assert.deepEqual([await readFile(real, 'utf8'), await readFile(target, 'utf8')], ['older', 'newer']);
    assert.deepEqual(await files(), ['real.jsonl', 'session.jsonl']);
  });

  it('fails without a trace where it cannot write at all', async () => {
    await assert.rejects(openPartFile(path.join(folder, 'missing', 'x.md')), { code: 'ENOENT' });
    assert.deepEqual(await files(), []);
  });

  it('cuts keys out of every piece, in all their spellings', async () => {
    const key = 'secret-key "quoted" 0123456789';
    const redactor = new Redactor();
    redactor.learn(key);
    const pieces = [key, JSON.stringify({ text: `Bearer ${key}` }), Buffer.from(key).toString('base64')];
    await writeExport(pieces, await openPartFile(target), {
      ...plain,
      redact: (text) => redactor.cutKeys(text),
    });
    const written = await readFile(target, 'utf8');
    assert.doesNotMatch(written, /0123456789|c2VjcmV0/);
    assert.match(written, /"text":"Bearer •••"/);
  });

  it('writes halves of characters as what they are: nothing', async () => {
    await writeExport(['a\ud800b'], await openPartFile(target), plain);
    assert.equal(await readFile(target, 'utf8'), 'a\ufffdb');
  });
});

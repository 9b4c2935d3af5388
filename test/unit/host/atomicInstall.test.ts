import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installOnce } from '../../host/atomicInstall.ts';

/** Above the highest process id that Linux, macOS or Windows gives. */
const NOBODY = 4_000_000_000;

describe('installOnce', () => {
  let cache: string;
  let folder: string;

  beforeEach(async () => {
    cache = await mkdtemp(path.join(tmpdir(), 'install-'));
    folder = path.join(cache, 'thing-1.0');
  });

  afterEach(async () => {
    await rm(cache, { recursive: true });
  });

  const fill = async (unfinished: string) => {
    assert.ok(!existsSync(folder), 'the final name appears only when all is there');
    await writeFile(path.join(unfinished, 'file'), 'content');
  };

  it('makes the folder, and only once', async () => {
    await installOnce(folder, fill);
    await installOnce(folder, () => assert.fail('filled twice'));
    assert.deepEqual(await readdir(cache), ['thing-1.0']);
    assert.deepEqual(await readdir(folder), ['file']);
  });

  it('leaves nothing behind when it fails, and is redone', async () => {
    const failing = installOnce(folder, () => Promise.reject(new Error('no network')));
    await assert.rejects(failing, /no network/);
    assert.deepEqual(await readdir(cache), []);
    await installOnce(folder, fill);
    assert.deepEqual(await readdir(folder), ['file']);
  });

  it('removes what an interrupted install left', async () => {
    await mkdir(`${folder}.unfinished-${NOBODY}`);
    await installOnce(folder, fill);
    assert.deepEqual(await readdir(cache), ['thing-1.0']);
  });
});

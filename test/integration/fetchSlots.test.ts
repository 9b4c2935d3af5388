import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadedBundles, theExtension } from './support.ts';

/** Where the `fetch` of every extension looks for its dispatcher. */
const slots = () =>
  [1, 2].map((n) => Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${String(n)}`)) as unknown);

describe('the slots of the fetch that all extensions share', () => {
  it('are as they were when all of the build is loaded', () => {
    const folder = path.join(theExtension().extensionPath, 'dist', 'chunks');
    const load = createRequire(path.join(folder, 'index.js'));
    const before = slots();
    const chunks = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
    for (const name of chunks) {
      load(path.join(folder, name));
    }
    assert.ok(chunks.some((name) => name.startsWith('undiciCore')));
    assert.ok(loadedBundles().length >= chunks.length);
    slots().forEach((slot, index) => assert.equal(slot, before[index]));
  });
});

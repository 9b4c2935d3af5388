import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Chunk, joinedCode, planFiles } from '../../../scripts/build/joinChunks.ts';

const output = (bytes: number, imports: Readonly<Record<string, string>> = {}, entryPoint?: string) => ({
  bytes,
  inputs: {},
  exports: [],
  imports: Object.entries(imports).map(([name, kind]) => ({ path: name, kind: kind as 'import-statement' })),
  ...(entryPoint !== undefined && { entryPoint }),
});
const chunk = (name: string, code: string): Chunk => ({ name, code, map: undefined });

describe('joining chunks', () => {
  it('reads together what is needed together, and leaves alone what is large', () => {
    const outputs = {
      'dist/main.cjs': output(
        100,
        { 'dist/chunks/a.cjs': 'import-statement', 'dist/chunks/first.cjs': 'dynamic-import' },
        'main.ts',
      ),
      'dist/chunks/a.cjs': output(100),
      'dist/chunks/first.cjs': output(
        100,
        { 'dist/chunks/a.cjs': 'import-statement', 'dist/chunks/b.cjs': 'import-statement' },
        'first.ts',
      ),
      'dist/chunks/b.cjs': output(50_000),
      'dist/chunks/small.cjs': output(100, { 'dist/chunks/b.cjs': 'import-statement' }, 'small.ts'),
      'dist/chunks/other.cjs': output(100, {}, 'other.ts'),
      'dist/chunks/large.cjs': output(50_000, {}, 'large.ts'),
    };
    assert.deepEqual(Object.fromEntries(planFiles(outputs, ['main.ts', 'first.ts'])), {
      'dist/main.cjs': 'dist/main.cjs',
      'dist/chunks/a.cjs': 'dist/main.cjs',
      'dist/chunks/first.cjs': 'dist/chunks/first.cjs',
      'dist/chunks/b.cjs': 'dist/chunks/first.cjs',
      'dist/chunks/small.cjs': 'dist/chunks/rest.cjs',
      'dist/chunks/other.cjs': 'dist/chunks/rest.cjs',
      'dist/chunks/large.cjs': 'dist/chunks/large.cjs',
    });
    assert.throws(() => planFiles(outputs, ['absent.ts']), /No chunk is made of absent\.ts/);
  });

  it('runs a chunk at its first require, once, and again after it failed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chunks-'));
    try {
      const fileOf = new Map([
        ['main.cjs', 'main.cjs'],
        ['a.cjs', 'main.cjs'],
        ['b.cjs', 'rest.cjs'],
        ['fails.cjs', 'rest.cjs'],
      ]);
      const main = [
        chunk(
          'main.cjs',
          'exports.load = (name) => name === "b" ? require("./b.cjs") : require("./fails.cjs"); exports.a = require("./a.cjs");',
        ),
        chunk('a.cjs', 'exports.name = "a"; globalThis.chunkRuns = [...(globalThis.chunkRuns ?? []), "a"];'),
      ];
      const rest = [
        chunk('b.cjs', 'exports.a = require("./a.cjs"); globalThis.chunkRuns.push("b");'),
        chunk(
          'fails.cjs',
          'globalThis.chunkRuns.push("fails"); if (globalThis.chunkRuns.length < 4) throw new Error("not yet");',
        ),
      ];
      await writeFile(path.join(folder, 'main.cjs'), joinedCode('main.cjs', main, fileOf, true).code);
      await writeFile(path.join(folder, 'rest.cjs'), joinedCode('rest.cjs', rest, fileOf, false).code);
      const loaded = createRequire(import.meta.url)(path.join(folder, 'main.cjs')) as {
        a: { name: string };
        load(name: string): { a: unknown };
      };
      const runs = () => Reflect.get(globalThis, 'chunkRuns') as readonly string[];
      assert.equal(loaded.a.name, 'a');
      assert.deepEqual(runs(), ['a']);
      assert.equal(loaded.load('b').a, loaded.a);
      assert.equal(loaded.load('b'), loaded.load('b'));
      assert.throws(() => loaded.load('fails'), /not yet/);
      loaded.load('fails');
      loaded.load('fails');
      assert.deepEqual(runs(), ['a', 'b', 'fails', 'fails']);
    } finally {
      Reflect.deleteProperty(globalThis, 'chunkRuns');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

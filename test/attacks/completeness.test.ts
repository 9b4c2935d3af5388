import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { attacks } from './support/attackList.ts';

describe('the list of attacks', () => {
  it('has exactly one test per attack, and none that is skipped', async () => {
    const files = await readdir(import.meta.dirname, { recursive: true });
    const sources = await Promise.all(
      files
        .filter((name) => name.endsWith('.test.ts') && !name.startsWith('completeness'))
        .map(async (name) => await readFile(path.join(import.meta.dirname, name), 'utf8')),
    );
    const source = sources.join('\n');
    const tested = [...source.matchAll(/\bit\(attack\('(\w+)'\)/g)].map(([, id]) => id ?? '');
    assert.deepEqual([...tested].sort(), Object.keys(attacks).sort());
    assert.doesNotMatch(source, /\b(?:it|describe)\.(?:skip|only)\b|\bx(?:it|describe)\(|this\.skip\(/);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { keySpellings } from './keySpellings.ts';

/** A place that was looked through, and what stands there. */
export interface Looked {
  readonly where: string;
  readonly bytes: Uint8Array | string;
}

/** Where the key stands and how it is spelled there; empty where it is nowhere. */
export function findKey(key: string, places: Iterable<Looked>): string[] {
  const spellings = keySpellings(key);
  const found: string[] = [];
  for (const { where, bytes } of places) {
    const text = Buffer.from(bytes);
    for (const [name, forms] of spellings) {
      if (forms.some((form) => text.includes(form))) {
        found.push(`${where}: ${name}`);
      }
    }
  }
  return found;
}

/** Every file at or below a folder, whatever it is: logs, state, databases. Files that vanish meanwhile are gone. */
export async function filesBelow(folder: string): Promise<Looked[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const looked = await Promise.all(
    files.map(async (entry) => {
      const where = path.join(entry.parentPath, entry.name);
      const bytes = await readFile(where).catch(() => undefined);
      return bytes && { where, bytes };
    }),
  );
  return looked.filter((each) => each !== undefined);
}

// `npm run check:sizes -- [file]`: what is loaded, and what is downloaded, stays small. Reads the package and the
// build that it was made of, so run it after `npm run package`.
import { readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type BuildRecord, loadedWith } from '../buildRecord.ts';

/** A size in bytes, and the most that it may be. */
export interface Size {
  readonly what: string;
  readonly bytes: number;
  readonly most: number;
  /** What it is to become, where that is not reached. */
  readonly aim?: number;
}

const KIB = 1_024;

export async function measureSizes(vsix: string): Promise<readonly Size[]> {
  const { outputs } = JSON.parse(await readFile('dist/meta.json', 'utf8')) as BuildRecord;
  const activation = loadedWith('dist/extension.cjs', outputs);
  const firstTree = loadedWith(madeOf('src/vscode/parts.ts', outputs), outputs);
  const page = loadedWith('dist/webview/session.js', outputs);
  const scripts = await Promise.all([...page].map((file) => readFile(file)));
  return [
    { what: 'code at activation', bytes: sum(activation, outputs), most: 60 * KIB },
    { what: 'code before the first row of the tree', bytes: sum(firstTree, outputs), most: 240 * KIB },
    {
      what: 'script before the first paint of a panel, compressed',
      bytes: scripts.reduce((total, script) => total + gzipSync(script, { level: 9 }).byteLength, 0),
      most: 60 * KIB,
    },
    { what: 'package', bytes: (await stat(vsix)).size, most: 680 * KIB, aim: 400 * KIB },
  ];
}

function madeOf(source: string, outputs: BuildRecord['outputs']): string {
  const found = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === source);
  if (found === undefined) {
    throw new Error(`Nothing is made of ${source}: build first.`);
  }
  return found;
}

function sum(files: Iterable<string>, outputs: BuildRecord['outputs']): number {
  return [...files].reduce((total, file) => total + (outputs[file]?.bytes ?? 0), 0);
}

if (import.meta.main) {
  for (const { what, bytes, most, aim } of await measureSizes(process.argv[2] ?? 'managed-agents.vsix')) {
    const isTooMuch = bytes > most;
    const toCome = aim === undefined || bytes <= aim ? '' : `, to become ${aim.toLocaleString('en')}`;
    const words = `${what}: ${bytes.toLocaleString('en')} bytes, at most ${most.toLocaleString('en')}${toCome}`;
    console[isTooMuch ? 'error' : 'log'](isTooMuch ? `Too much: ${words}` : words);
    process.exitCode = isTooMuch ? 1 : (process.exitCode ?? 0);
  }
}

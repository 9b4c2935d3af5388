import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asObject, field, type JsonValue } from '../../src/util/json.ts';
import { installOnce } from './atomicInstall.ts';
import type { EditorVersion } from './editorVersion.ts';
import { runNpm, unpackFromNpm } from './npm.ts';
import { cacheFolder } from './paths.ts';
import { say } from './say.ts';

/** A VS Code server on this machine: what to run it with and what to run. */
export interface ServerInstall {
  readonly node: string;
  readonly entry: string;
}

/** Whether the server of that version is in the cache already. */
export function isServerInstalled(version: EditorVersion): boolean {
  return existsSync(serverFolder(version));
}

/** Gives the VS Code server of that version, fetching it from the npm registry the first time. */
export async function installServer(version: EditorVersion): Promise<ServerInstall> {
  const folder = serverFolder(version);
  await installOnce(folder, async (unfinished) => {
    say(`Fetching VS Code ${version.vscode} as a server (about 50 MB, once)…`);
    await unpackFromNpm(
      {
        name: 'code-server',
        version: version.codeServer,
        integrity: version.integrity,
        part: 'lib/vscode',
      },
      unfinished,
    );
    await correctDependencies(unfinished, version);
    say('Installing what it depends on (about 400 MB on disk, once)…');
    await runNpm(
      ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      unfinished,
    );
    say(`VS Code ${version.vscode} is ready.`);
  });
  return { node: await installNode(version), entry: path.join(folder, 'out', 'server-main.js') };
}

function serverFolder(version: EditorVersion): string {
  return path.join(cacheFolder, `server-${version.codeServer}`);
}

/** Replaces dependencies that name a git address; the shrinkwrap would insist on the address. */
async function correctDependencies(folder: string, version: EditorVersion): Promise<void> {
  if (version.dependencies === undefined) {
    return;
  }
  const file = path.join(folder, 'package.json');
  const manifest = asObject(JSON.parse(await readFile(file, 'utf8')) as JsonValue);
  const dependencies = { ...asObject(field(manifest, 'dependencies')), ...version.dependencies };
  await writeFile(file, JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  await rm(path.join(folder, 'npm-shrinkwrap.json'), { force: true });
}

/** The Node.js the server runs on: this process's own, unless the version names another. */
async function installNode(version: EditorVersion): Promise<string> {
  if (version.node === undefined) {
    return process.execPath;
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const wanted = { name: `node-${platform}-${process.arch}`, version: version.node };
  const folder = path.join(cacheFolder, `node-${version.node}`);
  await installOnce(folder, async (unfinished) => {
    say(`Fetching Node.js ${wanted.version} for it (about 50 MB, once)…`);
    await unpackFromNpm({ ...wanted, part: 'bin' }, unfinished);
  });
  return path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
}

import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../../host/paths.ts';
import { runCommand } from '../../host/ownedProcess.ts';

/** What the package is made of. */
const sources = [
  'src',
  'media',
  'l10n',
  'docs/images',
  'package.json',
  'package-lock.json',
  'package.nls.json',
  'package.nls.de.json',
  'esbuild.js',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  '.vscodeignore',
];

let packaging: Promise<string> | undefined;

/**
 * The package as a user installs it: the one that `MANAGED_AGENTS_VSIX` names, or `managed-agents.vsix`, which is
 * made anew when a source is newer than it is. Built once per run.
 */
export async function packagedExtension(): Promise<string> {
  packaging ??= packageIfStale();
  return await packaging;
}

async function packageIfStale(): Promise<string> {
  const named = process.env['MANAGED_AGENTS_VSIX'] ?? '';
  if (named !== '') {
    return path.resolve(named);
  }
  const vsix = path.join(projectFolder, 'managed-agents.vsix');
  const made = existsSync(vsix) ? (await stat(vsix)).mtimeMs : 0;
  const times = await Promise.all(sources.map(async (name) => await newest(path.join(projectFolder, name))));
  if (Math.max(...times) > made) {
    await runCommand('npm', ['run', 'package'], { cwd: projectFolder });
  }
  return vsix;
}

/** When the newest file at or below a place was written, in epoch milliseconds. */
async function newest(place: string): Promise<number> {
  const about = await stat(place);
  if (!about.isDirectory()) {
    return about.mtimeMs;
  }
  const below = await readdir(place);
  return Math.max(0, ...(await Promise.all(below.map(async (name) => await newest(path.join(place, name))))));
}

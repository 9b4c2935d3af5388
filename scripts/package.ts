// `npm run package`: the extension as one file, `managed-agents.vsix`, the same bytes from the same sources.
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { runCommand } from '../test/host/ownedProcess.ts';
import { projectFolder } from '../test/host/paths.ts';

const usage = `Builds and packs the extension.

  npm run package -- [options]

  --out <file>  where to write it; managed-agents.vsix by default
  --verify      builds and packs a second time, from a copy of the sources in another folder, and
                fails where a single byte differs
  --help        this text`;

/** The time that every entry of the package carries, in seconds since 1970: the first that a zip file can hold. */
const ENTRY_TIME = '315532800';

/** What a build reads, and nothing that it writes. */
const sources = [
  ...['package.json', 'package-lock.json', 'package.nls.json', 'package.nls.de.json', 'tsconfig.json'],
  ...['tsconfig.base.json', '.vscodeignore', 'esbuild.js', 'src', 'media', 'l10n', 'docs', 'scripts'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md'],
];

/** Builds the sources in a folder and packs them. Answers nothing; the package is at `out`. */
async function pack(folder: string, out: string): Promise<void> {
  await runCommand(process.execPath, ['esbuild.js', '--production'], { cwd: folder, env: process.env });
  const staged = await mkdtemp(path.join(tmpdir(), 'managed-agents-package-'));
  try {
    // Packed is a copy: files carry the rights of whoever checked them out, and rights are bytes of a zip file.
    for (const file of [
      '.vscodeignore',
      ...(await listFiles({ cwd: folder, packageManager: PackageManager.None })),
    ]) {
      const copy = path.join(staged, file);
      await mkdir(path.dirname(copy), { recursive: true });
      await cp(path.join(folder, file), copy);
      await chmod(copy, 0o644);
    }
    await createVSIX({
      cwd: staged,
      packagePath: out,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** The same again from a copy of the sources somewhere else. */
async function packElsewhere(out: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'managed-agents-again-'));
  try {
    for (const name of sources) {
      await cp(path.join(projectFolder, name), path.join(folder, name), { recursive: true });
    }
    await cp(path.join(projectFolder, 'node_modules'), path.join(folder, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await pack(folder, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'managed-agents.vsix' },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  process.env['SOURCE_DATE_EPOCH'] = ENTRY_TIME;
  process.env.TZ = 'UTC'; // a zip file holds local times
  const out = path.resolve(projectFolder, values.out);
  await pack(projectFolder, out);
  const { size } = await stat(out);
  const first = await digest(out);
  console.log(`${out}\n${size.toLocaleString('en')} bytes, sha256 ${first}`);
  if (values.verify) {
    const again = `${out}.again`;
    try {
      await packElsewhere(again);
      const second = await digest(again);
      if (second !== first) {
        console.error(`Not reproducible: from a copy of the sources it has sha256 ${second}.`);
        return 1;
      }
      console.log('The same bytes from a copy of the sources in another folder.');
    } finally {
      await rm(again, { force: true });
    }
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

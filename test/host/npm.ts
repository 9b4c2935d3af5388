import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './ownedProcess.ts';

/** Runs npm: the one that runs the current script, otherwise the one on PATH. */
export async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('npm-cli.js') === true) {
    await runCommand(process.execPath, [script, ...args], { cwd });
    return;
  }
  await runCommand(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd });
}

export interface PackagePart {
  readonly name: string;
  readonly version: string;
  /** `sha512-…` of the package file: only exactly that one is then unpacked. */
  readonly integrity?: string;
  /** Which folder of the package, without the leading `package/`. */
  readonly part: string;
}

/** Fetches a package from the npm registry and unpacks the contents of one of its folders into an empty folder. */
export async function unpackFromNpm(wanted: PackagePart, into: string): Promise<void> {
  const { name, version, integrity, part } = wanted;
  await runNpm(['pack', `${name}@${version}`, '--silent', '--ignore-scripts'], into);
  const archive = (await readdir(into)).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) {
    throw new Error(`npm pack ${name}@${version} left no package file.`);
  }
  const digest = createHash('sha512').update(await readFile(path.join(into, archive)));
  const found = `sha512-${digest.digest('base64')}`;
  if (integrity !== undefined && found !== integrity) {
    throw new Error(`${name}@${version} is not the expected package: checksum ${found}, not ${integrity}.`);
  }
  const depth = part.split('/').length + 1;
  await runCommand('tar', ['-xzf', archive, `--strip-components=${String(depth)}`, `package/${part}`], {
    cwd: into,
  });
  await rm(path.join(into, archive));
}

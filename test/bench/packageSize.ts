import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureSizes } from '../../scripts/check/sizes.ts';
import { runCommand } from '../host/ownedProcess.ts';
import { projectFolder } from '../host/paths.ts';
import type { Bench } from './benchmark.ts';

const KIB = 1_024;

/** What is loaded when, and what is downloaded: sizes of the build as it ships. */
export const packageSize: Bench = {
  name: 'p9',
  title: 'sizes of the package and of what is loaded first',
  inEditor: false,
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'managed-agents-size-'));
    try {
      const vsix = path.join(folder, 'managed-agents.vsix');
      await runCommand(process.execPath, ['scripts/package.ts', '--out', vsix], {
        cwd: projectFolder,
        env: process.env,
      });
      const sizes = await measureSizes(vsix);
      return sizes.map(({ what, bytes, most, aim = most }) => ({
        what,
        value: bytes / KIB,
        unit: 'KiB',
        bound: { most: aim / KIB },
      }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

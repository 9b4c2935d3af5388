import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** The project's own folder: the extension as it is developed. */
export const projectFolder = path.resolve(import.meta.dirname, '../..');

/** Everything the launcher fetches or writes, except screenshots. Git-ignored and safe to delete. */
export const cacheFolder = path.join(projectFolder, '.vscode-test');

/** Where the suite inside the extension host leaves its result. */
export const integrationResultFile = path.join(cacheFolder, 'results', 'integration.json');

const runsFolder = path.join(cacheFolder, 'runs');
const RUNS_KEPT = 8;

let runsOfThisProcess = 0;

/**
 * Makes a new, empty folder for one run of an editor: its data, its extensions, its logs.
 * The folders of a few earlier runs are kept for whoever looks for the reason of a failure.
 */
export async function newRunFolder(purpose: string): Promise<string> {
  await mkdir(runsFolder, { recursive: true });
  await forgetOldRuns();
  runsOfThisProcess += 1;
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const folder = path.join(runsFolder, `${stamp}-${purpose}-${process.pid}-${runsOfThisProcess}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function forgetOldRuns(): Promise<void> {
  const names = (await readdir(runsFolder)).sort();
  const old = names.slice(0, Math.max(0, names.length - RUNS_KEPT)).filter((name) => !isInUse(name));
  await Promise.all(old.map((name) => rm(path.join(runsFolder, name), { recursive: true, force: true })));
}

/** A run's name ends in the process id of the launcher and a counter. */
function isInUse(name: string): boolean {
  const pid = Number(name.split('-').at(-2));
  return !Number.isInteger(pid) || isAlive(pid);
}

/** Whether a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand, startOwnedProcess } from '../../host/ownedProcess.ts';
import { isAlive } from '../../host/paths.ts';
import { eventually } from '../../support/eventually.ts';

/** A program with a child of its own, both of which would run for ever; it prints the child's id. */
const parentOfOne = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log('child ' + child.pid);
  setInterval(() => {}, 1000);`;

describe('processes of the launcher', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'owned-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('end together with their own children', async () => {
    const logFile = path.join(folder, 'log');
    const owned = startOwnedProcess(process.execPath, ['-e', parentOfOne], {
      cwd: folder,
      env: process.env,
      logFile,
    });
    const grandchild = await eventually(async () => {
      const id = /child (\d+)/.exec(await readFile(logFile, 'utf8'))?.[1];
      return id !== undefined && Number(id);
    });
    assert.ok(isAlive(grandchild));
    await owned.stop();
    assert.ok(owned.hasExited);
    await eventually(async () => !(await isRunning(grandchild)));
  });

  it('say how they ended', async () => {
    const logFile = path.join(folder, 'log');
    const options = { cwd: folder, env: process.env, logFile };
    const failing = startOwnedProcess(process.execPath, ['-e', 'process.exit(3)'], options);
    assert.equal(await failing.exited, 'ended with code 3');
    const missing = startOwnedProcess(path.join(folder, 'missing'), [], options);
    assert.match(await missing.exited, /could not be started/);
  });

  it('tell what a failed command printed', async () => {
    const script = "console.error('the reason'); process.exit(1)";
    await assert.rejects(runCommand(process.execPath, ['-e', script], { cwd: folder }), /the reason/);
    assert.equal(
      await runCommand(process.execPath, ['-e', "console.log('fine')"], { cwd: folder }),
      'fine\n',
    );
  });
});

/** A process that ended but that nobody has collected yet still has an id. */
async function isRunning(pid: number): Promise<boolean> {
  if (!isAlive(pid)) {
    return false;
  }
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !state.includes(') Z ');
}

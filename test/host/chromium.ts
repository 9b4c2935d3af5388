import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './ownedProcess.ts';
import { projectFolder } from './paths.ts';
import { say } from './say.ts';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
  'msedge',
];

/** Where the installers of Windows and macOS put a browser without putting it on PATH. */
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium-based browser that is already on this machine: `CHROME_PATH`, PATH, the usual places. */
export function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) {
      throw new Error(`CHROME_PATH names a file that does not exist: ${named}`);
    }
    return named;
  }
  return findOnPath(commands) ?? usualPlaces.find((place) => existsSync(place));
}

/**
 * Gives a Chromium-based browser. Where there is none and this is root on Debian or Ubuntu, it is installed
 * with the system's own package manager; everywhere else a person is told what to do.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) {
    return found;
  }
  const mayInstall =
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && findOnPath(['apt-get']) !== undefined;
  if (!mayInstall) {
    throw new Error(
      'No Chromium-based browser found. Install Chromium, Google Chrome or Microsoft Edge, or name one with CHROME_PATH.',
    );
  }
  say('No browser found. Installing Chromium with apt-get (about 100 MB, once)…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update'], { cwd: projectFolder, env });
  await runCommand(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-dejavu-core'],
    { cwd: projectFolder, env },
  );
  const installed = findOnPath(commands);
  if (installed === undefined) {
    throw new Error('apt-get installed no Chromium. Install one yourself and name it with CHROME_PATH.');
  }
  return installed;
}

function findOnPath(names: readonly string[]): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name + suffix)))
    .find((file) => existsSync(file));
}

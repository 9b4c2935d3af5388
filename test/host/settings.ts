import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asObject, type JsonValue } from '../../src/util/json.ts';
import type { Settings } from './editorHost.ts';

/** What keeps a fresh editor quiet: no welcome, no surveys, no network, dialogs that are part of the page. */
export const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.editor.useModal': 'off',
  'window.dialogStyle': 'custom',
  'window.autoDetectHighContrast': false,
  'window.autoDetectColorScheme': false,
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
};

/** Adds to the `settings.json` of an editor's user folder and gives what is now in it. */
export async function writeSettings(userFolder: string, changes: Settings): Promise<void> {
  await mkdir(userFolder, { recursive: true });
  const file = path.join(userFolder, 'settings.json');
  const before = await readFile(file, 'utf8').catch(() => '{}');
  const settings = { ...asObject(JSON.parse(before) as JsonValue), ...changes };
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

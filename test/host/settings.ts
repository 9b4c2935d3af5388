import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
  // Servers on this machine are not for the browser to reach.
  'remote.autoForwardPorts': false,
  'remote.restoreForwardedPorts': false,
  'chat.commandCenter.enabled': false,
};

/** Writes the `settings.json` of a new editor's user folder. */
export async function writeSettings(userFolder: string, settings: Settings): Promise<void> {
  await mkdir(userFolder, { recursive: true });
  await writeFile(path.join(userFolder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

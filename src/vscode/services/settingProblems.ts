import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import { describeConnectionProblem } from '../../text/connectionProblems.ts';
import type { Disposable } from '../../util/disposable.ts';
import { settings as settingIds } from '../ids.ts';
import type { Notify } from '../shell.ts';
import type { Settings } from './settings.ts';

/** Tells of entries of the settings that cannot be used: once each, now and whenever the settings change. */
export function reportSettingProblems(settings: Settings, notify: Notify, l10n: L10n): Disposable {
  const told = new Set<string>();
  const tell = () => {
    for (const problem of settings.connections.problems) {
      const text = describeConnectionProblem(problem, l10n);
      if (!told.has(text)) {
        told.add(text);
        notify.warn(text, { title: l10n.t('Open Settings'), run: openSetting });
      }
    }
  };
  tell();
  return settings.onDidChangeConnections(tell);
}

function openSetting(): void {
  void vscode.commands.executeCommand('workbench.action.openSettingsJson', {
    revealSetting: { key: settingIds.connections },
  });
}

import * as vscode from 'vscode';
import { customEditors } from '../ids.ts';
import type { CommandContext } from './commandContext.ts';

/** Opens an exported session for reading: the file it was called on, or one that is asked for. Needs no server. */
export async function openExported({ shell }: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = shell;
  const [file] =
    argument instanceof vscode.Uri
      ? [argument]
      : ((await vscode.window.showOpenDialog({
          title: l10n.t('Open Exported Session'),
          openLabel: l10n.t('Open'),
          filters: { [l10n.t('Exported sessions')]: ['jsonl', 'json'] },
        })) ?? []);
  if (file !== undefined) {
    await vscode.commands.executeCommand('vscode.openWith', file, customEditors.sessionFile);
  }
}

import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { Shell } from '../shell.ts';

export type ConflictChoice = 'compare' | 'overwrite' | 'theirs';

/** Asks what to do with changes to something that somebody else has changed too. Undefined: nothing, for now. */
export async function askConflict(
  { l10n }: Pick<Shell, 'l10n'>,
  connection: Connection,
  name: string,
): Promise<ConflictChoice | undefined> {
  const buttons: readonly { readonly title: string; readonly choice: ConflictChoice }[] = [
    { title: l10n.t('Compare'), choice: 'compare' },
    { title: l10n.t('Overwrite'), choice: 'overwrite' },
    { title: l10n.t('Take Theirs'), choice: 'theirs' },
  ];
  const pressed = await vscode.window.showWarningMessage(
    withoutLinks(
      l10n.t('“{name}” has changed on {connection} since you opened it.', {
        name: visible(name, 60),
        connection: visible(connection.name, 60),
      }),
    ),
    {
      modal: true,
      detail: l10n.t(
        'Compare shows their version beside yours, and nothing is saved yet. Overwrite makes your changes to their version. Take Theirs shows their version here, and keeps your text as an untitled document.',
      ),
    },
    ...buttons,
  );
  return pressed?.choice;
}

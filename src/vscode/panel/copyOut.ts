import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import { hasHidden, namesOfHidden, withoutHidden } from '../../util/hiddenCharacters.ts';
import { pasteable } from '../../util/pasteable.ts';
import { terminalText } from '../../util/terminalText.ts';

/**
 * Puts a text of a session on the clipboard: without what would run its last line in a terminal, and without the
 * colours of one. Where it holds characters that nobody sees, which can make it do something else than what it
 * looks like, the user decides first.
 */
export async function copyOut(text: string, l10n: L10n): Promise<void> {
  const ready = terminalText(pasteable(text));
  const chosen = hasHidden(ready) ? await askAbout(ready, l10n) : ready;
  if (chosen !== undefined) {
    await vscode.env.clipboard.writeText(chosen);
  }
}

async function askAbout(text: string, l10n: L10n): Promise<string | undefined> {
  const without = l10n.t('Copy Without Them');
  const asItIs = l10n.t('Copy As It Is');
  const choice = await vscode.window.showWarningMessage(
    l10n.t('Copy a text with characters that cannot be seen?'),
    {
      modal: true,
      detail: l10n.t(
        '{characters}\n\nPasted into a terminal or a program, the text can do something else than what it looks like.',
        { characters: namesOfHidden(text) },
      ),
    },
    without,
    asItIs,
  );
  switch (choice) {
    case without:
      return withoutHidden(text);
    case asItIs:
      return text;
    default:
      return undefined;
  }
}

import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import { visibleLink } from './visibleLink.ts';

/** Opens a link from a transcript, after the user has seen the host that it really leads to. */
export async function openLink(text: string, l10n: L10n): Promise<void> {
  const link = visibleLink(text);
  if (link === undefined) {
    void vscode.window.showWarningMessage(
      l10n.t(
        'This link was not opened: only https addresses without a user name can be opened from a session.',
      ),
    );
    return;
  }
  const open = l10n.t('Open');
  const copy = l10n.t('Copy');
  const detail = link.isLoopback
    ? l10n.t('{href}\n\nThis address is on your own machine. The link was written by the agent.', {
        href: link.href,
      })
    : l10n.t('{href}\n\nThe link was written by the agent.', { href: link.href });
  const choice = await vscode.window.showInformationMessage(
    l10n.t('Open a page of {host}?', { host: link.host }),
    { modal: true, detail },
    open,
    copy,
  );
  if (choice === open) {
    await vscode.env.openExternal(vscode.Uri.parse(link.href, true));
  } else if (choice === copy) {
    await vscode.env.clipboard.writeText(link.href);
  }
}

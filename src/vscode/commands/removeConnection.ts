import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.ts';
import { ownConnection } from './ownConnection.ts';

/** Takes one of the user's own connections out of the settings, deletes its key, and what searches kept of it. */
export async function removeConnection(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const connection = await ownConnection(context, argument, l10n.t('Remove Connection'));
  if (connection === undefined) {
    return;
  }
  const { name, origin } = connection;
  const remove = l10n.t('Remove');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Remove the connection {name}?', { name }),
    {
      modal: true,
      detail: l10n.t(
        'It is taken out of your settings, and its API key for {origin} is deleted from this machine. Open panels keep what they show. Nothing changes on the server.',
        { origin },
      ),
    },
    remove,
  );
  if (pressed !== remove) {
    return;
  }
  const isDeleted = await context.keyStore.remove(connection);
  await context.settings.removeConnection(name);
  await context.searchCache.forget(connection);
  if (isDeleted) {
    notify.info(l10n.t('{name} is removed, and its API key is deleted.', { name }));
  } else {
    notify.warn(
      l10n.t('{name} is removed. The editor’s secret store failed to delete its API key.', { name }),
    );
  }
}

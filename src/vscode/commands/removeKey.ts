import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.ts';
import { namedConnection } from './namedConnection.ts';

/** Deletes the key of a connection, after a question. Live streams that used it end. */
export async function removeKey(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const connection = namedConnection(context, argument);
  if (connection === undefined) {
    return;
  }
  if (context.registry.sandbox?.id === connection.id) {
    notify.info(l10n.t('The local sandbox has its own key. Stop the sandbox to be rid of it.'));
    return;
  }
  if ((await context.keyStore.presence(connection)) === 'absent') {
    notify.info(l10n.t('There is no API key for {name}.', { name: connection.name }));
    return;
  }
  const remove = l10n.t('Remove');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Remove the API key for {name}?', { name: connection.name }),
    {
      modal: true,
      detail: l10n.t(
        'It is deleted from this machine, and live sessions of {origin} are disconnected. The key itself stays valid on the server.',
        {
          origin: connection.origin,
        },
      ),
    },
    remove,
  );
  if (pressed !== remove) {
    return;
  }
  if (await context.keyStore.remove(connection)) {
    notify.info(l10n.t('The API key for {name} is removed.', { name: connection.name }));
  } else {
    notify.warn(
      l10n.t(
        'The API key for {name} is not used any more, and the editor’s secret store failed to delete it.',
        {
          name: connection.name,
        },
      ),
    );
  }
}

import * as vscode from 'vscode';
import { type Connection, presets } from '../../api/connection.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { addConnection } from './addConnection.ts';
import type { CommandContext } from './commandContext.ts';
import { namedConnection } from './namedConnection.ts';

/**
 * One of the user's own connections: the one that the argument names, or one that is asked for. The built-in ones
 * cannot be changed; a copy under a name of its own can be made of them.
 */
export async function ownConnection(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<Connection | undefined> {
  const { l10n, notify } = context.shell;
  const isNamed = asText(field(asObject(argument), 'connectionId')) !== undefined;
  const connection = isNamed ? namedConnection(context, argument) : await ask(context, title);
  if (connection === undefined) {
    return undefined;
  }
  if (context.registry.sandbox?.id === connection.id) {
    notify.info(l10n.t('The local sandbox is made for this window, and goes with it.'));
    return undefined;
  }
  if (presets.some(({ id }) => id === connection.id)) {
    await offerCopy(context, connection);
    return undefined;
  }
  return connection;
}

async function ask(context: CommandContext, title: string): Promise<Connection | undefined> {
  const { l10n, connections, notify } = context.shell;
  const own = context.settings.connections.connections;
  if (own.length === 0) {
    notify.warn(l10n.t('There is no connection of your own yet. The built-in ones stay as they are.'), {
      title: l10n.t('Add Connection'),
      run: () => void addConnection(context),
    });
    return undefined;
  }
  const choices = own.map((connection): Choice<Connection> => ({
    label: visible(connection.name),
    description: new URL(connection.origin).host,
    icon: connection.readOnly === true ? 'lock' : 'globe',
    value: connection,
  }));
  const answer = await askChoice<Connection>(
    { title },
    {
      placeholder: l10n.t('Which connection?'),
      choices,
      selected: ({ id }) => id === connections.active.id,
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

async function offerCopy(context: CommandContext, { name, origin, prefix }: Connection): Promise<void> {
  const { l10n } = context.shell;
  const copy = l10n.t('Add a Copy');
  const pressed = await vscode.window.showInformationMessage(
    withoutLinks(
      l10n.t(
        '{name} is built in, and stays as it is. You can add a connection of your own to the same server.',
        {
          name,
        },
      ),
    ),
    copy,
  );
  if (pressed === copy) {
    await addConnection(context, { baseUrl: `${origin}${prefix}` });
  }
}

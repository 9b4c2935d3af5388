import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * The connection that a command is about: its argument's, or the active one. Where the argument names one that is
 * gone, nothing else is meant instead: that is said, and the answer is undefined.
 */
export function namedConnection(context: CommandContext, argument: unknown): Connection | undefined {
  const { connections, l10n, notify } = context.shell;
  const id = asText(field(asObject(argument), 'connectionId'));
  if (id === undefined) {
    return connections.active;
  }
  const connection = connections.byId(id);
  if (connection === undefined) {
    notify.warn(
      l10n.t('This connection is not in your settings any more. What is open of it can still be read.'),
    );
  }
  return connection;
}

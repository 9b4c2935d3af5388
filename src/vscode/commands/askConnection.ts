import { type Connection, isLoopbackOrigin } from '../../api/connection.ts';
import { visible } from '../../text/visible.ts';
import { askChoice } from '../input/askChoice.ts';
import type { CommandContext } from './commandContext.ts';

/** Asks on which connection something is to be done; the active one is marked. */
export async function askConnection(context: CommandContext, title: string): Promise<Connection | undefined> {
  const { l10n, connections } = context.shell;
  const { active } = connections;
  const answer = await askChoice<Connection>(
    { title },
    {
      placeholder: l10n.t('On which connection?'),
      choices: connections.all.map((connection) => ({
        label: visible(connection.name),
        description: [
          connection.origin,
          ...(connection.id === active.id ? [l10n.t('active')] : []),
          ...(connection.readOnly === true ? [l10n.t('read-only')] : []),
        ].join(' · '),
        icon: isLoopbackOrigin(connection.origin) ? 'beaker' : 'globe',
        value: connection,
      })),
      selected: ({ id }) => id === active.id,
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

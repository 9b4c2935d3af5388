import { type Connection, isLoopbackOrigin } from '../../api/connection.ts';
import { visible } from '../../text/visible.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { addConnection } from './addConnection.ts';
import type { CommandContext } from './commandContext.ts';
import { editConnection } from './editConnection.ts';
import { startSandbox } from './sandbox.ts';

type Wish = { readonly connection: Connection } | 'add' | 'edit' | 'sandbox';

/** Chooses what the tree shows, with the ways to more at the end. */
export async function chooseConnection(context: CommandContext): Promise<void> {
  const { l10n, connections } = context.shell;
  const active = connections.active;
  const choices: Choice<Wish>[] = connections.all.map((connection) => ({
    label: visible(connection.name),
    description: [
      new URL(connection.origin).host,
      ...(connection.readOnly === true ? [l10n.t('read-only')] : []),
      ...(connection.id === active.id ? [l10n.t('active')] : []),
    ].join(' · '),
    icon: connection.readOnly === true ? 'lock' : isLoopbackOrigin(connection.origin) ? 'beaker' : 'globe',
    value: { connection },
  }));
  if (connections.sandbox === undefined) {
    choices.push({
      label: l10n.t('Use the local sandbox'),
      detail: l10n.t('Starts a small server on this machine where a scripted agent answers. No key needed.'),
      icon: 'beaker',
      value: 'sandbox',
    });
  }
  choices.push({ label: l10n.t('Add a connection…'), icon: 'add', value: 'add' });
  if (context.settings.connections.connections.length > 0) {
    choices.push({ label: l10n.t('Edit a connection…'), icon: 'edit', value: 'edit' });
  }
  const answer = await askChoice<Wish>(
    { title: l10n.t('Choose Connection') },
    {
      placeholder: l10n.t('Where to work'),
      choices,
      selected: (wish) => typeof wish === 'object' && wish.connection.id === active.id,
    },
  );
  if (answer.kind !== 'value') {
    return;
  }
  if (answer.value === 'add') {
    await addConnection(context);
  } else if (answer.value === 'edit') {
    await editConnection(context);
  } else if (answer.value === 'sandbox') {
    await startSandbox(context);
  } else {
    context.registry.choose(answer.value.connection.id);
  }
}

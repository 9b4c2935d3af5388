import { type Grouping, groupings, type Sorting, sortings } from '../../browse/arrangeSessions.ts';
import { MAX_PINS } from '../../browse/browseState.ts';
import { askChoice } from '../input/askChoice.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';
import { sessionRef } from './sessionRef.ts';

/** Asks by what the sessions are to be grouped. */
export async function groupSessionsBy({ explorer, shell }: CommandContext): Promise<void> {
  const { l10n } = shell;
  const { browse } = explorer.lists.scope;
  const labels: Record<Grouping, string> = {
    none: l10n.t('No groups'),
    agent: l10n.t('Agent'),
    environment: l10n.t('Environment'),
    status: l10n.t('Status'),
    date: l10n.t('Date'),
  };
  const answer = await askChoice<Grouping>(
    { title: l10n.t('Group Sessions By') },
    {
      placeholder: l10n.t('Groups are made of the sessions read so far'),
      choices: groupings.map((value) => ({ label: labels[value], value })),
      selected: (value) => value === browse.state.groupBy,
    },
  );
  if (answer.kind === 'value') {
    browse.change({ groupBy: answer.value });
  }
}

/** Asks in which order the sessions are to stand. */
export async function sortSessionsBy({ explorer, shell }: CommandContext): Promise<void> {
  const { l10n } = shell;
  const { browse } = explorer.lists.scope;
  const labels: Record<Sorting, string> = {
    created: l10n.t('Created, newest first'),
    updated: l10n.t('Last change, newest first'),
    title: l10n.t('Title'),
  };
  const answer = await askChoice<Sorting>(
    { title: l10n.t('Sort Sessions By') },
    {
      placeholder: l10n.t('The server lists by creation; other orders hold for the sessions read so far'),
      choices: sortings.map((value) => ({ label: labels[value], value })),
      selected: (value) => value === browse.state.sortBy,
    },
  );
  if (answer.kind === 'value') {
    browse.change({ sortBy: answer.value });
  }
}

/** Pins sessions to the top of their list: the rows it was called on, or one that is asked for. */
export async function pinSession(context: CommandContext, argument?: unknown, more?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const { browse } = context.explorer.lists.scope;
  const ids = await sessionIds(context, argument, more, l10n.t('Pin Session'));
  const pins = [...new Set([...ids, ...browse.state.pins])];
  if (pins.length > MAX_PINS) {
    notify.warn(
      l10n.t('No more than {count} sessions can be pinned. Unpin some first.', { count: MAX_PINS }),
    );
    return;
  }
  browse.change({ pins });
}

export async function unpinSession(
  context: CommandContext,
  argument?: unknown,
  more?: unknown,
): Promise<void> {
  const { browse } = context.explorer.lists.scope;
  const ids = await sessionIds(context, argument, more, context.shell.l10n.t('Unpin Session'));
  browse.change({ pins: browse.state.pins.filter((id) => !ids.includes(id)) });
}

async function sessionIds(
  context: CommandContext,
  argument: unknown,
  more: unknown,
  title: string,
): Promise<readonly string[]> {
  const rows: readonly unknown[] = Array.isArray(more) ? more : [];
  if (rows.length > 1) {
    return rows.flatMap((row) => (row instanceof SessionNode ? [row.session.id] : []));
  }
  const ref = await sessionRef(context, argument, title);
  // Pins belong to the connection whose list is shown.
  return ref?.connection.id === context.explorer.lists.scope.connection.id ? [ref.sessionId] : [];
}

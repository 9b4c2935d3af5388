import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/connection.ts';
import { visible } from '../../text/visible.ts';
import type { CommandContext } from './commandContext.ts';
import { takeFromTree } from './objectRef.ts';
import { sessionRef } from './sessionRef.ts';
import { environmentTarget } from './targets.ts';

/** Deletes a session for good, where the server can. */
export async function deleteSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  const title = l10n.t('Delete Session');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const { connection, sessionId } = ref;
  const client = clients.for(connection);
  await deleteForGood(context, {
    connection,
    title,
    kind: 'sessions',
    id: sessionId,
    name: visible(ref.title ?? sessionId),
    operation: 'DELETE /sessions/{session_id}',
    loss: l10n.t(
      'Its history and the files that the agent made are gone for good. To end it and keep the history, archive it instead.',
    ),
    run: async () => {
      await client.deleteSession(sessionId);
      await context.searchCache.forget(connection, sessionId);
    },
    read: () => client.getSession(sessionId),
  });
}

/** Deletes an environment for good, where the server can. */
export async function deleteEnvironment(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  const title = l10n.t('Delete Environment');
  const target = await environmentTarget(context, argument, title);
  if (target === undefined) {
    return;
  }
  const { connection, item } = target;
  const client = clients.for(connection);
  await deleteForGood(context, {
    connection,
    title,
    kind: 'environments',
    id: item.id,
    name: visible(item.name),
    operation: 'DELETE /environments/{environment_id}',
    loss: l10n.t(
      'There is no way back. The server refuses while sessions still refer to it; to keep new ones out of it, archive it instead.',
    ),
    run: () => client.deleteEnvironment(item.id),
    read: () => client.getEnvironment(item.id),
  });
}

interface Deleting {
  readonly connection: Connection;
  readonly title: string;
  readonly kind: 'sessions' | 'environments';
  readonly id: string;
  readonly name: string;
  /** As the contract names it. */
  readonly operation: string;
  readonly loss: string;
  readonly run: () => Promise<void>;
  /** Reads the thing, to tell a missing operation from a missing thing. */
  readonly read: () => Promise<unknown>;
}

async function deleteForGood(context: CommandContext, deleting: Deleting): Promise<void> {
  const { shell, explorer } = context;
  const { l10n, notify, offers } = shell;
  const { connection, title, kind, id, name, operation } = deleting;
  if (offers.of(connection, operation) === 'absent') {
    notify.warn(notOffered(context, connection));
    return;
  }
  const yes = l10n.t('Delete');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Delete “{name}” on {connection} for good?', { name, connection: connection.name }),
    { modal: true, detail: deleting.loss },
    yes,
  );
  if (pressed !== yes) {
    return;
  }
  try {
    await explorer.inView(deleting.run);
    offers.note(connection, operation, 'present');
    takeFromTree(context, connection, kind, id);
  } catch (error) {
    if (ApiError.is(error, 'notOffered') || (ApiError.is(error, 'notFound') && (await isThere(deleting)))) {
      offers.note(connection, operation, 'absent');
      notify.warn(notOffered(context, connection));
      return;
    }
    if (ApiError.is(error, 'notFound')) {
      takeFromTree(context, connection, kind, id);
    }
    void notify.error(error, {
      connection,
      what: title,
      retry: () => void deleteForGood(context, deleting),
    });
  }
}

/** Whether the thing can still be read: then what is missing is the operation. */
async function isThere({ read }: Deleting): Promise<boolean> {
  try {
    await read();
    return true;
  } catch {
    return false;
  }
}

function notOffered({ shell }: CommandContext, { name }: Connection): string {
  return shell.l10n.t('{server} cannot delete. Nothing was changed; archive it instead.', { server: name });
}

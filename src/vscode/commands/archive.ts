import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { visible } from '../../text/visible.ts';
import type { CommandContext } from './commandContext.ts';
import { interruptAndWait, isSessionAtWork } from './interruptFirst.ts';
import { sessionRef } from './sessionRef.ts';
import { agentTarget, environmentTarget } from './targets.ts';

/** Archives a session, after saying what is lost. */
export async function archiveSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients, sessions } = context.shell;
  const title = l10n.t('Archive Session');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const { connection, sessionId } = ref;
  const isAtWork = await isSessionAtWork(context, ref);
  const loss = l10n.t(
    'The session ends and takes no more messages. Its history can still be read. There is no way back.',
  );
  await archive(context, {
    connection,
    title,
    name: visible(ref.title ?? sessionId),
    loss: isAtWork
      ? `${l10n.t('The agent is at work, and has to be interrupted first: what it is doing is not finished.')}\n\n${loss}`
      : loss,
    ...(isAtWork && { yes: l10n.t('Interrupt and Archive') }),
    run: async () => {
      if (isAtWork) {
        await interruptAndWait(context, ref);
      }
      await clients.for(connection).archiveSession(sessionId);
    },
    done: () => {
      context.panels.find(connection, sessionId)?.page.noteArchived();
      forget(context, connection, 'sessions', sessionId);
      sessions.refresh(connection.id);
    },
  });
}

/** Archives an agent, after saying what is lost. */
export async function archiveAgent(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  const title = l10n.t('Archive Agent');
  const target = await agentTarget(context, argument, title);
  if (target === undefined) {
    return;
  }
  const { connection, item } = target;
  await archive(context, {
    connection,
    title,
    name: visible(item.name),
    loss: l10n.t(
      'No new sessions can be created with this agent. Sessions that exist keep working. There is no way back.',
    ),
    run: () => clients.for(connection).archiveAgent(item.id),
    done: () => forget(context, connection, 'agents', item.id),
  });
}

/** Archives an environment, after saying what is lost. */
export async function archiveEnvironment(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  const title = l10n.t('Archive Environment');
  const target = await environmentTarget(context, argument, title);
  if (target === undefined) {
    return;
  }
  const { connection, item } = target;
  await archive(context, {
    connection,
    title,
    name: visible(item.name),
    loss: l10n.t(
      'No new sessions can be created in this environment. Sessions that exist keep working. There is no way back.',
    ),
    run: () => clients.for(connection).archiveEnvironment(item.id),
    done: () => forget(context, connection, 'environments', item.id),
  });
}

interface Archiving {
  readonly connection: Connection;
  readonly title: string;
  readonly name: string;
  readonly loss: string;
  /** The button that does it, where it is not simply to archive. */
  readonly yes?: string;
  readonly run: () => Promise<void>;
  readonly done: () => void;
}

async function archive(context: CommandContext, archiving: Archiving): Promise<void> {
  const { l10n, notify } = context.shell;
  const { connection, title, name, loss } = archiving;
  const yes = archiving.yes ?? l10n.t('Archive');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Archive “{name}” on {connection}?', { name, connection: connection.name }),
    { modal: true, detail: loss },
    yes,
  );
  if (pressed !== yes) {
    return;
  }
  try {
    await context.explorer.inView(archiving.run);
    archiving.done();
  } catch (error) {
    if (ApiError.is(error, 'notFound')) {
      archiving.done();
    }
    void notify.error(error, {
      connection,
      what: title,
      retry: () => void archive(context, archiving),
    });
  }
}

/** Takes the row out at once; the list is not read again for it. */
function forget(
  { explorer }: CommandContext,
  connection: Connection,
  kind: 'sessions' | 'agents' | 'environments',
  id: string,
): void {
  if (explorer.lists.scope.connection.id === connection.id) {
    explorer.lists[kind].pager.remove(id);
  }
}

import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { visible } from '../../text/visible.ts';
import type { CommandContext } from './commandContext.ts';
import { orSelected } from './bulkArchive.ts';
import { archiveWorking } from './archiveWorking.ts';
import { isSessionAtWork } from './interruptFirst.ts';
import { takeFromTree } from './objectRef.ts';
import { sessionRef, type SessionRef } from './sessionRef.ts';
import { agentTarget, environmentTarget } from './targets.ts';

/** Archives a session, or all that are selected, after saying what is lost. The same for agents and environments. */
export const archiveSession = orSelected(archiveOneSession);
export const archiveAgent = orSelected(archiveOneAgent);
export const archiveEnvironment = orSelected(archiveOneEnvironment);

async function archiveOneSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  const title = l10n.t('Archive Session');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const { connection, sessionId } = ref;
  if (await isSessionAtWork(context, ref)) {
    await archiveWorking(context, ref, () => archived(context, ref));
    return;
  }
  const loss = l10n.t(
    'The session ends and takes no more messages. Its history can still be read. There is no way back.',
  );
  await archive(context, {
    connection,
    title,
    name: visible(ref.title ?? sessionId),
    loss,
    run: () => clients.for(connection).archiveSession(sessionId),
    done: () => archived(context, ref),
  });
}

/** Says wherever the session is shown that it has ended. */
function archived(context: CommandContext, { connection, sessionId }: SessionRef): void {
  context.panels.find(connection, sessionId)?.page.noteArchived();
  takeFromTree(context, connection, 'sessions', sessionId);
  context.shell.sessions.refresh(connection.id);
}

async function archiveOneAgent(context: CommandContext, argument?: unknown): Promise<void> {
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
    done: () => takeFromTree(context, connection, 'agents', item.id),
  });
}

async function archiveOneEnvironment(context: CommandContext, argument?: unknown): Promise<void> {
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
    done: () => takeFromTree(context, connection, 'environments', item.id),
  });
}

interface Archiving {
  readonly connection: Connection;
  readonly title: string;
  readonly name: string;
  readonly loss: string;
  readonly run: () => Promise<void>;
  readonly done: () => void;
}

async function archive(context: CommandContext, archiving: Archiving): Promise<void> {
  const { l10n, notify } = context.shell;
  const { connection, title, name, loss } = archiving;
  const yes = l10n.t('Archive');
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

import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { Session } from '../../api/resources/session.ts';
import { sessionStatusText } from '../../text/sessionStatus.ts';
import { visible } from '../../text/visible.ts';
import { type Choice, askChoice } from '../input/askChoice.ts';
import type { PageSession } from '../panel/pageSession.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import { chosenFiles, editorWithSelection } from './attach.ts';
import type { CommandContext } from './commandContext.ts';
import { problemsText } from './problemsText.ts';

/** Puts what is selected in the active editor into the composer of a session that is asked for. */
export async function sendSelection(context: CommandContext): Promise<void> {
  const editor = editorWithSelection(context);
  if (editor === undefined) {
    return;
  }
  const page = await receiver(context, context.shell.l10n.t('Send Selection to Session'));
  page?.composer.attachments.attachSelection(editor);
}

/** Puts files into the composer of a session that is asked for: those of the explorer, or the active editor's. */
export async function sendFile(context: CommandContext, argument?: unknown, more?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const uris = chosenFiles(argument, more);
  if (uris.length === 0) {
    notify.info(l10n.t('Open the file in an editor first, or choose it in the explorer.'));
    return;
  }
  const page = await receiver(context, l10n.t('Send File to Session'));
  await page?.composer.attachments.attachFiles(uris);
}

/** Puts the problems of files, or of everything below a folder, into the composer of a session that is asked for. */
export async function sendProblems(
  context: CommandContext,
  argument?: unknown,
  more?: unknown,
): Promise<void> {
  const { l10n, notify } = context.shell;
  const uris = chosenFiles(argument, more);
  const { count, text } = problemsText(uris);
  if (count === 0) {
    notify.info(
      uris.length === 0
        ? l10n.t('Open a file in an editor first, or choose one in the explorer.')
        : l10n.t('The editor reports no problems there.'),
    );
    return;
  }
  const page = await receiver(context, l10n.t('Send Problems to Session'));
  page?.composer.attachments.attachText(l10n.t('Problems ({count})', { count }), text);
}

interface Receiver {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
}

/** The panel of the session that is chosen, brought to the front. Nothing is sent: the person sees it and sends it. */
async function receiver(context: CommandContext, title: string): Promise<PageSession | undefined> {
  const { shell, panels } = context;
  const { l10n, notify } = shell;
  if (!vscode.workspace.isTrusted) {
    notify.warn(
      l10n.t('Files and editors cannot be attached in restricted mode: this workspace is not trusted.'),
    );
    return undefined;
  }
  const choices = [...openPanels(context), ...(await newestSessions(context))];
  if (choices.length === 0) {
    notify.info(l10n.t('There is no session that takes messages. Create one first.'));
    return undefined;
  }
  const answer = await askChoice<Receiver>(
    { title },
    { placeholder: l10n.t('To which session? You see exactly what is sent before you send it.'), choices },
  );
  if (answer.kind !== 'value') {
    return undefined;
  }
  const { connection, sessionId, title: name } = answer.value;
  await context.openSession(connection, sessionId, name === undefined ? {} : { title: name });
  return panels.find(connection, sessionId)?.page;
}

/** Open panels, the one that the person was in last first. */
function openPanels({ shell, panels }: CommandContext): readonly Choice<Receiver>[] {
  return panels.recent
    .filter(
      ({ header, connection }) => header?.activity !== 'ended' && !isReadOnly(shell.connections, connection),
    )
    .map(({ connection, sessionId, header }) => ({
      label: visible(header?.title ?? sessionId),
      description: shell.l10n.t('open · {connection}', { connection: visible(connection.name, 40) }),
      icon: 'window',
      value: { connection, sessionId, title: header?.title },
    }));
}

/** The newest sessions of the connection that the tree shows. What cannot be read is no reason to offer nothing. */
async function newestSessions(context: CommandContext): Promise<readonly Choice<Receiver>[]> {
  const { shell, panels } = context;
  const connection = shell.connections.active;
  if (isReadOnly(shell.connections, connection)) {
    return [];
  }
  const page = await shell.clients
    .for(connection)
    .listSessions({ limit: PAGE_SIZE })
    .catch((error: unknown) => {
      shell.log.error('the list of sessions could not be read', error);
      return undefined;
    });
  const isOffered = (session: Session) =>
    session.status !== 'terminated' &&
    session.archivedAt === undefined &&
    panels.find(connection, session.id) === undefined;
  return (page?.items ?? []).filter(isOffered).map((session) => ({
    label: visible(session.title ?? session.id),
    description: `${sessionStatusText(session, shell.l10n)} · ${visible(connection.name, 40)}`,
    value: { connection, sessionId: session.id, title: session.title },
  }));
}

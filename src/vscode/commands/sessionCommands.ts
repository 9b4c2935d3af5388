import * as vscode from 'vscode';
import { visible } from '../../text/visible.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from './commandContext.ts';
import { givenContents } from '../panel/exportContents.ts';
import { renameObject } from './rename.ts';
import { sessionRef } from './sessionRef.ts';

/** Opens the panel of a session beside the active editor. */
export async function openSessionToSide(context: CommandContext, argument?: unknown): Promise<void> {
  const ref = await sessionRef(context, argument, context.shell.l10n.t('Open Session to the Side'));
  if (ref !== undefined) {
    const { connection, sessionId, title } = ref;
    await context.openSession(connection, sessionId, { toSide: true, ...(title !== undefined && { title }) });
  }
}

/**
 * Exports a session to a file. The argument may name a format (`markdown`, `html`, `json` or `jsonl`) and what goes
 * in (`include`: `toolOutputs`, `thinking`; `cut`: `emails`, `userNames`, `paths`); what it does not is asked for.
 */
export async function exportSession(context: CommandContext, argument?: unknown): Promise<void> {
  const ref = await sessionRef(context, argument, context.shell.l10n.t('Export Session'));
  if (ref !== undefined) {
    await context.exportSession({
      ...ref,
      format: asText(field(asObject(argument), 'format')),
      contents: givenContents(argument),
    });
  }
}

/** Puts a session on the clipboard, as Markdown. */
export async function copyConversation(context: CommandContext, argument?: unknown): Promise<void> {
  const ref = await sessionRef(context, argument, context.shell.l10n.t('Copy Conversation'));
  if (ref !== undefined) {
    await context.copyConversation(ref);
  }
}

/** Opens a session as a text document that follows it. */
export async function openSessionAsText(context: CommandContext, argument?: unknown): Promise<void> {
  const ref = await sessionRef(context, argument, context.shell.l10n.t('Open Session as Text'));
  if (ref !== undefined) {
    await (await context.transcripts.get()).open(ref.connection, ref.sessionId, ref.title);
  }
}

/** Puts the id of a session on the clipboard. */
export async function copySessionId(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const ref = await sessionRef(context, argument, l10n.t('Copy Session Id'));
  if (ref !== undefined) {
    await vscode.env.clipboard.writeText(ref.sessionId);
    vscode.window.setStatusBarMessage(l10n.t('Copied {id}', { id: visible(ref.sessionId, 60) }), 3_000);
  }
}

/** Asks the agent of a session to stop what it does. */
export async function interruptSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients, sessions, notify } = context.shell;
  const ref = await sessionRef(context, argument, l10n.t('Interrupt Session'));
  if (ref === undefined) {
    return;
  }
  const { connection, sessionId } = ref;
  const panel = context.panels.find(connection, sessionId);
  if (panel !== undefined) {
    const outcome = await panel.page.stop();
    if (!outcome.ok) {
      notify.warn(outcome.message);
    }
    return;
  }
  await clients.for(connection).sendEvents(sessionId, [{ type: 'user.interrupt' }]);
  sessions.refresh(connection.id);
}

/** Changes the title of a session: in its panel where the user works in it, else by asking for the new one. */
export async function renameSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { active } = context.panels;
  if (argument === undefined && active !== undefined) {
    active.show();
    active.page.startRename();
    return;
  }
  const { l10n, clients } = context.shell;
  const ref = await sessionRef(context, argument, l10n.t('Rename Session'));
  if (ref !== undefined) {
    const { connection, sessionId } = ref;
    const item = await clients.for(connection).getSession(sessionId);
    await renameObject(context, { kind: 'sessions', connection, item });
  }
}

/** Tries the connection of the active panel again, or reads its history again where it is live. */
export function reconnectSession({ panels }: CommandContext): void {
  panels.active?.page.reconnect();
}

/** Puts the keyboard on the newest row of the active panel. */
export function focusLastMessage({ panels }: CommandContext): void {
  panels.active?.show();
  panels.active?.page.focusLastMessage();
}

/** Puts the keyboard where messages are written. */
export function focusComposer({ panels }: CommandContext): void {
  panels.active?.show();
  panels.active?.page.focusComposer();
}

/** Opens the find bar of the active panel, for a keyboard that is not in the page. */
export function findInSession({ panels }: CommandContext): void {
  panels.active?.show();
  panels.active?.page.showFind();
}

import * as vscode from 'vscode';
import type { PageSession } from '../panel/pageSession.ts';
import type { CommandContext } from './commandContext.ts';
import { sessionTarget } from './targets.ts';

/** Attaches what is selected in the active editor to the message being written in a session. */
export async function attachSelection(context: CommandContext): Promise<void> {
  const editor = editorWithSelection(context);
  if (editor === undefined) {
    return;
  }
  const page = await receiver(context, context.shell.l10n.t('Attach Selection to Session'));
  page?.composer.attachments.attachSelection(editor);
}

/**
 * Attaches files to the message being written in a session.
 * @param argument the file that the command was called on, or the active editor's where there is none.
 * @param more all files that are selected, as the explorer gives them.
 */
export async function attachFile(context: CommandContext, argument?: unknown, more?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const uris = chosenFiles(argument, more);
  if (uris.length === 0) {
    notify.info(l10n.t('Open the file in an editor first, or choose it in the explorer.'));
    return;
  }
  const page = await receiver(context, l10n.t('Attach File to Session'));
  await page?.composer.attachments.attachFiles(uris);
}

/** The files that a command was called on: those that are selected, the one that was clicked, or the active editor's. */
export function chosenFiles(argument: unknown, more: unknown): readonly vscode.Uri[] {
  const selected = (Array.isArray(more) ? (more as readonly unknown[]) : []).filter(isUri);
  const active = vscode.window.activeTextEditor?.document.uri;
  return selected.length > 0 ? selected : isUri(argument) ? [argument] : active === undefined ? [] : [active];
}

/** The session that the user was in last, or one that is asked for; its panel comes to the front. */
async function receiver(context: CommandContext, title: string): Promise<PageSession | undefined> {
  const { shell, panels } = context;
  const { l10n, notify } = shell;
  if (!vscode.workspace.isTrusted) {
    notify.warn(
      l10n.t('Files and editors cannot be attached in restricted mode: this workspace is not trusted.'),
    );
    return undefined;
  }
  const recent = panels.recent.find(({ header }) => header?.activity !== 'ended');
  if (recent !== undefined) {
    await context.openSession(recent.connection, recent.sessionId);
    return recent.page;
  }
  const target = await sessionTarget(context, undefined, title);
  if (target === undefined) {
    return undefined;
  }
  const { id, title: name } = target.item;
  await context.openSession(target.connection, id, name === undefined ? {} : { title: name });
  return panels.find(target.connection, id)?.page;
}

function isUri(value: unknown): value is vscode.Uri {
  return value instanceof vscode.Uri;
}

/** The active editor where something is selected in it; says what to do where nothing is. */
export function editorWithSelection({ shell }: CommandContext): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selections.every(({ isEmpty }) => isEmpty)) {
    shell.notify.info(shell.l10n.t('Select some text in an editor first.'));
    return undefined;
  }
  return editor;
}

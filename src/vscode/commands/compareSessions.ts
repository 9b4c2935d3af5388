import * as vscode from 'vscode';
import { readHistory, standardLimits } from '../../sessionSearch/readHistory.ts';
import { visible } from '../../text/visible.ts';
import { comparableText } from '../../transcript/export/comparableText.ts';
import { exportFileName } from '../../transcript/export/exportName.ts';
import { inline } from '../../transcript/export/markdownParts.ts';
import { unlessCancelled } from '../input/withCancel.ts';
import { exportTexts } from '../panel/exportTexts.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';
import { givenSession, type SessionRef, sessionRef } from './sessionRef.ts';
import { sessionTarget } from './targets.ts';

/**
 * Shows what was said in two sessions side by side in the editor's diff, without times and ids: the two rows that are
 * selected, else the one it was called on or whose panel is active and one that is asked for.
 */
export async function compareSessions(
  context: CommandContext,
  argument?: unknown,
  more?: unknown,
): Promise<void> {
  const { l10n, notify } = context.shell;
  const title = l10n.t('Compare Sessions');
  const selected = (Array.isArray(more) ? more : []).filter((node) => node instanceof SessionNode);
  if (selected.length > 2) {
    notify.info(l10n.t('Select two sessions to compare them.'));
    return;
  }
  const [one, other] = selected.map((node) => givenSession(context, node));
  const left = one ?? (await sessionRef(context, argument, title));
  const right = left && (other ?? (await askOther(context, left, title)));
  if (left !== undefined && right !== undefined) {
    await compare(context, left, right);
  }
}

async function askOther(
  context: CommandContext,
  { connection, sessionId, title: name }: SessionRef,
  title: string,
): Promise<SessionRef | undefined> {
  const { l10n } = context.shell;
  const target = await sessionTarget(
    context,
    { connectionId: connection.id },
    l10n.t('{title}: “{name}” with', { title, name: visible(name ?? sessionId, 40) }),
  );
  return target && { connection: target.connection, sessionId: target.item.id, title: target.item.title };
}

async function compare(context: CommandContext, left: SessionRef, right: SessionRef): Promise<void> {
  const { l10n } = context.shell;
  const texts = await unlessCancelled(l10n.t('Reading both sessions…'), async (cancelled) => {
    const failing = new AbortController();
    const signal = AbortSignal.any([cancelled, failing.signal]);
    try {
      return await Promise.all([left, right].map((ref) => documentOf(context, ref, signal)));
    } catch (error) {
      failing.abort(); // the other one is read for nobody
      throw error;
    }
  });
  if (texts !== undefined) {
    const names = [left, right].map(({ title, sessionId }) => visible(title ?? sessionId, 40));
    await vscode.commands.executeCommand('vscode.diff', ...texts, names.join(' ↔ '), { preview: true });
  }
}

async function documentOf(
  { shell, past }: CommandContext,
  { connection, sessionId, title }: SessionRef,
  signal: AbortSignal,
): Promise<vscode.Uri> {
  const { l10n, clients, clock } = shell;
  const client = clients.for(connection);
  const { store, transcript, shortfall } = await readHistory(client, sessionId, {
    clock,
    limits: standardLimits,
    signal,
  });
  try {
    const source = {
      event: (key: string) => store.get(key),
      resultOf: (id: string) => transcript.resultOf(id),
    };
    const { text, isCut } = comparableText(transcript, source, exportTexts(l10n, vscode.env.language));
    const note =
      isCut || shortfall !== undefined
        ? `> ${l10n.t('Only the beginning of this session is compared.')}\n\n`
        : '';
    const name = exportFileName(title ?? sessionId, sessionId, 'md');
    return past.text(
      connection,
      `/sessions/${sessionId}/${name}`,
      `# ${inline(title ?? sessionId)}\n\n${note}${text}`.toWellFormed(),
    );
  } finally {
    transcript.dispose();
  }
}

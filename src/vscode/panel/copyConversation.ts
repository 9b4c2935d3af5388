import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { markdownHead } from '../../transcript/export/exportMarkdown.ts';
import { TranscriptText } from '../../transcript/export/transcriptText.ts';
import { commands } from '../ids.ts';
import { unlessCancelled } from '../input/withCancel.ts';
import type { Shell } from '../shell.ts';
import { everything } from './exportContents.ts';
import { exportMaterial } from './exportMaterial.ts';
import type { SessionFeeds } from './sessionFeeds.ts';
import { SessionReading } from './sessionReading.ts';

export interface CopyRequest {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
}

/** Most text that is put on the clipboard, in UTF-16 units: what takes it in may be a field in a browser. */
const MAX_COPY = 1024 * 1024;

/** Puts a session on the clipboard as Markdown, without keys; of a long one its newest part, and says so. */
export async function copyConversation(
  shell: Shell,
  feeds: Pick<SessionFeeds, 'acquire'>,
  { connection, sessionId, title }: CopyRequest,
): Promise<void> {
  const { l10n, notify, redactor } = shell;
  const reading = new SessionReading(feeds, connection, sessionId, title);
  try {
    reading.lease.setVisible(true);
    const copied = await unlessCancelled(l10n.t('Copying the conversation'), async (signal) => {
      const { head, lines, rows, bodies, texts } = await exportMaterial(shell, reading, everything, signal);
      const { text, isCut } = new TranscriptText(rows, bodies, texts).newest(MAX_COPY);
      const top = markdownHead({ ...head, complete: head.complete && !isCut }, lines, texts);
      await vscode.env.clipboard.writeText(redactor.cutKeys(`${top}${text}`.toWellFormed()));
      return { isCut };
    });
    if (copied?.isCut === true) {
      notify.warn(
        l10n.t(
          'The conversation is too long for the clipboard, so only its newest part was copied. Export it to have all of it.',
        ),
        {
          title: l10n.t('Export…'),
          run: () =>
            void vscode.commands.executeCommand(commands.exportSession, {
              connectionId: connection.id,
              sessionId,
            }),
        },
      );
    } else if (copied !== undefined) {
      vscode.window.setStatusBarMessage(l10n.t('Conversation copied'), 3_000);
    }
  } finally {
    reading.dispose();
  }
}

import { TranscriptText } from '../../transcript/export/transcriptText.ts';
import { everything } from '../panel/exportContents.ts';
import { exportMaterial } from '../panel/exportMaterial.ts';
import type { SessionFeeds } from '../panel/sessionFeeds.ts';
import { SessionReading } from '../panel/sessionReading.ts';
import type { Shell } from '../shell.ts';
import { SessionTools } from './sessionTools.ts';

/** The tools, with what they read sessions by. */
export function openSessionTools(shell: Shell, feeds: Pick<SessionFeeds, 'acquire'>): SessionTools {
  return new SessionTools({
    shell,
    readSession: (connection, sessionId, most, signal) =>
      readSession(shell, new SessionReading(feeds, connection, sessionId), most, signal),
  });
}

/**
 * The newest part of a session as Markdown, without keys, of at most `most` UTF-16 units; lets the session go.
 * Rejects with the reason of the signal, and where nothing could be read.
 */
async function readSession(
  shell: Shell,
  reading: SessionReading,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly isAll: boolean }> {
  try {
    reading.lease.setVisible(true);
    const { rows, bodies, texts, head, eventCount } = await exportMaterial(
      shell,
      reading,
      everything,
      signal,
    );
    if (eventCount === 0 && !head.complete) {
      throw new Error(shell.l10n.t('The events of this session could not be read. Try again later.'));
    }
    const { text, isCut } = new TranscriptText(rows, bodies, texts).newest(most);
    return { text, isAll: head.complete && !isCut };
  } finally {
    reading.dispose();
  }
}

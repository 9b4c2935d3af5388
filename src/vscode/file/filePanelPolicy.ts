import * as vscode from 'vscode';
import type { Banner, PageAction, SessionHeader } from '../../protocol/messages.ts';
import type { ReadExport } from '../../transcript/export/readExport.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { visible } from '../../text/visible.ts';
import type { RecordedPanel } from '../panel/recordedPanel.ts';
import type { ExportedSession } from './exportedSession.ts';

/** What a panel says and does differently where its session is a file: it is for reading, and says so. */
export function filePanelPolicy(
  exported: ExportedSession,
  { facts }: ReadExport,
  name: string,
  damage: string | undefined,
): RecordedPanel {
  const { l10n } = exported.shell;
  const from = asText(field(asObject(field(facts, 'connection')), 'name'));
  const at = Date.parse(asText(field(facts, 'exported_at')) ?? '');
  const time = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const origin = [
    l10n.t('This is a file: the session as it was exported, for reading only.'),
    ...(from === undefined ? [] : [l10n.t('It comes from {name}.', { name: visible(from, 60) })]),
    ...(Number.isNaN(at) ? [] : [l10n.t('Exported on {time}.', { time: time.format(at) })]),
    ...(field(facts, 'complete') === false ? [l10n.t('Older events are missing in it.')] : []),
    ...(damage === undefined ? [] : [damage]),
  ].join(' ');
  const banner: Banner = { tone: damage === undefined ? 'info' : 'warning', text: origin, actions: [] };
  return {
    banner,
    header: (header): SessionHeader => ({
      ...header,
      connection: name,
      stage: 'file',
      origin: '',
      activity: 'ended',
      statusText: l10n.t('File'),
      failed: false,
      renamable: false,
      pending: [],
      runningSince: null,
      menu: ['export', 'copyConversation', 'copySessionId'],
    }),
    act: (action) => void act(action, exported),
  };
}

/** What a file can be asked for without anything from a server. */
async function act(
  action: PageAction,
  { connection, sessionId, title, shell, lease }: ExportedSession,
): Promise<void> {
  const feeds = { acquire: () => ({ ...lease, dispose: () => undefined }) };
  try {
    if (action === 'export') {
      const { exportSession } = await import('../panel/exportSession.ts');
      await exportSession(shell, feeds, { connection, sessionId, title });
    } else if (action === 'copyConversation') {
      const { copyConversation } = await import('../panel/copyConversation.ts');
      await copyConversation(shell, feeds, { connection, sessionId, title });
    } else if (action === 'copySessionId') {
      await vscode.env.clipboard.writeText(sessionId);
    } else if (action === 'showLog') {
      shell.log.show();
    }
  } catch (error) {
    void shell.notify.error(error, { connection });
  }
}

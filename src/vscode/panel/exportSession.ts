import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { exportFileName } from '../../transcript/export/exportName.ts';
import { type ExportSink, writeExport } from '../../transcript/export/writeExport.ts';
import { askChoice } from '../input/askChoice.ts';
import { askSavePlace } from '../input/askSavePlace.ts';
import { type Report, unlessCancelled } from '../input/withCancel.ts';
import { openPartFile } from '../services/partFile.ts';
import type { Shell } from '../shell.ts';
import { openEditorSink } from './editorSink.ts';
import { askExportContents, type ExportSelection } from './exportContents.ts';
import { type ExportFormat, exportFormats } from './exportFormats.ts';
import { exportMaterial } from './exportMaterial.ts';
import type { SessionFeeds } from './sessionFeeds.ts';
import { SessionReading } from './sessionReading.ts';
import { writeProblem } from './writeProblem.ts';
import { withoutLinks } from '../../text/visible.ts';

export interface ExportRequest {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
  /** The id of a format; asked for where it is none of them. */
  readonly format?: string | undefined;
  /** What goes in; asked for where it is not given. */
  readonly contents?: ExportSelection | undefined;
}

/** What was decided before anything is written. */
interface Plan {
  readonly format: ExportFormat;
  readonly selection: ExportSelection;
  readonly target: vscode.Uri;
}

/** Asks how and where, and writes the session there. Nothing is left of an export that fails or is cancelled. */
export async function exportSession(
  shell: Shell,
  feeds: Pick<SessionFeeds, 'acquire'>,
  request: ExportRequest,
): Promise<void> {
  const { l10n } = shell;
  const { connection, sessionId, title } = request;
  const format = exportFormats.find(({ id }) => id === request.format) ?? (await askFormat(shell));
  const selection = format && (request.contents ?? (await askContents(shell)));
  if (format === undefined || selection === undefined) {
    return;
  }
  // The session is read while the user looks for a place.
  const reading = new SessionReading(feeds, connection, sessionId, title);
  try {
    reading.lease.setVisible(true);
    const target = await askPlace(shell, format, title ?? reading.header().title, sessionId);
    if (target === undefined) {
      return;
    }
    const plan = { format, selection, target };
    const count = await unlessCancelled(l10n.t('Exporting the session'), (signal, report) =>
      write(shell, reading, plan, signal, report),
    );
    if (count !== undefined) {
      void offerToOpen(shell, target, count);
    }
  } catch (error) {
    shell.log.error('an export failed', error);
    const why = shell.redactor.redact(writeProblem(error, l10n));
    shell.notify.warn(l10n.t('The session could not be exported, and nothing was written. {why}', { why }), {
      title: l10n.t('Choose Another Place'),
      run: () => void exportSession(shell, feeds, { ...request, format: format.id, contents: selection }),
    });
  } finally {
    reading.dispose();
  }
}

async function askFormat({ l10n }: Shell): Promise<ExportFormat | undefined> {
  const answer = await askChoice<ExportFormat>(
    { title: l10n.t('Export Session') },
    {
      placeholder: l10n.t('Export as'),
      choices: exportFormats.map((format) => ({
        label: format.label(l10n),
        description: format.detail(l10n),
        value: format,
      })),
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

async function askContents({ l10n }: Shell): Promise<ExportSelection | undefined> {
  const answer = await askExportContents(l10n);
  return answer.kind === 'value' ? answer.value : undefined;
}

async function askPlace(
  shell: Shell,
  format: ExportFormat,
  title: string,
  sessionId: string,
): Promise<vscode.Uri | undefined> {
  const { l10n, workspaceState } = shell;
  return await askSavePlace(workspaceState, {
    key: 'export.folder',
    title: l10n.t('Export Session'),
    saveLabel: l10n.t('Export'),
    fileName: exportFileName(title, sessionId, format.extension),
    filters: { [format.label(l10n)]: [format.extension.split('.').pop() ?? format.extension] },
  });
}

async function write(
  shell: Shell,
  reading: SessionReading,
  { format, selection, target }: Plan,
  signal: AbortSignal,
  report: Report,
): Promise<number> {
  const { l10n, redactor } = shell;
  report({ message: l10n.t('Reading the history…') });
  const material = await exportMaterial(shell, reading, selection, signal);
  const total = Math.max(1, format.total(material));
  let percent = 0;
  await writeExport(await format.pieces(material), await openSink(target), {
    signal,
    // Again, for what only the writing put together.
    redact: (text) => redactor.cutKeys(text),
    onProgress: (pieces) => {
      const now = Math.min(100, Math.floor((pieces / total) * 100));
      report({ message: l10n.t('{percent} %', { percent: now }), increment: now - percent });
      percent = now;
    },
  });
  return material.eventCount;
}

function openSink(target: vscode.Uri): Promise<ExportSink> {
  return target.scheme === 'file' ? openPartFile(target.fsPath) : Promise.resolve(openEditorSink(target));
}

async function offerToOpen({ l10n }: Shell, target: vscode.Uri, count: number): Promise<void> {
  const open = l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    withoutLinks(l10n.t('{count} events exported.', { count })),
    open,
  );
  if (pressed === open) {
    await vscode.window.showTextDocument(target, { preview: true });
  }
}

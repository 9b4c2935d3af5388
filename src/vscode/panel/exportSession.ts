import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { SessionEvent } from '../../api/resources/event.ts';
import type { EventStore } from '../../stream/eventStore.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { exportFileName } from '../../transcript/export/exportName.ts';
import { type ExportSink, writeExport } from '../../transcript/export/writeExport.ts';
import { DisposableStore } from '../../util/disposable.ts';
import { askChoice } from '../input/askChoice.ts';
import type { Shell } from '../shell.ts';
import { openDiskSink } from './diskSink.ts';
import { openEditorSink } from './editorSink.ts';
import { type ExportFormat, exportFormats, type ExportMaterial } from './exportFormats.ts';
import { exportTexts, headLines } from './exportTexts.ts';
import type { SessionFeeds } from './sessionFeeds.ts';
import { SessionReading } from './sessionReading.ts';

export interface ExportRequest {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
  /** The id of a format; asked for where it is none of them. */
  readonly format?: string | undefined;
}

/** Where the last export went, so that the next one is offered the same folder. */
const FOLDER_KEY = 'export.folder';

/** Asks how and where, and writes the session there. Nothing is left of an export that fails or is cancelled. */
export async function exportSession(
  shell: Shell,
  feeds: SessionFeeds,
  request: ExportRequest,
): Promise<void> {
  const { l10n } = shell;
  const { connection, sessionId, title } = request;
  const format = exportFormats.find(({ id }) => id === request.format) ?? (await askFormat(shell));
  if (format === undefined) {
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
    const progress = {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Exporting the session'),
      cancellable: true,
    };
    const count = await vscode.window.withProgress(progress, async (report, token) => {
      const cancelling = new AbortController();
      const subscription = token.onCancellationRequested(() => cancelling.abort());
      try {
        return await write(shell, reading, format, target, cancelling.signal, (message, increment) =>
          report.report({ message, increment }),
        );
      } catch (error) {
        if (cancelling.signal.aborted) {
          return undefined;
        }
        throw error;
      } finally {
        subscription.dispose();
      }
    });
    if (count !== undefined) {
      void offerToOpen(shell, target, count);
    }
  } catch (error) {
    shell.log.error('an export failed', error);
    const why = error instanceof Error ? shell.redactor.redact(error.message).slice(0, 300) : '';
    shell.notify.warn(l10n.t('The session could not be exported, and nothing was written. {why}', { why }), {
      title: l10n.t('Try Again'),
      run: () => void exportSession(shell, feeds, { ...request, format: format.id }),
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

async function askPlace(
  shell: Shell,
  format: ExportFormat,
  title: string,
  sessionId: string,
): Promise<vscode.Uri | undefined> {
  const { l10n, workspaceState } = shell;
  const last = workspaceState.get<string>(FOLDER_KEY);
  const folder =
    last === undefined
      ? (vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()))
      : vscode.Uri.parse(last);
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export Session'),
    saveLabel: l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, exportFileName(title, sessionId, format.extension)),
    filters: { [format.label(l10n)]: [format.extension] },
  });
  if (target !== undefined) {
    await workspaceState.update(FOLDER_KEY, vscode.Uri.joinPath(target, '..').toString());
  }
  return target;
}

async function write(
  shell: Shell,
  reading: SessionReading,
  format: ExportFormat,
  target: vscode.Uri,
  signal: AbortSignal,
  report: (message: string, increment: number) => void,
): Promise<number> {
  const { l10n, redactor, clock } = shell;
  const { feed } = reading.lease;
  report(l10n.t('Reading the history…'), 0);
  await untilRead(feed, signal);
  const header = reading.header();
  const material: ExportMaterial = {
    head: {
      session: feed.session?.raw,
      sessionId: reading.sessionId,
      title: header.title,
      connection: { name: header.connection, origin: header.origin },
      exportedAt: clock.now(),
      complete: feed.status.history.kind === 'complete' && !isFull(feed.store),
    },
    lines: headLines(header, l10n),
    events: snapshot(feed.store),
    rows: reading.transcript,
    bodies: reading.bodies,
    texts: exportTexts(l10n, vscode.env.language),
  };
  const total = Math.max(1, format.total(material));
  let percent = 0;
  await writeExport(format.pieces(material), await openSink(target), {
    signal,
    redact: (text) => redactor.cutKeys(text),
    onProgress: (pieces) => {
      const now = Math.min(100, Math.floor((pieces / total) * 100));
      report(l10n.t('{percent} %', { percent: now }), now - percent);
      percent = now;
    },
  });
  return material.events.length;
}

/** The events as they are at one moment; those that come while they are written belong to the next export. */
function snapshot(store: EventStore): readonly SessionEvent[] {
  const events: SessionEvent[] = [];
  for (let position = store.first; position < store.end; position++) {
    const stored = store.at(position);
    if (stored !== undefined) {
      events.push(stored.event);
    }
  }
  return events;
}

function openSink(target: vscode.Uri): Promise<ExportSink> {
  return target.scheme === 'file' ? openDiskSink(target.fsPath) : Promise.resolve(openEditorSink(target));
}

/** Resolves when all of the history is held that can be had; rejects when it is cancelled. */
function untilRead(feed: SessionFeed, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const owned = new DisposableStore();
    const look = () => {
      if (signal.aborted || isRead(feed)) {
        owned.dispose();
        signal.removeEventListener('abort', look);
        if (signal.aborted) {
          reject(signal.reason as Error);
        } else {
          resolve();
        }
      }
    };
    signal.addEventListener('abort', look);
    owned.add(feed.onDidChangeStatus(look));
    owned.add(feed.onDidChange(look));
    look();
  });
}

/** Nothing more comes from a feed that has ended, that cannot read on, or that holds as much as it may. */
function isRead({ status, store }: SessionFeed): boolean {
  const { state, history } = status;
  if (state.kind === 'ended' || history.kind === 'complete' || history.kind === 'incomplete') {
    return true;
  }
  const isCutOff = state.kind === 'offline' || state.kind === 'reconnecting' || state.kind === 'stopped';
  return isCutOff || (history.kind === 'partial' && isFull(store));
}

/** A little less than what a feed holds before it lets the oldest events go. */
const MANY_EVENTS = 245_000;
const MUCH_WEIGHT = 120 * 1024 * 1024;

/** Whether older events may have been let go; they are on the server still, and missing in an export. */
function isFull(store: EventStore): boolean {
  return store.size >= MANY_EVENTS || store.weight >= MUCH_WEIGHT;
}

async function offerToOpen({ l10n }: Shell, target: vscode.Uri, count: number): Promise<void> {
  const open = l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    l10n.t('{count} events exported.', { count }),
    open,
  );
  if (pressed === open) {
    await vscode.window.showTextDocument(target, { preview: true });
  }
}

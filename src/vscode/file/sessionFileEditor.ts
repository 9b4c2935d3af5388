import * as vscode from 'vscode';
import { readPageMessage } from '../../protocol/readPageMessage.ts';
import { readExport, type ReadExport } from '../../transcript/export/readExport.ts';
import { visible } from '../../text/visible.ts';
import { nameOf } from '../panel/attachments/documentName.ts';
import type { EditorMemory } from '../panel/attachments/editorMemory.ts';
import type { BodyDocuments } from '../panel/bodyDocuments.ts';
import { emptyPage } from '../panel/emptyPage.ts';
import { pageHtml, pageOptions } from '../panel/pageHtml.ts';
import { PageSession } from '../panel/pageSession.ts';
import type { Shell } from '../shell.ts';
import { exportedSession } from './exportedSession.ts';
import { damageText, failureText } from './fileProblems.ts';
import { filePanelPolicy } from './filePanelPolicy.ts';

/** Larger files are not read, in bytes: what is in them is held as a whole. */
const MAX_FILE = 256 * 1024 * 1024;

export interface SessionFileParts {
  readonly shell: Shell;
  readonly bodies: BodyDocuments;
  readonly editors: EditorMemory;
}

/** Fills an editor with the session that a file holds; says why where it holds none. Asks no server for anything. */
export async function showSessionFile(
  { shell, bodies, editors }: SessionFileParts,
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  token: vscode.CancellationToken,
): Promise<void> {
  const { l10n } = shell;
  const name = visible(nameOf(uri), 80);
  const { webview } = panel;
  webview.options = pageOptions(shell.extensionUri);
  const read = await readFile(uri, token, name, shell);
  if (typeof read === 'string') {
    sayWhyNot(shell, panel, name, read);
    return;
  }
  const exported = exportedSession(shell, name, uri.toString(), read);
  const page = new PageSession({
    shell: exported.shell,
    connection: exported.connection,
    sessionId: exported.sessionId,
    lease: exported.lease,
    bodies,
    editors,
    webview,
    knownTitle: exported.title,
    onHeader: () => undefined,
    close: () => {
      panel.dispose();
    },
    recorded: filePanelPolicy(exported, read, name, damageText(read, l10n)),
  });
  panel.onDidChangeViewState(() => {
    if (!panel.visible) {
      page.hide();
    }
  });
  panel.onDidDispose(() => {
    page.dispose();
    exported.lease.dispose();
  });
  webview.html = pageHtml(webview, shell.extensionUri, vscode.env.language);
  exported.lease.setVisible(true);
}

/** Reads and checks the file. Answers with the reason where nothing of it can be shown. */
async function readFile(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
  name: string,
  { l10n, log }: Shell,
): Promise<ReadExport | string> {
  const { fs } = vscode.workspace;
  try {
    const { size } = await fs.stat(uri);
    if (size > MAX_FILE) {
      return l10n.t(
        '{name} is too large to be shown here: it has {size} MB, and at most {limit} MB can be read.',
        { name, size: Math.ceil(size / 1_048_576), limit: MAX_FILE / 1_048_576 },
      );
    }
    const read = await readExport(await fs.readFile(uri), async () => {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if (token.isCancellationRequested) {
        throw new vscode.CancellationError();
      }
    });
    return 'failure' in read ? failureText(read, name, l10n) : read;
  } catch (error) {
    if (error instanceof vscode.CancellationError) {
      throw error;
    }
    log.error('an exported session could not be read', error);
    return l10n.t('{name} could not be read. It may have been moved or deleted, or you may not read it.', {
      name,
    });
  }
}

/** The page says in its own place what is the matter with the file. */
function sayWhyNot(shell: Shell, panel: vscode.WebviewPanel, name: string, why: string): void {
  const { webview } = panel;
  const { l10n, extensionUri } = shell;
  const header = {
    title: name,
    sessionId: name,
    connectionId: '',
    connection: name,
    sandbox: false,
    stage: 'file',
    origin: '',
    statusText: l10n.t('Not available'),
  } as const;
  webview.onDidReceiveMessage((value: unknown) => {
    if (readPageMessage(value)?.type === 'ready') {
      void webview.postMessage(emptyPage(header, { tone: 'error', text: why, actions: [] }, l10n));
    }
  });
  webview.html = pageHtml(webview, extensionUri, vscode.env.language);
}

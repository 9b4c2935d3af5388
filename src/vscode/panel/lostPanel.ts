import * as vscode from 'vscode';
import { SANDBOX_ID } from '../../api/connection.ts';
import type { Banner, PageAction } from '../../protocol/messages.ts';
import { readPageMessage } from '../../protocol/readPageMessage.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { commands } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { buttonLabel } from './bannerOf.ts';
import { type EmptyHeader, emptyPage } from './emptyPage.ts';
import { RateLimit } from './rateLimit.ts';

export interface LostPanelOptions {
  readonly shell: Shell;
  readonly panel: vscode.WebviewPanel;
  /** As the page had kept them; empty where it had not. */
  readonly connectionId: string;
  readonly origin: string;
  readonly sessionId: string;
  readonly title: string;
}

/**
 * The panel of a session that cannot be brought back after a reload, because its connection is no longer
 * there: it stays, and says why and what can be done, instead of going without a word.
 */
export class LostPanel implements Disposable {
  private readonly options: LostPanelOptions;
  private readonly limit: RateLimit;
  private readonly owned = new DisposableStore();

  constructor(options: LostPanelOptions) {
    this.options = options;
    this.limit = new RateLimit(options.shell.clock);
    this.owned.add(options.panel.webview.onDidReceiveMessage((value: unknown) => this.receive(value)));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private receive(value: unknown): void {
    const message = readPageMessage(value);
    if (message === undefined || !this.limit.admit()) {
      return;
    }
    if (message.type === 'ready') {
      void this.options.panel.webview.postMessage(
        emptyPage(this.header(), this.banner(), this.options.shell.l10n),
      );
    } else if (message.type === 'action') {
      this.act(message.action);
    }
  }

  private act(action: PageAction): void {
    if (action === 'closePanel') {
      this.options.panel.dispose();
    } else if (action === 'useSandbox') {
      void vscode.commands.executeCommand(commands.startSandbox);
    } else if (action === 'addConnection') {
      void vscode.commands.executeCommand(commands.addConnection);
    }
  }

  private banner(): Banner {
    const { connectionId, sessionId, shell } = this.options;
    const { l10n } = shell;
    const isSandbox = connectionId === SANDBOX_ID;
    const actions = [isSandbox ? 'useSandbox' : 'addConnection', 'closePanel'] as const;
    return {
      tone: 'warning',
      text: isSandbox
        ? l10n.t('A sandbox lives as long as its window: the session that was open here is gone with it.')
        : shell.connections.byId(connectionId) !== undefined && sessionId !== ''
          ? l10n.t(
              'The connection of this session leads to another server now, so the session cannot be shown. It is still on its server. With the connection leading there again, the session comes back here.',
            )
          : l10n.t(
              'The connection of this session is no longer there, so the session cannot be shown. It is still on its server. With the connection added again under its old name, the session comes back here.',
            ),
      actions: actions.map((action) => ({ action, label: buttonLabel(action, l10n) })),
    };
  }

  private header(): EmptyHeader {
    const { connectionId, sessionId, title, origin, shell } = this.options;
    const isSandbox = connectionId === SANDBOX_ID;
    return {
      title: title === '' ? sessionId : title,
      sessionId,
      connectionId,
      connection: isSandbox ? shell.l10n.t('Local sandbox') : shell.l10n.t('No connection'),
      sandbox: isSandbox,
      stage: isSandbox ? 'sandbox' : 'other',
      origin,
      statusText: shell.l10n.t('Not available'),
    };
  }
}

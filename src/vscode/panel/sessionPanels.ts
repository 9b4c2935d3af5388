import * as vscode from 'vscode';
import { checkId, type Connection, isId, SANDBOX_ID } from '../../api/connection.ts';
import { FeedHub, type FeedLease } from '../../stream/feedHub.ts';
import { SessionFeed } from '../../stream/sessionFeed.ts';
import type { SessionActivity } from '../../transcript/row.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { panels } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { BodyDocuments } from './bodyDocuments.ts';
import { pageHtml, pageOptions } from './pageHtml.ts';
import { PageSession } from './pageSession.ts';

/** After this long out of focus, history is read again, in milliseconds. */
const AWAY_MS = 60_000;

/** Between the parts of a tab's title. */
const SEPARATOR = ' · ';

export interface OpenOptions {
  /** The title as the caller knows it, shown until the server has said. */
  readonly title?: string | undefined;
  readonly preserveFocus?: boolean;
  /** The event to show first. */
  readonly reveal?: string | undefined;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly page: PageSession;
  readonly lease: FeedLease;
  readonly connection: Connection;
}

/** The session panels of this window: one per session, brought back after a reload. */
export class SessionPanels implements Disposable, vscode.WebviewPanelSerializer {
  private readonly shell: Shell;
  private readonly hub: FeedHub;
  private readonly bodies: BodyDocuments;
  private readonly opened = new Map<string, OpenPanel>();
  private readonly owned = new DisposableStore();
  private awaySince = Number.POSITIVE_INFINITY;

  constructor(shell: Shell) {
    this.shell = shell;
    this.hub = this.owned.add(new FeedHub(shell.clock));
    this.bodies = this.owned.add(new BodyDocuments());
    this.owned.add(vscode.window.registerWebviewPanelSerializer(panels.session, this));
    this.owned.add(shell.keys.onDidChange(({ connectionId }) => this.keyChanged(connectionId)));
    this.owned.add(vscode.window.onDidChangeWindowState(({ focused }) => this.focusChanged(focused)));
  }

  /**
   * Brings a session's panel to the front; it is there before its content is.
   * Throws an ApiError for an id that no request may carry.
   */
  open(connection: Connection, sessionId: string, options: OpenOptions = {}): void {
    checkId(sessionId);
    const existing = this.opened.get(sessionKey(connection, sessionId));
    if (existing !== undefined) {
      existing.panel.reveal(undefined, options.preserveFocus);
    } else {
      const panel = vscode.window.createWebviewPanel(
        panels.session,
        options.title ?? sessionId,
        { viewColumn: vscode.ViewColumn.Active, preserveFocus: options.preserveFocus ?? false },
        { ...pageOptions(this.shell.extensionUri), enableFindWidget: false },
      );
      this.adopt(panel, connection, sessionId, options.title);
    }
    const page = this.opened.get(sessionKey(connection, sessionId))?.page;
    if (options.reveal !== undefined) {
      page?.reveal(options.reveal);
    } else if (options.preserveFocus !== true) {
      page?.focusComposer();
    }
  }

  /** After a reload of the window the editor hands the panel back, with what its page had kept. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = asObject(state);
    const sessionId = asText(field(kept, 'sessionId'));
    const connection = this.shell.connections.byId(asText(field(kept, 'connectionId')) ?? '');
    if (sessionId === undefined || !isId(sessionId) || connection === undefined) {
      panel.webview.html = '';
      panel.dispose();
      if (connection === undefined) {
        const { l10n, notify } = this.shell;
        notify.info(
          asText(field(kept, 'connectionId')) === SANDBOX_ID
            ? l10n.t('A sandbox lives as long as its window: the session that was open here is gone with it.')
            : l10n.t('A session panel was not brought back, because its connection is no longer there.'),
        );
      }
      return Promise.resolve();
    }
    panel.webview.options = pageOptions(this.shell.extensionUri);
    // The tab's title holds more than the session's: see `label`.
    this.adopt(panel, connection, sessionId, panel.title.split(SEPARATOR)[0]);
    return Promise.resolve();
  }

  dispose(): void {
    for (const { panel } of [...this.opened.values()]) {
      panel.dispose();
    }
    this.owned.dispose();
  }

  private adopt(
    panel: vscode.WebviewPanel,
    connection: Connection,
    sessionId: string,
    title: string | undefined,
  ): void {
    const key = sessionKey(connection, sessionId);
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.shell.extensionUri, 'media', 'icons', 'session-light.svg'),
      dark: vscode.Uri.joinPath(this.shell.extensionUri, 'media', 'icons', 'session-dark.svg'),
    };
    const lease = this.hub.acquire(key, () => this.makeFeed(connection, sessionId));
    const page = new PageSession({
      shell: this.shell,
      connection,
      sessionId,
      lease,
      bodies: this.bodies,
      webview: panel.webview,
      knownTitle: title === sessionId ? undefined : title,
      onHeader: (text, activity) => this.label(panel, connection, text, activity),
    });
    this.opened.set(key, { panel, page, lease, connection });
    panel.onDidChangeViewState(() => {
      lease.setVisible(panel.visible);
      if (!panel.visible) {
        page.hide();
      }
    });
    panel.onDidDispose(() => {
      this.opened.delete(key);
      page.dispose();
      lease.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, this.shell.extensionUri, vscode.env.language);
    lease.setVisible(panel.visible);
  }

  private makeFeed(connection: Connection, sessionId: string): SessionFeed {
    return new SessionFeed({
      source: this.shell.clients.for(connection),
      sessionId,
      clock: this.shell.clock,
      random: Math.random,
      onNote: (note) => this.shell.log.info(note),
    });
  }

  /** The tab says what the session is called, where it is, and whether it works or waits. */
  private label(
    panel: vscode.WebviewPanel,
    connection: Connection,
    title: string,
    activity: SessionActivity,
  ): void {
    const { l10n } = this.shell;
    const note =
      activity === 'running' ? l10n.t('running') : activity === 'needsYou' ? l10n.t('needs you') : undefined;
    const text = [title.slice(0, 60), note, connection.name]
      .filter((part) => part !== undefined)
      .join(SEPARATOR);
    if (panel.title !== text) {
      panel.title = text;
    }
  }

  /** A new key: feeds that ended for want of one go on. A removed one: live streams end. */
  private keyChanged(connectionId: string): void {
    for (const { lease, panel, connection } of this.opened.values()) {
      if (connection.id === connectionId) {
        lease.feed.stop();
        if (panel.visible) {
          lease.feed.start();
        }
      }
    }
  }

  /** The user is back after a while: what is shown should be what is. */
  private focusChanged(focused: boolean): void {
    const now = this.shell.clock.now();
    if (!focused) {
      this.awaySince = now;
      return;
    }
    if (now - this.awaySince > AWAY_MS) {
      for (const { lease, panel } of this.opened.values()) {
        if (panel.visible) {
          lease.feed.poke();
        }
      }
    }
    this.awaySince = Number.POSITIVE_INFINITY;
  }
}

function sessionKey(connection: Connection, sessionId: string): string {
  return JSON.stringify([connection.id, connection.origin, connection.prefix, sessionId]);
}

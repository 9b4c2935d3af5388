import * as vscode from 'vscode';
import { checkId, type Connection, isId, SANDBOX_ID } from '../../api/connection.ts';
import type { Activity } from '../../browse/activity.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import type { FeedState } from '../../stream/feedState.ts';
import { visible } from '../../text/visible.ts';
import { assertNever } from '../../util/assertNever.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { panels } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { EditorMemory } from './attachments/editorMemory.ts';
import { BodyDocuments } from './bodyDocuments.ts';
import { LostPanel } from './lostPanel.ts';
import { pageHtml, pageOptions } from './pageHtml.ts';
import { PageSession } from './pageSession.ts';
import { leadsTo } from './leadsTo.ts';
import { lostIcon, tabIcon, tabTitle, titleInTab } from './panelTab.ts';
import { type SessionFeeds, sessionKey } from './sessionFeeds.ts';
import type { RevealTarget } from './wanted.ts';

/** After this long out of focus, history is read again, in milliseconds. */
const AWAY_MS = 60_000;

/** Longest title that is taken back from what a page had kept. */
const MAX_KEPT_TITLE = 1_000;

export interface OpenOptions {
  /** The title as the caller knows it, shown until the server has said. */
  readonly title?: string | undefined;
  readonly preserveFocus?: boolean;
  /** Opens beside the active editor; a panel that is open already moves there. */
  readonly toSide?: boolean;
  /** What to show first: a row, or the call that waits longest for the user. */
  readonly reveal?: RevealTarget | undefined;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly page: PageSession;
  readonly lease: FeedLease;
  readonly connection: Connection;
  readonly sessionId: string;
  header: SessionHeader | undefined;
}

/** A session panel as commands see it. */
export interface SessionPanelHandle {
  readonly connection: Connection;
  readonly sessionId: string;
  /** What its top says; undefined until its page was there. */
  readonly header: SessionHeader | undefined;
  readonly page: PageSession;
  show(): void;
}

/** A panel whose session cannot be shown until its connection is there. */
interface LostEntry {
  readonly panel: vscode.WebviewPanel;
  readonly content: LostPanel;
  readonly connectionId: string;
  readonly origin: string;
  readonly sessionId: string;
  readonly title: string;
}

/** The session panels of this window: one per session, brought back after a reload. */
export class SessionPanels implements Disposable {
  private readonly shell: Shell;
  private readonly feeds: SessionFeeds;
  /** For whoever else shows a session. */
  readonly bodies: BodyDocuments;
  readonly editors: EditorMemory;
  /** Keys of the panels that were active, the latest last. */
  private readonly visited = new Set<string>();
  private readonly opened = new Map<string, OpenPanel>();
  private readonly lost = new Set<LostEntry>();
  private readonly owned = new DisposableStore();
  private awaySince = Number.POSITIVE_INFINITY;

  constructor(shell: Shell, feeds: SessionFeeds) {
    this.shell = shell;
    this.feeds = feeds;
    this.bodies = this.owned.add(new BodyDocuments());
    this.editors = this.owned.add(new EditorMemory());
    this.owned.add(shell.keys.onDidChange(({ connectionId }) => this.keyChanged(connectionId)));
    this.owned.add(vscode.window.onDidChangeWindowState(({ focused }) => this.focusChanged(focused)));
    this.owned.add(shell.connections.onDidChange(() => this.findLost()));
  }

  /** The session panel that the user works in, if the active editor is one. */
  get active(): SessionPanelHandle | undefined {
    const entry = [...this.opened.values()].find(({ panel }) => panel.active);
    return entry && handleOf(entry);
  }

  /** The session panels that are open, the one that the user was in last first. */
  get recent(): readonly SessionPanelHandle[] {
    const keys = [...this.opened.keys()].filter((key) => !this.visited.has(key));
    return [...keys, ...this.visited]
      .toReversed()
      .flatMap((key) => this.opened.get(key) ?? [])
      .map(handleOf);
  }

  find(connection: Connection, sessionId: string): SessionPanelHandle | undefined {
    const entry = this.opened.get(sessionKey(connection, sessionId));
    return entry && handleOf(entry);
  }

  /** Whether the panel of a session can be seen. */
  isInView(connection: Connection, sessionId: string): boolean {
    return this.opened.get(sessionKey(connection, sessionId))?.panel.visible === true;
  }

  /**
   * Brings a session's panel to the front; it is there before its content is.
   * Throws an ApiError for an id that no request may carry.
   */
  open(connection: Connection, sessionId: string, options: OpenOptions = {}): void {
    checkId(sessionId);
    const existing = this.opened.get(sessionKey(connection, sessionId));
    if (existing !== undefined) {
      existing.panel.reveal(
        options.toSide === true ? vscode.ViewColumn.Beside : undefined,
        options.preserveFocus,
      );
    } else {
      const panel = vscode.window.createWebviewPanel(
        panels.session,
        visible(options.title ?? sessionId, 60),
        {
          viewColumn: options.toSide === true ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
          preserveFocus: options.preserveFocus ?? false,
        },
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
  takeBack(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = asObject(state);
    const sessionId = asText(field(kept, 'sessionId'));
    const connectionId = asText(field(kept, 'connectionId')) ?? '';
    const origin = asText(field(kept, 'origin')) ?? '';
    const connection = this.shell.connections.byId(connectionId);
    const title =
      asText(field(kept, 'title'))?.slice(0, MAX_KEPT_TITLE) ?? titleInTab(panel.title) ?? sessionId ?? '';
    panel.webview.options = pageOptions(this.shell.extensionUri);
    if (sessionId === undefined || !isId(sessionId) || !leadsTo(connection, origin)) {
      this.keepLost(panel, { connectionId, origin, sessionId: sessionId ?? '', title });
    } else if (this.opened.has(sessionKey(connection, sessionId))) {
      panel.dispose(); // opened anew before the editor got to this one
    } else {
      this.adopt(panel, connection, sessionId, title);
    }
  }

  /** Closes all panels, and answers how many there were. */
  closeAll(): number {
    const all = [...this.opened.values(), ...this.lost];
    for (const { panel } of all) {
      panel.dispose();
    }
    return all.length;
  }

  dispose(): void {
    for (const { panel } of [...this.opened.values(), ...this.lost]) {
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
    panel.iconPath = tabIcon(undefined, this.shell.extensionUri);
    const lease = this.feeds.acquire(connection, sessionId);
    const page = new PageSession({
      shell: this.shell,
      connection,
      sessionId,
      lease,
      bodies: this.bodies,
      editors: this.editors,
      webview: panel.webview,
      knownTitle: title === sessionId ? undefined : title,
      onHeader: (header) => this.label(key, header),
      close: () => {
        panel.dispose();
      },
    });
    this.opened.set(key, { panel, page, lease, connection, sessionId, header: undefined });
    this.noteVisit(key, panel);
    panel.onDidChangeViewState(() => {
      this.noteVisit(key, panel);
      lease.setVisible(panel.visible);
      if (!panel.visible) {
        this.shell.attention.release(connection, sessionId);
        page.hide();
      }
    });
    panel.onDidDispose(() => {
      this.opened.delete(key);
      this.visited.delete(key);
      page.dispose();
      lease.dispose();
      this.shell.attention.release(connection, sessionId);
      if (connection.id !== this.shell.connections.active.id) {
        this.shell.attention.forget(connection, sessionId); // no list that is shown would ever say more
      }
      this.labelAll();
    });
    panel.webview.html = pageHtml(panel.webview, this.shell.extensionUri, vscode.env.language);
    lease.setVisible(panel.visible);
  }

  private noteVisit(key: string, panel: vscode.WebviewPanel): void {
    if (panel.active) {
      this.visited.delete(key);
      this.visited.add(key);
    }
  }

  /** The tab says what the session is called, where it is, and whether it works or waits. */
  private label(key: string, header: SessionHeader): void {
    const entry = this.opened.get(key);
    if (entry === undefined) {
      return;
    }
    const before = entry.header;
    entry.header = header;
    this.tellOthers(entry, header);
    if (before?.title !== header.title) {
      this.labelAll();
    } else if (
      before.activity !== header.activity ||
      before.failed !== header.failed ||
      before.connection !== header.connection
    ) {
      this.draw(entry);
    }
  }

  /** What is seen here counts for the rows, the badge and the status bar, unless it is only being read. */
  private tellOthers({ connection, sessionId, lease, panel }: OpenPanel, header: SessionHeader): void {
    const { state } = lease.feed.status;
    const isLive = () => panel.visible && isFollowing(lease.feed.status.state);
    const isTold = isFollowing(state) || state.kind === 'ended';
    const activity = activityOf(header);
    if (isTold && activity !== 'unknown') {
      this.shell.attention.note({
        connection,
        sessionId,
        title: header.title === sessionId ? undefined : header.title,
        activity,
        waiting: activity === 'needsYou' ? header.pending.length : 0,
        isLive,
      });
    }
  }

  /** A title that came or went can make others unclear, or clear. */
  private labelAll(): void {
    for (const entry of this.opened.values()) {
      this.draw(entry);
    }
  }

  private draw({ panel, header }: OpenPanel): void {
    if (header === undefined) {
      return;
    }
    const sameTitle = [...this.opened.values()].filter((other) => other.header?.title === header.title);
    const text = tabTitle(header, sameTitle.length > 1 && header.title !== header.sessionId, this.shell.l10n);
    if (panel.title !== text) {
      panel.title = text;
    }
    panel.iconPath = tabIcon(header, this.shell.extensionUri);
  }

  // ---- panels without a connection ----

  private keepLost(panel: vscode.WebviewPanel, kept: Omit<LostEntry, 'panel' | 'content'>): void {
    const content = new LostPanel({ shell: this.shell, panel, ...kept });
    const entry = { panel, content, ...kept };
    this.lost.add(entry);
    panel.iconPath = lostIcon(this.shell.extensionUri);
    panel.onDidDispose(() => {
      this.lost.delete(entry);
      content.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, this.shell.extensionUri, vscode.env.language);
  }

  /** A connection that is there again brings its sessions back; a sandbox begins anew and has none of them. */
  private findLost(): void {
    for (const entry of [...this.lost]) {
      const { panel, content, connectionId, origin, sessionId, title } = entry;
      const connection = connectionId === SANDBOX_ID ? undefined : this.shell.connections.byId(connectionId);
      if (leadsTo(connection, origin) && isId(sessionId)) {
        this.lost.delete(entry);
        content.dispose();
        this.adopt(panel, connection, sessionId, title);
      }
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

function isFollowing({ kind }: FeedState): boolean {
  return kind === 'live' || kind === 'polling';
}

function activityOf({ activity, failed }: SessionHeader): Activity {
  switch (activity) {
    case 'running':
    case 'stopping':
    case 'rescheduling':
      return 'running';
    case 'idle':
      return failed ? 'failed' : 'idle';
    case 'needsYou':
    case 'ended':
    case 'unknown':
      return activity;
    default:
      return assertNever(activity);
  }
}

function handleOf(entry: OpenPanel): SessionPanelHandle {
  const { connection, sessionId, header, page, panel } = entry;
  return { connection, sessionId, header, page, show: () => panel.reveal() };
}

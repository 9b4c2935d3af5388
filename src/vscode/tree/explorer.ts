import * as vscode from 'vscode';
import { isLoopbackOrigin } from '../../api/connection.ts';
import { badgeText } from '../../text/attentionText.ts';
import { placeName } from '../../text/placeName.ts';
import { DisposableStore } from '../../util/disposable.ts';
import { isFiltered } from '../../browse/browseState.ts';
import { filterChip } from '../../browse/filterChip.ts';
import { contextKeys, views } from '../ids.ts';
import type { BrowseStates } from '../services/browseStates.ts';
import type { Changes, KeyPresence, Shell } from '../shell.ts';
import { ConnectionRoots } from './connectionRoots.ts';
import type { ExplorerView } from './explorerView.ts';
import { LiveSessions } from './liveSessions.ts';
import type { TreeNode } from './treeNode.ts';
import { viewState, type ViewState } from './viewState.ts';

/** What the explorer needs; the shell itself is built with the explorer inside. */
export type ExplorerServices = Pick<
  Shell,
  'connections' | 'clients' | 'keys' | 'auth' | 'l10n' | 'clock' | 'log' | 'attention' | 'offers'
> & { readonly browse: BrowseStates; readonly view: Pick<ExplorerView, 'view' | 'redraw'> };

/**
 * The tree: the three lists of the active connection. Nothing is asked of a server, and no key is read,
 * before the editor asks for rows, which it does when the view is first seen.
 */
export class Explorer implements Changes, vscode.Disposable {
  private readonly services: ExplorerServices;
  private readonly disposables = new DisposableStore();
  private readonly stateChanged = this.disposables.add(new vscode.EventEmitter<ViewState>());
  private readonly view: vscode.TreeView<TreeNode>;
  private roots: ConnectionRoots;
  private live: LiveSessions;
  private presence: KeyPresence | undefined;
  private state: ViewState = 'starting';
  /** Sessions changed on the server while nobody could see them. */
  private isStale = false;

  /** The view as a whole has something else to say. */
  readonly onDidChangeState = this.stateChanged.event;

  constructor(services: ExplorerServices) {
    this.services = services;
    this.roots = this.makeRoots();
    this.live = new LiveSessions(this.roots, services.attention);
    this.view = services.view.view;
    const { connections, keys, auth } = services;
    this.disposables.add(connections.onDidChange(() => this.onConnectionsChanged()));
    this.disposables.add(
      keys.onDidChange(({ connectionId, origin }) => {
        const { connection } = this.roots.scope;
        if (connectionId === connection.id && origin === connection.origin) {
          this.startOver();
        }
      }),
    );
    this.disposables.add(
      auth.onDidChange((connection) => {
        if (connection.id === this.roots.scope.connection.id) {
          this.update();
        }
      }),
    );
    this.disposables.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.isStale) {
          this.refresh(this.roots.scope.connection.id);
        }
        this.noteSeen();
      }),
    );
    this.disposables.add(vscode.window.onDidChangeWindowState(() => this.noteSeen()));
    this.disposables.add(services.attention.onDidChange(() => this.drawBadge()));
    this.disposables.add(
      services.offers.onDidChange((connection) => {
        if (connection.id === this.roots.scope.connection.id) {
          this.services.view.redraw(undefined);
        }
      }),
    );
    this.disposables.add(
      services.browse.onDidChange(({ connection, before, now }) => {
        if (connection.id === this.roots.scope.connection.id) {
          this.roots.browseChanged(before, now);
          this.describeView();
        }
      }),
    );
    this.update();
    this.describeView();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return [...(node === undefined ? await this.rootRows() : await node.getChildren())];
  }

  /** What the view says as a whole. */
  get viewState(): ViewState {
    return this.state;
  }

  /** What stands above the rows. */
  get message(): string {
    return this.view.message ?? '';
  }

  /** The rows that are selected. */
  get selection(): readonly TreeNode[] {
    return this.view.selection;
  }

  /** The lists of the active connection, for commands that offer what is already known. */
  get lists(): ConnectionRoots {
    return this.roots;
  }

  /** Sessions of a connection changed. A hidden view asks nothing and catches up when it is seen. */
  refresh(connectionId: string): void {
    if (connectionId !== this.roots.scope.connection.id || !this.roots.sessions.pager.isLoaded) {
      return;
    }
    this.isStale = !this.view.visible;
    if (this.view.visible) {
      void this.roots.sessions.pager.refresh();
    }
  }

  /** Reads everything again that is shown; with nothing shown, starts over. */
  async refreshAll(): Promise<void> {
    if (this.state === 'rows') {
      await this.inView(() => this.roots.refresh());
    } else {
      await this.inView(() => this.beginAgain());
    }
  }

  /** What was remembered is deleted: what is shown is read anew. */
  forgetAll(): void {
    this.services.browse.forget();
    this.startOver();
  }

  /** Runs something with the view's own progress bar. */
  async inView<T>(task: () => Promise<T>): Promise<T> {
    return await vscode.window.withProgress({ location: { viewId: views.explorer } }, task);
  }

  /** When the list of sessions is read next by itself, in epoch milliseconds; undefined where nothing is planned. */
  get nextPollAt(): number | undefined {
    return this.live.nextPollAt;
  }

  dispose(): void {
    this.live.dispose();
    this.roots.dispose();
    this.disposables.dispose();
  }

  private makeRoots(): ConnectionRoots {
    const { connections, clients, l10n, clock, attention, offers } = this.services;
    const connection = connections.active;
    const roots: ConnectionRoots = new ConnectionRoots(
      {
        connection,
        client: clients.for(connection),
        l10n,
        clock,
        locale: vscode.env.language,
        seen: (sessionId) => attention.of(connection, sessionId),
        browse: this.services.browse.for(connection),
        offers: (operation) => offers.of(connection, operation),
        noteOffer: (operation, presence) => offers.note(connection, operation, presence),
        changed: (node) => this.services.view.redraw(node),
      },
      () => {
        if (roots === this.roots) {
          this.update();
          void roots.lookFurtherIfEmpty();
        }
      },
    );
    return roots;
  }

  private async rootRows(): Promise<readonly TreeNode[]> {
    const { roots } = this;
    const presence = await this.services.keys.presence(roots.scope.connection);
    if (roots !== this.roots) {
      return []; // another connection was chosen meanwhile, and has announced itself
    }
    this.presence = presence;
    this.update({ quietly: true });
    return this.state === 'rows' ? roots.all : [];
  }

  private onConnectionsChanged(): void {
    const { connections } = this.services;
    const now = connections.active;
    const then = this.roots.scope.connection;
    if (JSON.stringify(now) !== JSON.stringify(then)) {
      this.startOver();
    }
    this.describeView();
  }

  /** Forgets what was shown, and begins as if the view were new. */
  private startOver(): void {
    const { attention, connections } = this.services;
    const { active } = connections;
    this.live.dispose();
    this.roots.dispose();
    this.roots = this.makeRoots();
    this.live = new LiveSessions(this.roots, attention);
    attention.keepOnly(
      ({ id, origin, prefix }) => id === active.id && origin === active.origin && prefix === active.prefix,
    );
    this.presence = undefined;
    this.isStale = false;
    this.update({ quietly: true });
    this.services.view.redraw(undefined);
  }

  private async beginAgain(): Promise<void> {
    this.startOver();
    const { roots } = this;
    this.presence = await this.services.keys.presence(roots.scope.connection);
    if (this.presence === 'present') {
      await roots.sessions.pager.first();
      await roots.lookFurtherIfEmpty();
    }
    this.update();
  }

  /** Works out the view's state anew. A change redraws the roots, unless the editor is asking for them now. */
  private update(options: { readonly quietly?: boolean } = {}): void {
    const { scope } = this.roots;
    const auth = this.services.auth.of(scope.connection);
    const state = viewState(this.presence, auth, this.roots.facts());
    const wasDifferent = state !== this.state;
    this.state = state;
    setContext(contextKeys.viewState, state);
    setContext(contextKeys.hasKey, this.presence === 'present');
    this.noteSeen();
    if (wasDifferent) {
      this.stateChanged.fire(state);
      this.describeView();
      if (options.quietly !== true) {
        this.services.view.redraw(undefined);
      }
    } else {
      this.drawMessage();
    }
  }

  /** Rows keep themselves up to date only where somebody can see them. */
  private noteSeen(): void {
    const isShown = this.view.visible && vscode.window.state.focused;
    const hasRows = this.state === 'rows' || this.state === 'empty';
    this.live.setSeen(isShown && hasRows && this.roots.sessions.pager.isLoaded);
  }

  private drawBadge(): void {
    const { attention, l10n } = this.services;
    const { needsYou } = attention.counts();
    if (needsYou !== (this.view.badge?.value ?? 0)) {
      this.view.badge = needsYou === 0 ? undefined : { value: needsYou, tooltip: badgeText(needsYou, l10n) };
    }
  }

  /** Says where the view is: production and a sandbox must not look alike. */
  private describeView(): void {
    const { l10n, connections } = this.services;
    const { connection } = this.roots.scope;
    setContext(contextKeys.sandboxRunning, connections.sandbox !== undefined);
    // Alone in its container the view's header shows the title, and no description.
    this.view.title = placeName(connection, connection.readOnly === true, l10n);
    setContext(contextKeys.readOnly, connection.readOnly === true);
    this.view.description = l10n.t('Managed Agents');
    this.drawMessage();
  }

  /** What is filtered stands first; a message would hide the welcome text. */
  private drawMessage(): void {
    const { scope, sessions } = this.roots;
    const { browse } = scope;
    const chip = filterChip(browse.state, sessions.byServer, this.services.l10n, sessions.unclear);
    setContext(contextKeys.filtered, isFiltered(browse.state));
    const message =
      this.state === 'rows' ? [chip, this.whereText()].filter((text) => text !== '').join(' ') : '';
    if (message !== this.view.message) {
      this.view.message = message;
    }
  }

  private whereText(): string {
    const { l10n, connections } = this.services;
    const { connection } = this.roots.scope;
    if (connection.readOnly === true) {
      return l10n.t('Read-only: nothing on {origin} is changed from here.', { origin: connection.origin });
    }
    if (connections.sandbox?.id === connection.id) {
      return l10n.t('Local sandbox: a scripted agent answers, not a model. All of it ends with this window.');
    }
    return isLoopbackOrigin(connection.origin)
      ? l10n.t('A server on this machine: {origin}', { origin: connection.origin })
      : '';
  }
}

function setContext(key: string, value: string | boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

import type { Session } from '../../../api/resources/session.ts';
import { groupSessions, sortSessions } from '../../../browse/arrangeSessions.ts';
import type { BrowseState } from '../../../browse/browseState.ts';
import { FilteredSessions } from '../../../browse/filteredSessions.ts';
import { PinnedSessions } from '../../../browse/pinnedSessions.ts';
import { withSeenStatus } from '../../../browse/seenStatus.ts';
import { type FilterPart, partsOf } from '../../../browse/sessionFilter.ts';
import { shownActivity } from '../../../browse/shownActivity.ts';
import { commands } from '../../ids.ts';
import { groupIcon, groupText, type Names } from '../groupText.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { ListNode, PAGE_SIZE } from './listNode.ts';
import { MessageNode } from './messageNode.ts';
import { SessionGroupNode } from './sessionGroupNode.ts';
import { SessionNode } from './sessionNode.ts';

/**
 * The root of the sessions, the newest first as the server gives them, unless they are filtered, sorted or grouped.
 * Pinned ones stand on top. Open from the start: they are the work.
 */
export class SessionsNode extends ListNode<Session> {
  private readonly source: FilteredSessions;
  private readonly pins: PinnedSessions;
  private readonly names: Names;
  private groups = new Map<string, SessionGroupNode>();
  private triedPins = '';

  constructor(scope: TreeScope, names: Names) {
    const source = new FilteredSessions({
      list: (options) => scope.client.listSessions(options),
      filter: () => scope.browse.state.sessions,
      refusals: scope.browse.refusals,
      clock: scope.clock,
      limit: PAGE_SIZE,
    });
    super(scope, {
      kind: 'sessions',
      label: scope.l10n.t('Sessions'),
      icon: 'comment-discussion',
      expanded: true,
      fetchPage: (cursor) => source.fetch(cursor),
      empty: { label: scope.l10n.t('No sessions yet. Create one'), command: commands.createSession },
    });
    this.source = source;
    this.names = names;
    this.pins = new PinnedSessions({
      ids: () => scope.browse.state.pins,
      get: (id) => scope.client.getSession(id),
      unpin: (ids) => {
        scope.browse.change({ pins: scope.browse.state.pins.filter((id) => !ids.includes(id)) });
      },
    });
  }

  /** The parts of the filter that the server takes; undefined before it has answered. */
  get byServer(): ReadonlySet<FilterPart> | undefined {
    return this.pager.isLoaded ? this.source.byServer : undefined;
  }

  /** Whether the filter leaves sessions out. */
  get isNarrowed(): boolean {
    return partsOf(this.scope.browse.state.sessions).some((part) => part !== 'archived');
  }

  /** How many of those read are left out because all that the server says is that they are alive. */
  get unclear(): number {
    return this.pager.items.filter((session) => this.source.isUnclear(this.asShown(session))).length;
  }

  private passes(session: Session): boolean {
    return this.source.passes(this.asShown(session));
  }

  private asShown(session: Session): Session {
    return withSeenStatus(session, shownActivity(session, this.scope.seen(session.id)));
  }

  /** The lists are to be looked at in another way. Only another filter asks the server again. */
  browseChanged(before: BrowseState, now: BrowseState): void {
    if (JSON.stringify(before.sessions) !== JSON.stringify(now.sessions)) {
      this.source.reset();
      this.pager.reset();
    } else if (this.pager.isLoaded) {
      this.scope.changed(this);
    }
  }

  /** Pinned sessions that the list has not come to are read again when they are shown next. */
  forgetPins(): void {
    this.pins.forget();
    this.triedPins = '';
  }

  protected override makeRow(session: Session, parent: TreeNode): SessionNode {
    return new SessionNode(this.scope, parent, session);
  }

  protected override arrange(items: readonly Session[]): readonly TreeNode[] {
    const { state } = this.scope.browse;
    const listed = new Map(items.map((session) => [session.id, session]));
    const groupsBefore = this.groups;
    this.groups = new Map();
    const group = (key: string) => {
      const node = groupsBefore.get(key) ?? new SessionGroupNode(this, key, this.scope.l10n);
      this.groups.set(key, node);
      return node;
    };
    const passing = items.filter((session) => this.passes(session));
    const top = this.pinnedRows(listed, group);
    const pinned = new Set(state.pins);
    const rest = sortSessions(
      passing.filter(({ id }) => !pinned.has(id)),
      state.sortBy,
    );
    return [...top, ...this.groupedRows(rest, state, group)];
  }

  protected override redraw(ids: readonly string[]): void {
    const { groupBy, sortBy, sessions } = this.scope.browse.state;
    // What changed may belong elsewhere now.
    if (groupBy === 'status' || sortBy !== 'created' || sessions.statuses.length > 0) {
      this.scope.changed(this);
    } else {
      super.redraw(ids);
    }
  }

  protected override count(): string {
    const all = super.count();
    const shown = this.pager.items.filter((session) => this.passes(session)).length;
    return all === '' || !this.isNarrowed || shown === this.pager.items.length
      ? all
      : this.scope.l10n.t('{count} of {all}', { count: shown, all });
  }

  protected override emptyRow(): TreeNode {
    const { l10n } = this.scope;
    const read = this.pager.items.length;
    if (!this.isNarrowed) {
      return super.emptyRow();
    }
    const label = this.pager.hasMore
      ? l10n.t('None of the {count} read so far; read more', { count: read })
      : l10n.t('No session passes the filter. Clear the filter');
    return new MessageNode(this, {
      key: 'none',
      label,
      icon: 'filter',
      contextValue: 'none',
      command: this.pager.hasMore
        ? { title: l10n.t('Load more'), command: commands.loadMore, withSelf: true }
        : { title: l10n.t('Clear Filters'), command: commands.clearFilters, withSelf: false },
    });
  }

  private pinnedRows(
    listed: ReadonlyMap<string, Session>,
    group: (key: string) => SessionGroupNode,
  ): readonly TreeNode[] {
    const { browse, l10n } = this.scope;
    const { pins } = browse.state;
    const notes = this.pinNotes();
    if (pins.length === 0) {
      return notes;
    }
    const node = group('pinned');
    const rows = this.pins.sessions(listed).map((session) => this.rowFor(session, node));
    node.fill({ label: l10n.t('Pinned'), icon: 'pinned', count: pins.length }, rows);
    this.readPins(listed);
    return [...notes, node];
  }

  /** Reads the pinned sessions that the list has not come to, once for the same pins. */
  private readPins(listed: ReadonlyMap<string, Session>): void {
    const { pins } = this.scope.browse.state;
    const missing = pins.filter((id) => !listed.has(id)).join();
    if (missing === '' || missing === this.triedPins) {
      return;
    }
    this.triedPins = missing;
    void this.pins.complete(listed).then(() => this.scope.changed(this));
  }

  private pinNotes(): readonly TreeNode[] {
    const { l10n } = this.scope;
    const { dropped, error } = this.pins;
    const notes: TreeNode[] = [];
    if (dropped > 0) {
      notes.push(
        new MessageNode(this, {
          key: 'unpinned',
          label: l10n.t('Unpinned, since they no longer exist: {count}', { count: dropped }),
          icon: 'info',
          contextValue: 'message',
        }),
      );
    }
    if (error !== undefined) {
      notes.push(this.failureRow('pins', l10n.t('Pinned sessions could not all be read'), error));
    }
    return notes;
  }

  private groupedRows(
    sessions: readonly Session[],
    { groupBy, sortBy }: BrowseState,
    group: (key: string) => SessionGroupNode,
  ): readonly TreeNode[] {
    if (groupBy === 'none') {
      return sessions.map((session) => this.rowFor(session, this));
    }
    const names = this.namesOf(sessions);
    const { l10n, clock } = this.scope;
    const nameOf = (key: string) => groupText(groupBy, key, names, l10n);
    const arranged = groupSessions(sessions, { groupBy, sortBy, now: clock.now(), nameOf });
    return arranged.map(({ key, sessions: members }) => {
      const node = group(`${groupBy}/${key}`);
      const rows = members.map((session) => this.rowFor(session, node));
      node.fill({ label: nameOf(key), icon: groupIcon(groupBy), count: rows.length }, rows);
      return node;
    });
  }

  /** Anthropic's sessions name their agents; where they do not, the list of agents may. */
  private namesOf(sessions: readonly Session[]): Names {
    const agents = new Map(sessions.map(({ agent }) => [agent.id, agent.name]));
    return {
      agent: (id) => agents.get(id) ?? this.names.agent(id),
      environment: (id) => this.names.environment(id),
    };
  }
}

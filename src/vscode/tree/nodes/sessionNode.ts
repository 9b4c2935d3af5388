import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import type { Session } from '../../../api/resources/session.ts';
import { hasBudget } from '../../../edit/budget.ts';
import { shownActivity } from '../../../browse/shownActivity.ts';
import { age, moment } from '../../../text/age.ts';
import { activityText } from '../../../text/attentionText.ts';
import { sessionStatusText } from '../../../text/sessionStatus.ts';
import { visible } from '../../../text/visible.ts';
import { commands } from '../../ids.ts';
import { mayHaveThreads, SessionThreads } from '../sessionThreads.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { ItemNode } from './listNode.ts';
import { activityIcon, sessionIcon } from './sessionIcon.ts';

/** A session: what it is called, what it does, and since when. */
export class SessionNode extends ItemNode<Session> {
  private readonly scope: TreeScope;
  private readonly threads: SessionThreads;
  private current: Session;
  /** What the row said beside its title when it was drawn last. */
  private drawn: string | undefined;

  constructor(scope: TreeScope, parent: TreeNode, session: Session) {
    super(`${parent.id}/${session.id}`, parent);
    this.scope = scope;
    this.current = session;
    this.threads = new SessionThreads(scope, this);
  }

  get connection(): Connection {
    return this.scope.connection;
  }

  get session(): Session {
    return this.current;
  }

  override update(session: Session): void {
    this.current = session;
  }

  /** Whether the row says something else by now than when it was drawn. */
  get isOutdated(): boolean {
    return this.drawn !== undefined && this.drawn !== this.facts().description;
  }

  override toTreeItem(): vscode.TreeItem {
    const { l10n } = this.scope;
    const session = this.current;
    const title = visible(session.title ?? session.id);
    const { activity, status, description } = this.facts();
    this.drawn = description;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(title, mayHaveThreads(this.scope, session) ? Collapsed : None);
    item.id = this.id;
    item.description = description;
    item.iconPath = activity === undefined ? sessionIcon(session) : activityIcon(activity);
    item.tooltip = this.tooltip(title, status);
    const stage = session.archivedAt === undefined ? 'archivable' : 'archived';
    const isPinned = this.scope.browse.state.pins.includes(session.id);
    item.contextValue =
      `session copyable ${stage}${activity === 'needsYou' ? ' needsYou' : ''}${isPinned ? ' pinned' : ''}` +
      (hasBudget(session.raw) ? ' budgeted' : '') +
      (this.scope.offers('GET /files') === 'absent' ? '' : ' outputs') +
      (this.scope.offers('DELETE /sessions/{session_id}') === 'absent' ? '' : ' deletable');
    item.accessibilityInformation = {
      label: l10n.t('Session {title}, {description}', { title, description }),
    };
    item.command = { title: l10n.t('Open Session'), command: commands.openSession, arguments: [this] };
    return item;
  }

  override async getChildren(): Promise<readonly TreeNode[]> {
    return mayHaveThreads(this.scope, this.current) ? await this.threads.of(this.current) : [];
  }

  private facts() {
    const { l10n, clock } = this.scope;
    const session = this.current;
    const activity = shownActivity(session, this.scope.seen(session.id));
    const status = activity === undefined ? sessionStatusText(session, l10n) : activityText(activity, l10n);
    const since = session.updatedAt ?? session.createdAt;
    const description =
      since === undefined
        ? status
        : l10n.t('{status} · {age}', { status, age: age(since, clock.now(), l10n) });
    return { activity, status, description };
  }

  /** Plain text: nothing in it is read as markup. */
  private tooltip(title: string, status: string): string {
    const { l10n, locale } = this.scope;
    const { id, agent, environmentId, createdAt, updatedAt } = this.current;
    const lines = [title, l10n.t('Status: {status}', { status })];
    const agentName = agent.name ?? agent.id;
    if (agentName !== undefined) {
      lines.push(l10n.t('Agent: {name}', { name: visible(agentName) }));
    }
    if (agent.model !== undefined) {
      lines.push(l10n.t('Model: {model}', { model: visible(agent.model) }));
    }
    if (environmentId !== undefined) {
      lines.push(l10n.t('Environment: {name}', { name: visible(environmentId) }));
    }
    if (createdAt !== undefined) {
      lines.push(l10n.t('Created: {time}', { time: moment(createdAt, locale) }));
    }
    if (updatedAt !== undefined) {
      lines.push(l10n.t('Changed: {time}', { time: moment(updatedAt, locale) }));
    }
    lines.push(l10n.t('Id: {id}', { id: visible(id) }));
    return lines.join('\n');
  }
}

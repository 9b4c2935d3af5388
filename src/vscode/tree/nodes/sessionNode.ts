import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import type { Session } from '../../../api/resources/session.ts';
import { age, moment } from '../../../text/age.ts';
import { sessionStatusText } from '../../../text/sessionStatus.ts';
import { visible } from '../../../text/visible.ts';
import { commands } from '../../ids.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { ItemNode } from './listNode.ts';
import { sessionIcon, waitingIcon } from './sessionIcon.ts';

/** A session: what it is called, what it does, and since when. */
export class SessionNode extends ItemNode<Session> {
  private readonly scope: TreeScope;
  private current: Session;

  constructor(scope: TreeScope, parent: TreeNode, session: Session) {
    super(`${parent.id}/${session.id}`, parent);
    this.scope = scope;
    this.current = session;
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

  override toTreeItem(): vscode.TreeItem {
    const { l10n, clock } = this.scope;
    const session = this.current;
    const title = visible(session.title ?? session.id);
    const isWaiting = this.isWaiting();
    const status = isWaiting ? l10n.t('needs you') : sessionStatusText(session, l10n);
    const since = session.updatedAt ?? session.createdAt;
    const description =
      since === undefined
        ? status
        : l10n.t('{status} · {age}', { status, age: age(since, clock.now(), l10n) });
    const item = new vscode.TreeItem(title);
    item.id = this.id;
    item.description = description;
    item.iconPath = isWaiting ? waitingIcon() : sessionIcon(session);
    item.tooltip = this.tooltip(title, status);
    const stage = session.archivedAt === undefined ? 'archivable' : 'archived';
    item.contextValue = `session copyable ${stage}${isWaiting ? ' needsYou' : ''}`;
    item.accessibilityInformation = {
      label: l10n.t('Session {title}, {description}', { title, description }),
    };
    item.command = { title: l10n.t('Open Session'), command: commands.openSession, arguments: [this] };
    return item;
  }

  /** What was seen last counts until the server says that the session works or has ended. */
  private isWaiting(): boolean {
    const { id, status, archivedAt } = this.current;
    const mayWait = archivedAt === undefined && status !== 'running' && status !== 'terminated';
    return mayWait && this.scope.waitingCalls(id) > 0;
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

import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import type { Agent } from '../../../api/resources/agent.ts';
import { moment } from '../../../text/age.ts';
import { visible } from '../../../text/visible.ts';
import { commands } from '../../ids.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { ItemNode } from './listNode.ts';

/** An agent: its name and its model. */
export class AgentNode extends ItemNode<Agent> {
  private readonly scope: TreeScope;
  private current: Agent;

  constructor(scope: TreeScope, parent: TreeNode, agent: Agent) {
    super(`${parent.id}/${agent.id}`, parent);
    this.scope = scope;
    this.current = agent;
  }

  get connection(): Connection {
    return this.scope.connection;
  }

  get agent(): Agent {
    return this.current;
  }

  override update(agent: Agent): void {
    this.current = agent;
  }

  override toTreeItem(): vscode.TreeItem {
    const { l10n } = this.scope;
    const agent = this.current;
    const name = visible(agent.name);
    const model = agent.model === undefined ? '' : visible(agent.model, 60);
    const item = new vscode.TreeItem(name);
    item.id = this.id;
    const archived = agent.archivedAt === undefined ? '' : l10n.t('archived');
    item.description = [archived, model].filter((part) => part !== '').join(' · ');
    item.iconPath = new vscode.ThemeIcon(agent.archivedAt === undefined ? 'hubot' : 'archive');
    item.tooltip = this.tooltip(name);
    item.contextValue =
      `agent copyable ${agent.archivedAt === undefined ? 'archivable' : 'archived'}` +
      (this.scope.offers('GET /agents/{agent_id}/versions') === 'absent' ? '' : ' versioned');
    item.accessibilityInformation = {
      label:
        model === ''
          ? l10n.t('Agent {name}', { name })
          : l10n.t('Agent {name}, model {model}', { name, model }),
    };
    item.command = { title: l10n.t('Show Details'), command: commands.showDetails, arguments: [this] };
    return item;
  }

  private tooltip(name: string): string {
    const { l10n, locale } = this.scope;
    const { id, description, model, version, tools, createdAt } = this.current;
    const lines = [name];
    if (description !== undefined) {
      lines.push(visible(description));
    }
    if (model !== undefined) {
      lines.push(l10n.t('Model: {model}', { model: visible(model) }));
    }
    if (tools.length > 0) {
      lines.push(l10n.t('Tools: {tools}', { tools: visible(tools.join(', ')) }));
    }
    if (version !== undefined) {
      lines.push(l10n.t('Version: {version}', { version: visible(version) }));
    }
    if (createdAt !== undefined) {
      lines.push(l10n.t('Created: {time}', { time: moment(createdAt, locale) }));
    }
    lines.push(l10n.t('Id: {id}', { id: visible(id) }));
    return lines.join('\n');
  }
}

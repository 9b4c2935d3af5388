import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import type { Environment } from '../../../api/resources/environment.ts';
import { moment } from '../../../text/age.ts';
import { visible } from '../../../text/visible.ts';
import { commands } from '../../ids.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { ItemNode } from './listNode.ts';

/** An environment: its name, and what of the network it may reach. */
export class EnvironmentNode extends ItemNode<Environment> {
  private readonly scope: TreeScope;
  private current: Environment;

  constructor(scope: TreeScope, parent: TreeNode, environment: Environment) {
    super(`${parent.id}/${environment.id}`, parent);
    this.scope = scope;
    this.current = environment;
  }

  get connection(): Connection {
    return this.scope.connection;
  }

  get environment(): Environment {
    return this.current;
  }

  override update(environment: Environment): void {
    this.current = environment;
  }

  override toTreeItem(): vscode.TreeItem {
    const { l10n } = this.scope;
    const environment = this.current;
    const name = visible(environment.name);
    const networking = this.networking();
    const item = new vscode.TreeItem(name);
    item.id = this.id;
    const archived = environment.archivedAt === undefined ? '' : l10n.t('archived');
    item.description = [archived, networking].filter((part) => part !== '').join(' · ');
    item.iconPath = new vscode.ThemeIcon(
      environment.archivedAt === undefined ? 'server-environment' : 'archive',
    );
    item.tooltip = this.tooltip(name, networking);
    item.contextValue =
      `environment copyable ${environment.archivedAt === undefined ? 'archivable' : 'archived'}` +
      (this.scope.offers('DELETE /environments/{environment_id}') === 'absent' ? '' : ' deletable');
    item.accessibilityInformation = {
      label:
        networking === ''
          ? l10n.t('Environment {name}', { name })
          : l10n.t('Environment {name}, {networking}', { name, networking }),
    };
    item.command = { title: l10n.t('Show Details'), command: commands.showDetails, arguments: [this] };
    return item;
  }

  private networking(): string {
    const { l10n } = this.scope;
    const { networking, kind } = this.current;
    switch (networking ?? kind) {
      case 'unrestricted':
        return l10n.t('open network');
      case 'limited':
        return l10n.t('limited network');
      case 'self_hosted':
        return l10n.t('self-hosted');
      case undefined:
      default:
        return visible(networking ?? kind ?? '', 40);
    }
  }

  private tooltip(name: string, networking: string): string {
    const { l10n, locale } = this.scope;
    const { id, description, createdAt } = this.current;
    const lines = [name];
    if (description !== undefined) {
      lines.push(visible(description));
    }
    if (networking !== '') {
      lines.push(l10n.t('Network: {networking}', { networking }));
    }
    if (createdAt !== undefined) {
      lines.push(l10n.t('Created: {time}', { time: moment(createdAt, locale) }));
    }
    lines.push(l10n.t('Id: {id}', { id: visible(id) }));
    return lines.join('\n');
  }
}

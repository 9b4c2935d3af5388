import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { visible } from '../../../text/visible.ts';
import { asObject, asText, field, type JsonObject } from '../../../util/json.ts';
import { commands } from '../../ids.ts';
import { TreeNode, type TreeScope } from '../treeNode.ts';

/** A thread of a session: one agent's part of the work. */
export class ThreadNode extends TreeNode {
  readonly sessionId: string;
  readonly threadId: string;
  private readonly scope: TreeScope;
  private readonly raw: JsonObject;

  constructor(
    scope: TreeScope,
    parent: TreeNode,
    place: { readonly sessionId: string; readonly threadId: string; readonly raw: JsonObject },
  ) {
    super(`${parent.id}/${place.threadId}`, parent);
    this.scope = scope;
    this.sessionId = place.sessionId;
    this.threadId = place.threadId;
    this.raw = place.raw;
  }

  get connection(): Connection {
    return this.scope.connection;
  }

  override toTreeItem(): vscode.TreeItem {
    const { l10n } = this.scope;
    const agent = asText(field(asObject(field(this.raw, 'agent')), 'name'));
    const isPrimary = asText(field(this.raw, 'parent_thread_id')) === undefined;
    const name = agent ?? this.threadId;
    const label = isPrimary
      ? l10n.t('Main thread: {name}', { name: visible(name) })
      : l10n.t('Thread: {name}', { name: visible(name) });
    const status = visible(asText(field(this.raw, 'status')) ?? '', 40);
    const item = new vscode.TreeItem(label);
    item.id = this.id;
    item.description = status;
    item.iconPath = new vscode.ThemeIcon(isPrimary ? 'comment' : 'git-branch');
    item.contextValue = 'thread';
    item.tooltip = l10n.t('Id: {id}', { id: visible(this.threadId) });
    item.accessibilityInformation = { label: status === '' ? label : `${label}, ${status}` };
    item.command = { title: l10n.t('Open Thread'), command: commands.openThread, arguments: [this] };
    return item;
  }
}

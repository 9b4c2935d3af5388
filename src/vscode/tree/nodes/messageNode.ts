import * as vscode from 'vscode';
import { TreeNode } from '../treeNode.ts';

export interface MessageOptions {
  /** Makes the id unique among the siblings. */
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly command?: { readonly title: string; readonly command: string; readonly withSelf: boolean };
}

/** A row that says something instead of being something: an empty list, an error. */
export class MessageNode extends TreeNode {
  private readonly options: MessageOptions;

  constructor(parent: TreeNode, options: MessageOptions) {
    super(`${parent.id}/~${options.key}`, parent);
    this.options = options;
  }

  override toTreeItem(): vscode.TreeItem {
    const { label, description, tooltip, icon, contextValue, command } = this.options;
    const item = new vscode.TreeItem(label);
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = contextValue;
    item.tooltip = tooltip ?? label;
    item.accessibilityInformation = { label: description === undefined ? label : `${label} ${description}` };
    if (description !== undefined) {
      item.description = description;
    }
    if (command !== undefined) {
      item.command = {
        title: command.title,
        command: command.command,
        arguments: command.withSelf ? [this] : [],
      };
    }
    return item;
  }
}

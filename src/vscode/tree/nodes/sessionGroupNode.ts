import * as vscode from 'vscode';
import type { L10n } from '../../../l10n.ts';
import { TreeNode } from '../treeNode.ts';

interface GroupFacts {
  readonly label: string;
  readonly icon: string;
  readonly count: number;
  readonly tooltip?: string;
}

/** A heading with the sessions that belong together. */
export class SessionGroupNode extends TreeNode {
  private readonly l10n: L10n;
  private facts: GroupFacts = { label: '', icon: 'folder', count: 0 };
  private rows: readonly TreeNode[] = [];

  /** @param key stable and unique among the groups: what is grouped by, and the id of the group. */
  constructor(parent: TreeNode, key: string, l10n: L10n) {
    super(`${parent.id}/~group/${key}`, parent);
    this.l10n = l10n;
  }

  fill(facts: GroupFacts, rows: readonly TreeNode[]): void {
    this.facts = facts;
    this.rows = rows;
  }

  override toTreeItem(): vscode.TreeItem {
    const { label, icon, count, tooltip } = this.facts;
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.description = String(count);
    item.tooltip = tooltip ?? label;
    item.contextValue = 'group';
    item.accessibilityInformation = {
      label:
        count === 1
          ? this.l10n.t('{group}, 1 session', { group: label })
          : this.l10n.t('{group}, {count} sessions', { group: label, count }),
    };
    return item;
  }

  override getChildren(): Promise<readonly TreeNode[]> {
    return Promise.resolve(this.rows);
  }
}

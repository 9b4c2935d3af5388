import * as vscode from 'vscode';
import { views } from '../ids.ts';
import type { TreeNode } from './treeNode.ts';

/** What the view asks for rows. */
interface Rows {
  getChildren(node?: TreeNode): Promise<TreeNode[]>;
}

/** The view as the editor knows it from the start. What fills it is loaded when the editor first asks for rows. */
export class ExplorerView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly load: () => Promise<Rows>;
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<TreeNode>;

  constructor(load: () => Promise<Rows>) {
    this.load = load;
    this.view = vscode.window.createTreeView(views.explorer, { treeDataProvider: this, canSelectMany: true });
  }

  /** Draws a row and what is below it anew; without one, everything. */
  redraw(node: TreeNode | undefined): void {
    this.changed.fire(node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const rows = await this.rows();
    return rows === undefined ? [] : await rows.getChildren(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.toTreeItem();
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  /** Whoever loads the rows says why that failed; here it must not look like emptiness. */
  private async rows(): Promise<Rows | undefined> {
    try {
      return await this.load();
    } catch {
      this.view.message = vscode.l10n.t('Managed Agents could not start. Reload the window to try again.');
      return undefined;
    }
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

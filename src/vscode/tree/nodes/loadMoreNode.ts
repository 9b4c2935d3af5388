import * as vscode from 'vscode';
import type { L10n } from '../../../l10n.ts';
import { commands } from '../../ids.ts';
import type { Identified, Pager } from '../pager.ts';
import { TreeNode } from '../treeNode.ts';

/** A list as far as it does not matter what it lists. */
export type PagedNode = TreeNode & {
  readonly pager: Pick<Pager<Identified>, 'isBusy' | 'more' | 'retry' | 'refresh'>;
};

/** The last row of a list that goes on. */
export class LoadMoreNode extends TreeNode {
  readonly list: PagedNode;
  private readonly l10n: L10n;

  constructor(list: PagedNode, l10n: L10n) {
    super(`${list.id}/~more`, list);
    this.list = list;
    this.l10n = l10n;
  }

  override toTreeItem(): vscode.TreeItem {
    const isBusy = this.list.pager.isBusy('more');
    const item = new vscode.TreeItem(isBusy ? this.l10n.t('Loading…') : this.l10n.t('Load more'));
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(isBusy ? 'loading~spin' : 'ellipsis');
    item.contextValue = 'loadMore';
    item.command = { title: this.l10n.t('Load more'), command: commands.loadMore, arguments: [this] };
    return item;
  }
}

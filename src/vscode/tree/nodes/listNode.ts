import * as vscode from 'vscode';
import { ApiError } from '../../../api/errors.ts';
import { describeError } from '../../../text/describeError.ts';
import { sentences } from '../../../text/explanation.ts';
import { DisposableStore } from '../../../util/disposable.ts';
import { commands } from '../../ids.ts';
import { type FetchPage, type Identified, Pager, type PagerFailure } from '../pager.ts';
import { TreeNode, type TreeScope } from '../treeNode.ts';
import { LoadMoreNode } from './loadMoreNode.ts';
import { MessageNode } from './messageNode.ts';

/** How many rows are asked for at once; servers of this API allow up to 100. */
export const PAGE_SIZE = 50;

/** A row for one thing, which takes over the thing's newer state. */
// The parameter ties a list's rows to what it lists.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export abstract class ItemNode<T extends Identified> extends TreeNode {
  abstract update(item: T): void;
}

export interface ListOptions<T extends Identified> {
  readonly kind: 'sessions' | 'agents' | 'environments';
  readonly label: string;
  readonly icon: string;
  readonly expanded: boolean;
  readonly fetchPage: FetchPage<T>;
  /** What an empty list says, and the command that fills it. */
  readonly empty: { readonly label: string; readonly command: string };
}

/** A root of the tree: a list with its rows, and rows that say what is missing. */
export abstract class ListNode<T extends Identified> extends TreeNode {
  readonly pager: Pager<T>;
  protected readonly scope: TreeScope;
  private readonly options: ListOptions<T>;
  private readonly disposables = new DisposableStore();
  private rows = new Map<string, ItemNode<T>>();
  /** The rows as they were, while they are arranged anew. */
  private rowsBefore: ReadonlyMap<string, ItemNode<T>> = new Map();
  private readonly more: LoadMoreNode;
  /** How many calls of the editor wait for the first page; they get the rows themselves. */
  private waiting = 0;
  private isDisposed = false;

  constructor(scope: TreeScope, options: ListOptions<T>) {
    super(`${scope.connection.id}/${options.kind}`, undefined);
    this.scope = scope;
    this.options = options;
    this.pager = new Pager(options.fetchPage);
    this.more = new LoadMoreNode(this, scope.l10n);
    this.disposables.add(
      this.pager.onDidChange((change) => {
        if (change !== 'list') {
          this.redraw(change.items);
        } else if (this.waiting === 0) {
          scope.changed(this);
        }
      }),
    );
  }

  protected abstract makeRow(item: T, parent: TreeNode): ItemNode<T>;

  override toTreeItem(): vscode.TreeItem {
    const { label, icon, expanded, kind } = this.options;
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, expanded ? Expanded : Collapsed);
    item.id = this.id;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = `list ${kind}`;
    const count = this.count();
    item.description = count;
    item.accessibilityInformation = { label: count === '' ? label : `${label}, ${count}` };
    return item;
  }

  override async getChildren(): Promise<readonly TreeNode[]> {
    if (!this.pager.isLoaded) {
      this.waiting++;
      await this.pager.first();
      if (this.isUnread()) {
        await this.pager.first(); // another filter was chosen meanwhile, and the answer no longer counted
      }
      this.waiting--;
      if (this.count() !== '') {
        // The rows go out with this answer; the count beside the label has to be drawn after it.
        queueMicrotask(() => this.scope.changed(this));
      }
    }
    return this.currentRows();
  }

  /** The ids of the items that have rows. */
  get rowIds(): readonly string[] {
    return [...this.rows.keys()];
  }

  /** The row of an item, once there is one. */
  row(id: string): ItemNode<T> | undefined {
    return this.rows.get(id);
  }

  override dispose(): void {
    this.isDisposed = true;
    this.disposables.dispose();
    this.pager.dispose();
  }

  /** The rows for what was read: one for each, unless a list arranges them otherwise. */
  protected arrange(items: readonly T[]): readonly TreeNode[] {
    return items.map((item) => this.rowFor(item, this));
  }

  /** The row of an item under a parent, the same one as long as it stays there. To be called while arranging. */
  protected rowFor(item: T, parent: TreeNode): ItemNode<T> {
    const known = this.rowsBefore.get(item.id) ?? this.rows.get(item.id);
    const row = known?.parent === parent ? known : this.makeRow(item, parent);
    row.update(item);
    this.rows.set(item.id, row);
    return row;
  }

  /** What a list without rows says. */
  protected emptyRow(): TreeNode {
    const { label, command } = this.options.empty;
    if (this.scope.connection.readOnly === true) {
      return new MessageNode(this, {
        key: 'empty',
        label: this.scope.l10n.t('Nothing here, and nothing can be created: read-only'),
        icon: 'lock',
        contextValue: 'empty',
        command: {
          title: this.scope.l10n.t('Edit Connection'),
          command: commands.editConnection,
          withSelf: false,
        },
      });
    }
    return new MessageNode(this, {
      key: 'empty',
      label,
      icon: 'add',
      contextValue: 'empty',
      command: { title: label, command, withSelf: false },
    });
  }

  /** How many there are, beside the label. Empty while nothing was read. */
  protected count(): string {
    if (!this.pager.isLoaded) {
      return '';
    }
    return `${this.pager.items.length}${this.pager.hasMore ? '+' : ''}`;
  }

  /** Draws single rows anew; nothing around them moves. */
  protected redraw(ids: readonly string[]): void {
    const changed = new Set(ids);
    for (const item of this.pager.items) {
      const row = changed.has(item.id) ? this.rows.get(item.id) : undefined;
      if (row !== undefined) {
        row.update(item);
        this.scope.changed(row);
      }
    }
  }

  /** A row about something that failed. @param said what; by default, what the error itself says. */
  protected failureRow(key: string, said: string | undefined, error: Error): TreeNode {
    const { connection, l10n } = this.scope;
    const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
    const where = { connection: connection.name, origin: connection.origin };
    const text = describeError(known, where, l10n);
    // The view's title says which connection this is; the narrow row has no place for its host.
    const label = said ?? describeError(known, { ...where, brief: true }, l10n).title;
    const requestId = known.details.requestId;
    const request = requestId === undefined ? '' : l10n.t('Request id: {id}', { id: requestId });
    return new MessageNode(this, {
      key,
      label,
      description: text.why,
      tooltip: [text.title, sentences(text.why, text.next), request].filter((line) => line !== '').join('\n'),
      icon: 'error',
      contextValue: 'error retryable',
      command: { title: l10n.t('Retry'), command: commands.retry, withSelf: true },
    });
  }

  /** Whether nothing has come, neither rows nor a failure. */
  private isUnread(): boolean {
    return !this.pager.isLoaded && this.pager.failure === undefined && !this.isDisposed;
  }

  private currentRows(): readonly TreeNode[] {
    const rows: TreeNode[] = this.itemRows();
    if (this.pager.skipped > 0) {
      rows.push(this.skippedRow());
    }
    const { failure } = this.pager;
    if (failure?.step === 'refresh') {
      // What is shown may be old: that is said where it is seen.
      rows.unshift(this.errorRow(failure));
    } else if (failure !== undefined) {
      rows.push(this.errorRow(failure));
    } else if (rows.length === 0) {
      rows.push(this.emptyRow());
    }
    if (this.pager.hasMore && failure?.step !== 'more') {
      rows.push(this.more);
    }
    return rows;
  }

  private itemRows(): TreeNode[] {
    this.rowsBefore = this.rows;
    this.rows = new Map();
    const rows = [...this.arrange(this.pager.items)];
    this.rowsBefore = new Map();
    return rows;
  }

  private errorRow({ error }: PagerFailure): TreeNode {
    return this.failureRow('error', undefined, error);
  }

  private skippedRow(): TreeNode {
    return new MessageNode(this, {
      key: 'skipped',
      label: this.scope.l10n.t('{count} entries could not be read', { count: this.pager.skipped }),
      icon: 'warning',
      contextValue: 'message',
    });
  }
}

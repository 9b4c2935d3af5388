import type * as vscode from 'vscode';
import type { ManagedAgentsClient } from '../../api/client.ts';
import type { Connection } from '../../api/connection.ts';
import type { L10n } from '../../l10n.ts';
import type { Clock } from '../../util/clock.ts';

/** What the rows of one connection share. */
export interface TreeScope {
  readonly connection: Connection;
  readonly client: ManagedAgentsClient;
  readonly l10n: L10n;
  readonly clock: Clock;
  /** The language of the editor, for dates. */
  readonly locale: string;
  /** How many calls of a session wait for the user, as far as it is known. */
  readonly waitingCalls: (sessionId: string) => number;
  /** A row looks different, or has other children. */
  readonly changed: (node: TreeNode) => void;
}

/** One row. Its id is a path of ids, never of labels, and holds the connection's id: no two places mix. */
export abstract class TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;

  constructor(id: string, parent: TreeNode | undefined) {
    this.id = id;
    this.parent = parent;
  }

  /** What is drawn. Pure and cheap, since the editor asks often. */
  abstract toTreeItem(): vscode.TreeItem;

  getChildren(): Promise<readonly TreeNode[]> {
    return Promise.resolve([]);
  }

  dispose(): void {
    // Most rows hold nothing.
  }
}

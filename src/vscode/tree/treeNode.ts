import type * as vscode from 'vscode';
import type { ManagedAgentsClient } from '../../api/client.ts';
import type { Connection } from '../../api/connection.ts';
import type { Seen } from '../../browse/attention.ts';
import type { ConnectionBrowse } from '../services/browseStates.ts';
import type { Presence } from '../../contract/contractReport.ts';
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
  /** What is known of a session beyond what the list says. */
  readonly seen: (sessionId: string) => Seen | undefined;
  /** How the lists are looked at: filters, groups, order, pins. */
  readonly browse: ConnectionBrowse;
  /** What the server is known to offer, by method and path as the contract names them. */
  readonly offers: (operation: string) => Presence;
  readonly noteOffer: (operation: string, presence: 'present' | 'absent') => void;
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

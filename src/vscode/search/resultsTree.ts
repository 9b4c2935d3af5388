import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import type { SearchState } from '../../sessionSearch/searchState.ts';
import type { Disposable } from '../../util/disposable.ts';
import {
  HITS_SHOWN,
  MoreHitsNode,
  MoreSessionsNode,
  NoteNode,
  type ResultNode,
  SessionResultNode,
} from './resultNodes.ts';
import type { SearchNote } from './searchText.ts';

/** Sessions that are shown at once; the next ones on demand. */
const SESSIONS_SHOWN = 100;
/** Sessions that are open from the start. */
const SESSIONS_OPEN = 10;

/** The results as the editor shows them. */
export class ResultsTree implements vscode.TreeDataProvider<ResultNode>, Disposable {
  private readonly l10n: L10n;
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly shownHits = new Map<string, number>();
  private shownSessions = SESSIONS_SHOWN;
  private roots: readonly ResultNode[] = [];
  private results: SearchState['results'] = [];
  private notes: readonly SearchNote[] = [];
  readonly onDidChangeTreeData = this.changed.event;

  constructor(l10n: L10n) {
    this.l10n = l10n;
  }

  show(results: SearchState['results'], notes: readonly SearchNote[]): void {
    this.results = results;
    this.notes = notes;
    this.draw();
  }

  /** Another search: nothing of the last one stays. */
  reset(): void {
    this.shownHits.clear();
    this.shownSessions = SESSIONS_SHOWN;
    this.show([], []);
  }

  /** Shows more of what is held; false where all of that is shown. */
  more(node: unknown): boolean {
    if (node instanceof MoreSessionsNode) {
      this.shownSessions += SESSIONS_SHOWN;
    } else if (node instanceof MoreHitsNode && node.isHeld) {
      this.shownHits.set(node.parent.result.session.id, node.parent.shown + 3 * HITS_SHOWN);
    } else {
      return false;
    }
    this.draw();
    return true;
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    return node.item();
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.parent;
  }

  getChildren(node?: ResultNode): ResultNode[] {
    if (node === undefined) {
      return [...this.roots];
    }
    return node instanceof SessionResultNode ? [...node.children()] : [];
  }

  dispose(): void {
    this.changed.dispose();
  }

  private draw(): void {
    const { l10n, results } = this;
    const left = results.length - this.shownSessions;
    this.roots = [
      ...results
        .slice(0, this.shownSessions)
        .map(
          (result, index) =>
            new SessionResultNode(
              result,
              this.shownHits.get(result.session.id) ?? HITS_SHOWN,
              index < SESSIONS_OPEN,
              l10n,
            ),
        ),
      ...(left > 0 ? [new MoreSessionsNode(left, l10n)] : []),
      ...this.notes.map((note) => new NoteNode(note)),
    ];
    this.changed.fire(undefined);
  }
}

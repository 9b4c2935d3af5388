import { DisposableStore } from '../../util/disposable.ts';
import { AgentsNode } from './nodes/agentsNode.ts';
import { EnvironmentsNode } from './nodes/environmentsNode.ts';
import { SessionsNode } from './nodes/sessionsNode.ts';
import type { TreeScope } from './treeNode.ts';
import type { ListFacts } from './viewState.ts';

/** The three lists of one connection. */
export class ConnectionRoots {
  readonly scope: TreeScope;
  readonly sessions: SessionsNode;
  readonly agents: AgentsNode;
  readonly environments: EnvironmentsNode;
  private readonly disposables = new DisposableStore();

  constructor(scope: TreeScope, onChanged: () => void) {
    this.scope = scope;
    this.sessions = this.disposables.add(new SessionsNode(scope));
    this.agents = this.disposables.add(new AgentsNode(scope));
    this.environments = this.disposables.add(new EnvironmentsNode(scope));
    for (const { pager } of this.all) {
      this.disposables.add(pager.onDidChange(onChanged));
    }
  }

  get all() {
    return [this.sessions, this.agents, this.environments] as const;
  }

  facts(): readonly ListFacts[] {
    return this.all.map(({ pager }) => ({
      isLoaded: pager.isLoaded,
      isEmpty: pager.items.length === 0 && !pager.hasMore && pager.skipped === 0,
      error: pager.failure?.error,
    }));
  }

  /** Reads again what has been read, or has failed to be; a list that nobody opened stays unread. */
  async refresh(): Promise<void> {
    const opened = this.all.filter(({ pager }) => pager.isLoaded || pager.failure !== undefined);
    await Promise.all(opened.map(({ pager }) => pager.refresh()));
  }

  /**
   * An empty first list raises the question whether there is anything at all, which takes the others to answer.
   */
  async lookFurtherIfEmpty(): Promise<void> {
    const [sessions] = this.facts();
    if (sessions?.isLoaded === true && sessions.isEmpty && sessions.error === undefined) {
      await Promise.all([this.agents.pager.first(), this.environments.pager.first()]);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

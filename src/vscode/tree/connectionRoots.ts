import type { BrowseState } from '../../browse/browseState.ts';
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
    this.agents = this.disposables.add(new AgentsNode(scope));
    this.environments = this.disposables.add(new EnvironmentsNode(scope));
    this.sessions = this.disposables.add(
      new SessionsNode(scope, {
        agent: (id) => this.agents.pager.items.find((agent) => agent.id === id)?.name,
        environment: (id) => this.environments.pager.items.find((environment) => environment.id === id)?.name,
      }),
    );
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
      // An empty answer to a filter does not say that there is nothing.
      isEmpty: pager.items.length === 0 && !pager.hasMore && pager.skipped === 0 && !this.isNarrowed(pager),
      error: pager.failure?.error,
    }));
  }

  /** Filters, groups, order or pins are others now. */
  browseChanged(before: BrowseState, now: BrowseState): void {
    this.sessions.browseChanged(before, now);
    if (before.archivedAgents !== now.archivedAgents) {
      this.agents.pager.reset();
    }
    if (before.archivedEnvironments !== now.archivedEnvironments) {
      this.environments.pager.reset();
    }
    if (before.groupBy !== now.groupBy) {
      void this.readNames(now);
    }
  }

  /** Reads again what has been read, or has failed to be; a list that nobody opened stays unread. */
  async refresh(): Promise<void> {
    this.sessions.forgetPins();
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

  /** Headings say names; the list that has them may not have been opened yet. */
  private async readNames({ groupBy }: BrowseState): Promise<void> {
    if (!this.sessions.pager.isLoaded) {
      return;
    }
    if (groupBy === 'environment' && !this.environments.pager.isLoaded) {
      await this.environments.pager.first();
    } else if (groupBy === 'agent' && !this.agents.pager.isLoaded) {
      await this.agents.pager.first();
    } else {
      return;
    }
    this.scope.changed(this.sessions);
  }

  private isNarrowed(pager: object): boolean {
    return pager === this.sessions.pager && this.sessions.isNarrowed;
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

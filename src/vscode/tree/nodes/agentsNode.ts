import type { Agent } from '../../../api/resources/agent.ts';
import { withArchived } from '../../../browse/withArchived.ts';
import { commands } from '../../ids.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { AgentNode } from './agentNode.ts';
import { ListNode, PAGE_SIZE } from './listNode.ts';

/** The root of the agents. */
export class AgentsNode extends ListNode<Agent> {
  constructor(scope: TreeScope) {
    super(scope, {
      kind: 'agents',
      label: scope.l10n.t('Agents'),
      icon: 'hubot',
      expanded: false,
      fetchPage: (cursor) =>
        withArchived(
          (includeArchived) => scope.client.listAgents({ limit: PAGE_SIZE, cursor, includeArchived }),
          'agents',
          scope.browse.state.archivedAgents,
          scope.browse.refusals,
        ),
      empty: { label: scope.l10n.t('No agents yet. Create one'), command: commands.createAgent },
    });
  }

  protected override makeRow(agent: Agent, parent: TreeNode): AgentNode {
    return new AgentNode(this.scope, parent, agent);
  }
}

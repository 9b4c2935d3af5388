import type { Environment } from '../../../api/resources/environment.ts';
import { withArchived } from '../../../browse/withArchived.ts';
import { commands } from '../../ids.ts';
import type { TreeNode, TreeScope } from '../treeNode.ts';
import { EnvironmentNode } from './environmentNode.ts';
import { ListNode, PAGE_SIZE } from './listNode.ts';

/** The root of the environments. */
export class EnvironmentsNode extends ListNode<Environment> {
  constructor(scope: TreeScope) {
    super(scope, {
      kind: 'environments',
      label: scope.l10n.t('Environments'),
      icon: 'server-environment',
      expanded: false,
      fetchPage: (cursor) =>
        withArchived(
          (includeArchived) => scope.client.listEnvironments({ limit: PAGE_SIZE, cursor, includeArchived }),
          'environments',
          scope.browse.state.archivedEnvironments,
          scope.browse.refusals,
        ),
      empty: { label: scope.l10n.t('No environments yet. Create one'), command: commands.createEnvironment },
    });
  }

  protected override makeRow(environment: Environment, parent: TreeNode): EnvironmentNode {
    return new EnvironmentNode(this.scope, parent, environment);
  }
}

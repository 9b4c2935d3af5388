import type { Session } from '../../../api/resources/session.ts';
import { commands } from '../../ids.ts';
import type { TreeScope } from '../treeNode.ts';
import { ListNode, PAGE_SIZE } from './listNode.ts';
import { SessionNode } from './sessionNode.ts';

/** The root of the sessions, the newest first as the server gives them. Open from the start: they are the work. */
export class SessionsNode extends ListNode<Session> {
  constructor(scope: TreeScope) {
    super(scope, {
      kind: 'sessions',
      label: scope.l10n.t('Sessions'),
      icon: 'comment-discussion',
      expanded: true,
      fetchPage: (cursor) => scope.client.listSessions({ limit: PAGE_SIZE, cursor }),
      empty: { label: scope.l10n.t('No sessions yet. Create one'), command: commands.createSession },
    });
  }

  protected override makeRow(session: Session): SessionNode {
    return new SessionNode(this.scope, this, session);
  }
}

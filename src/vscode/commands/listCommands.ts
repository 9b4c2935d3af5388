import { ListNode } from '../tree/nodes/listNode.ts';
import { LoadMoreNode } from '../tree/nodes/loadMoreNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import { MessageNode } from '../tree/nodes/messageNode.ts';
import type { CommandContext } from './commandContext.ts';

/** Reads one list again, or all that is shown. */
export async function refresh({ explorer }: CommandContext, argument?: unknown): Promise<void> {
  if (argument instanceof ListNode) {
    await explorer.inView(() => argument.pager.refresh());
  } else {
    await explorer.refreshAll();
  }
}

/** Reads the next page of a list: the one whose last row was chosen. */
export async function loadMore({ explorer }: CommandContext, argument?: unknown): Promise<void> {
  if (argument instanceof LoadMoreNode) {
    await explorer.inView(() => argument.list.pager.more());
  } else if (argument instanceof MessageNode && argument.parent instanceof ListNode) {
    const { pager } = argument.parent;
    await explorer.inView(() => pager.more());
  }
}

/**
 * Does again what failed in the list whose error row was chosen. While the tree is drawn anew the editor may
 * not know which row that was; then all that failed is done again, since a press must not come to nothing.
 */
export async function retry({ explorer }: CommandContext, argument?: unknown): Promise<void> {
  const chosen = argument instanceof MessageNode ? argument.parent : undefined;
  if (chosen instanceof SessionNode) {
    explorer.lists.scope.changed(chosen);
    return;
  }
  const lists =
    chosen instanceof ListNode
      ? [chosen]
      : explorer.lists.all.filter(({ pager }) => pager.failure !== undefined);
  await explorer.inView(async () => await Promise.all(lists.map(async ({ pager }) => await pager.retry())));
}

import { ApiError } from '../../api/errors.ts';
import type { Session } from '../../api/resources/session.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { asText, field } from '../../util/json.ts';
import { commands } from '../ids.ts';
import { MessageNode } from './nodes/messageNode.ts';
import { ThreadNode } from './nodes/threadNode.ts';
import type { TreeNode, TreeScope } from './treeNode.ts';

const OPERATION = 'GET /sessions/{session_id}/threads';
const MAX_THREADS = 100;

/**
 * Whether a session's row can be opened to its threads: where the server is known to have them, and, while that
 * is not known, where its sessions are marked as Anthropic's API marks them. Synth's have no such mark.
 */
export function mayHaveThreads(scope: TreeScope, session: Session): boolean {
  switch (scope.offers(OPERATION)) {
    case 'present':
      return true;
    case 'absent':
    case 'refused':
      return false;
    case 'unknown':
      return field(session.raw, 'type') === 'session';
  }
}

/** The rows of a session's threads, read when they are looked at, and again when the session is not as it was. */
export class SessionThreads {
  private readonly scope: TreeScope;
  private readonly parent: TreeNode;
  private state: string | undefined;
  private rows: readonly TreeNode[] = [];

  constructor(scope: TreeScope, parent: TreeNode) {
    this.scope = scope;
    this.parent = parent;
  }

  /** What went wrong is a row as well. */
  async of(session: Session): Promise<readonly TreeNode[]> {
    const state = `${session.statusText ?? ''} ${session.updatedAt ?? ''}`;
    if (this.state !== state) {
      const read = await readThreads(this.scope, this.parent, session.id);
      this.rows = read.rows;
      this.state = read.isWhole ? state : undefined;
    }
    return this.rows;
  }
}

async function readThreads(
  scope: TreeScope,
  parent: TreeNode,
  sessionId: string,
): Promise<{ readonly rows: readonly TreeNode[]; readonly isWhole: boolean }> {
  const { l10n, connection } = scope;
  try {
    const page = await scope.client.listSessionThreads(sessionId, { limit: MAX_THREADS });
    scope.noteOffer(OPERATION, 'present');
    const rows: TreeNode[] = page.items.flatMap((raw) => {
      const threadId = asText(field(raw, 'id'));
      return threadId === undefined ? [] : [new ThreadNode(scope, parent, { sessionId, threadId, raw })];
    });
    if (rows.length === 0 || page.next !== undefined) {
      rows.push(
        new MessageNode(parent, {
          key: 'threads',
          label: rows.length === 0 ? l10n.t('No threads') : l10n.t('There are more threads than are shown'),
          icon: 'info',
          contextValue: 'message',
        }),
      );
    }
    return { rows, isWhole: true };
  } catch (error) {
    const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
    if (known.reason === 'notOffered' || (known.reason === 'notFound' && (await isThere(scope, sessionId)))) {
      scope.noteOffer(OPERATION, 'absent');
    }
    const text = describeError(known, { connection: connection.name, origin: connection.origin }, l10n);
    const row = new MessageNode(parent, {
      key: 'threads',
      label: text.title,
      tooltip: sentences(text.title, text.why, text.next),
      icon: 'error',
      contextValue: 'error retryable',
      command: { title: l10n.t('Retry'), command: commands.retry, withSelf: true },
    });
    return { rows: [row], isWhole: false };
  }
}

async function isThere({ client }: TreeScope, sessionId: string): Promise<boolean> {
  try {
    await client.getSession(sessionId);
    return true;
  } catch {
    return false;
  }
}

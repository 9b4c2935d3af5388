import type { Connection } from '../../api/connection.ts';
import type { Agent } from '../../api/resources/agent.ts';
import type { Environment } from '../../api/resources/environment.ts';
import type { Session } from '../../api/resources/session.ts';
import type { JsonObject } from '../../util/json.ts';
import { askChoice } from '../input/askChoice.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import { TreeNode } from '../tree/treeNode.ts';
import type { CommandContext } from './commandContext.ts';
import { givenSession } from './sessionRef.ts';
import { agentTarget, environmentTarget, sessionTarget } from './targets.ts';

export type ObjectKind = 'sessions' | 'agents' | 'environments';

/** A session, an agent or an environment that a command changes. */
export type ObjectRef = { readonly connection: Connection } & (
  | { readonly kind: 'sessions'; readonly item: Session }
  | { readonly kind: 'agents'; readonly item: Agent }
  | { readonly kind: 'environments'; readonly item: Environment }
);

/** What is called by a name or a title. */
export function nameOf(ref: ObjectRef): string {
  return ref.kind === 'sessions' ? (ref.item.title ?? '') : ref.item.name;
}

/** The thing that a command is about: a row, a session that was named, or one that is asked for. */
export async function objectRef(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<ObjectRef | undefined> {
  if (!(argument instanceof SessionNode)) {
    const given = givenSession(context, argument);
    if (given !== undefined) {
      const item = await context.shell.clients.for(given.connection).getSession(given.sessionId);
      return { kind: 'sessions', connection: given.connection, item };
    }
  }
  const kind = kindOf(argument);
  if (kind === undefined && argument instanceof TreeNode) {
    return undefined; // a key that was pressed on a row which is none of these
  }
  return await targetOf(context, kind ?? (await askKind(context, title)), argument, title);
}

async function targetOf(
  context: CommandContext,
  kind: ObjectKind | undefined,
  argument: unknown,
  title: string,
): Promise<ObjectRef | undefined> {
  switch (kind) {
    case undefined:
      return undefined;
    case 'sessions': {
      const target = await sessionTarget(context, argument, title);
      return target && { kind, ...target };
    }
    case 'agents': {
      const target = await agentTarget(context, argument, title);
      return target && { kind, ...target };
    }
    case 'environments': {
      const target = await environmentTarget(context, argument, title);
      return target && { kind, ...target };
    }
  }
}

/** Reads the thing anew. */
export async function readObject({ shell }: CommandContext, ref: ObjectRef): Promise<ObjectRef> {
  const { connection } = ref;
  const client = shell.clients.for(connection);
  switch (ref.kind) {
    case 'sessions':
      return { kind: ref.kind, connection, item: await client.getSession(ref.item.id) };
    case 'agents':
      return { kind: ref.kind, connection, item: await client.getAgent(ref.item.id) };
    case 'environments':
      return { kind: ref.kind, connection, item: await client.getEnvironment(ref.item.id) };
  }
}

/** Sends an update and answers with the thing as it then is. */
export async function updateObject(
  { shell }: CommandContext,
  ref: ObjectRef,
  body: JsonObject,
  signal?: AbortSignal,
): Promise<ObjectRef> {
  const { connection } = ref;
  const client = shell.clients.for(connection);
  switch (ref.kind) {
    case 'sessions':
      return { kind: ref.kind, connection, item: await client.updateSession(ref.item.id, body, signal) };
    case 'agents':
      return { kind: ref.kind, connection, item: await client.updateAgent(ref.item.id, body, signal) };
    case 'environments':
      return { kind: ref.kind, connection, item: await client.updateEnvironment(ref.item.id, body, signal) };
  }
}

/** Shows the thing in its row as it is now, without asking the server. */
export function showInTree({ explorer }: CommandContext, ref: ObjectRef): void {
  const { lists } = explorer;
  if (lists.scope.connection.id !== ref.connection.id) {
    return;
  }
  switch (ref.kind) {
    case 'sessions':
      lists.sessions.pager.replace(ref.item);
      return;
    case 'agents':
      lists.agents.pager.replace(ref.item);
      return;
    case 'environments':
      lists.environments.pager.replace(ref.item);
      return;
  }
}

/** Takes the row out at once; the list is not read again for it. */
export function takeFromTree(
  { explorer }: CommandContext,
  connection: Connection,
  kind: ObjectKind,
  id: string,
) {
  if (explorer.lists.scope.connection.id === connection.id) {
    explorer.lists[kind].pager.remove(id);
  }
}

function kindOf(argument: unknown): ObjectKind | undefined {
  if (argument instanceof SessionNode) {
    return 'sessions';
  }
  if (argument instanceof AgentNode) {
    return 'agents';
  }
  return argument instanceof EnvironmentNode ? 'environments' : undefined;
}

async function askKind({ shell }: CommandContext, title: string): Promise<ObjectKind | undefined> {
  const { l10n } = shell;
  const answer = await askChoice<ObjectKind>(
    { title },
    {
      placeholder: l10n.t('Of what?'),
      choices: [
        { label: l10n.t('A session'), icon: 'comment-discussion', value: 'sessions' },
        { label: l10n.t('An agent'), icon: 'hubot', value: 'agents' },
        { label: l10n.t('An environment'), icon: 'server-environment', value: 'environments' },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

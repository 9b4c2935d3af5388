import type { Connection } from '../../api/connection.ts';
import type { Agent } from '../../api/resources/agent.ts';
import type { Environment } from '../../api/resources/environment.ts';
import type { Session } from '../../api/resources/session.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { sessionStatusText } from '../../text/sessionStatus.ts';
import { visible } from '../../text/visible.ts';
import type { Choice } from '../input/askChoice.ts';
import { askFromList } from '../input/askFromList.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import { type FetchPage, type Identified, Pager } from '../tree/pager.ts';
import type { CommandContext } from './commandContext.ts';

/** A thing on a server that a command is about. */
export interface Target<T> {
  readonly connection: Connection;
  readonly item: T;
}

/** The connection that a command is about: its argument's, or the active one. */
export function connectionOf(context: CommandContext, argument: unknown): Connection {
  const { connections } = context.shell;
  const id = asText(field(asObject(argument), 'connectionId'));
  return (id === undefined ? undefined : connections.byId(id)) ?? connections.active;
}

/** The session that a command is about: the row it was called on, or one that is asked for. */
export async function sessionTarget(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<Target<Session> | undefined> {
  if (argument instanceof SessionNode) {
    return { connection: argument.connection, item: argument.session };
  }
  const { l10n } = context.shell;
  return await askFor(context, argument, title, {
    placeholder: l10n.t('Choose a session'),
    fetchPage: (connection) => (cursor) =>
      context.shell.clients.for(connection).listSessions({ limit: PAGE_SIZE, cursor }),
    toChoice: (session: Session) => sessionChoice(context, session),
  });
}

export async function agentTarget(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<Target<Agent> | undefined> {
  if (argument instanceof AgentNode) {
    return { connection: argument.connection, item: argument.agent };
  }
  return await askFor(context, argument, title, {
    placeholder: context.shell.l10n.t('Choose an agent'),
    fetchPage: (connection) => (cursor) =>
      context.shell.clients.for(connection).listAgents({ limit: PAGE_SIZE, cursor }),
    toChoice: agentChoice,
  });
}

export async function environmentTarget(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<Target<Environment> | undefined> {
  if (argument instanceof EnvironmentNode) {
    return { connection: argument.connection, item: argument.environment };
  }
  return await askFor(context, argument, title, {
    placeholder: context.shell.l10n.t('Choose an environment'),
    fetchPage: (connection) => (cursor) =>
      context.shell.clients.for(connection).listEnvironments({ limit: PAGE_SIZE, cursor }),
    toChoice: environmentChoice,
  });
}

function sessionChoice({ shell }: CommandContext, session: Session): Choice<Session> {
  return {
    label: visible(session.title ?? session.id),
    description: `${sessionStatusText(session, shell.l10n)} · ${visible(session.id)}`,
    value: session,
  };
}

export function agentChoice(agent: Agent): Choice<Agent> {
  const description = [agent.model, agent.id].flatMap((part) => (part === undefined ? [] : [visible(part)]));
  return { label: visible(agent.name), description: description.join(' · '), value: agent };
}

export function environmentChoice(environment: Environment): Choice<Environment> {
  return { label: visible(environment.name), description: visible(environment.id), value: environment };
}

async function askFor<T extends Identified>(
  context: CommandContext,
  argument: unknown,
  title: string,
  list: {
    readonly placeholder: string;
    readonly fetchPage: (connection: Connection) => FetchPage<T>;
    readonly toChoice: (item: T) => Choice<T>;
  },
): Promise<Target<T> | undefined> {
  const { l10n } = context.shell;
  const connection = connectionOf(context, argument);
  const pager = new Pager(list.fetchPage(connection));
  const { placeholder, toChoice } = list;
  const answer = await askFromList<T>({ title }, { placeholder, pager, toChoice, l10n });
  if (answer.kind !== 'value') {
    return undefined;
  }
  switch (answer.value.from) {
    case 'list':
      return { connection, item: answer.value.item };
    case 'failure':
      throw answer.value.error;
    case 'extras':
      return undefined;
  }
}

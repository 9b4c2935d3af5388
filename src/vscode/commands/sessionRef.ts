import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';
import { connectionOf, sessionTarget } from './targets.ts';

/** The session that a command is about, as far as it is known without asking the server. */
export interface SessionRef {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
}

/**
 * The session that a command is about: the row or `{ sessionId, connectionId?, title? }` it was called with, else
 * that of the panel in which the user works, else one that is asked for.
 */
export async function sessionRef(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<SessionRef | undefined> {
  const given = givenSession(context, argument) ?? activeSession(context);
  if (given !== undefined) {
    return given;
  }
  const target = await sessionTarget(context, argument, title);
  return target && { connection: target.connection, sessionId: target.item.id, title: target.item.title };
}

export function givenSession(context: CommandContext, argument: unknown): SessionRef | undefined {
  if (argument instanceof SessionNode) {
    const { connection, session } = argument;
    return { connection, sessionId: session.id, title: session.title };
  }
  const given = asObject(argument);
  const sessionId = asText(field(given, 'sessionId'));
  if (sessionId === undefined) {
    return undefined;
  }
  const connection = connectionOf(context, argument);
  const known = context.panels.find(connection, sessionId)?.header?.title;
  return { connection, sessionId, title: asText(field(given, 'title')) ?? known };
}

/** The session of the panel in which the user works. */
export function activeSession({ panels }: CommandContext): SessionRef | undefined {
  const { active } = panels;
  return (
    active && { connection: active.connection, sessionId: active.sessionId, title: active.header?.title }
  );
}

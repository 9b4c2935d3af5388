import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { commands } from '../ids.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';

/** Commands that change something on a server. None of them asks a question that could come to nothing. */
const changing: ReadonlySet<string> = new Set<string>([
  commands.createEnvironment,
  commands.archiveEnvironment,
  commands.createAgent,
  commands.archiveAgent,
  commands.createSession,
  commands.archiveSession,
  commands.archiveSelected,
  commands.defineOutcome,
  commands.renameSession,
  commands.interruptSession,
  commands.rename,
  commands.editMetadata,
  commands.editAgent,
  commands.editEnvironment,
  commands.deleteEnvironment,
  commands.changeBudget,
  commands.deleteSession,
]);

/** Commands that are about the session of the active panel where nothing else is named. */
const ofPanel: ReadonlySet<string> = new Set<string>([
  commands.archiveSession,
  commands.defineOutcome,
  commands.renameSession,
  commands.interruptSession,
  commands.changeBudget,
  commands.deleteSession,
]);

/**
 * Says at once that a read-only connection takes no change, before anything is asked. The requests themselves are
 * refused by the caller in any case; this only spares the person the questions.
 * @returns whether it was refused.
 */
export function refusedAsReadOnly(context: CommandContext, command: string, argument: unknown): boolean {
  if (!changing.has(command)) {
    return false;
  }
  const connection = connectionFor(context, command, argument);
  if (connection === undefined || !isReadOnly(context.shell.connections, connection)) {
    return false;
  }
  void context.shell.notify.error(new ApiError('readOnly', { sent: false }), { connection });
  return true;
}

function connectionFor(
  { shell, panels }: CommandContext,
  command: string,
  argument: unknown,
): Connection | undefined {
  if (
    argument instanceof SessionNode ||
    argument instanceof AgentNode ||
    argument instanceof EnvironmentNode
  ) {
    return argument.connection;
  }
  const id = asText(field(asObject(argument), 'connectionId'));
  if (id !== undefined) {
    return shell.connections.byId(id);
  }
  return (ofPanel.has(command) ? panels.active?.connection : undefined) ?? shell.connections.active;
}

import { commands } from '../ids.ts';
import { refusedAsReadOnly } from './changes.ts';
import type { CommandContext } from './commandContext.ts';
import type { Handler } from './commandTable.ts';

export interface CommandCall {
  readonly id: string;
  /** Loads what the command does. */
  readonly load: () => Promise<Handler>;
  readonly argument?: unknown;
  readonly more?: unknown;
}

/** Runs a command. What it throws is shown once, here, and never reaches the editor's own toast. */
export async function runCommand(context: CommandContext, call: CommandCall): Promise<unknown> {
  const { id, load, argument, more } = call;
  const { connections, notify } = context.shell;
  try {
    if (refusedAsReadOnly(context, id, argument)) {
      return undefined;
    }
    const handler = await load();
    const result = await handler(context, argument, more);
    if (id === commands.createSession && result !== undefined) {
      context.steps.did('create');
    }
    return result;
  } catch (error) {
    void notify.error(error, {
      connection: connections.active,
      retry: () => void runCommand(context, call),
    });
    return undefined;
  }
}

import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import type { Shell } from '../shell.ts';

/**
 * Runs the checks for the active connection, or for the one that the argument names: `{ connectionId?, sessionId? }`.
 * With a session they only read that one.
 */
export async function runSmokeChecks({ shell, smoke }: CommandContext, argument?: unknown): Promise<void> {
  const sessionId = asText(field(asObject(argument), 'sessionId'));
  await (await smoke.get()).command.run(connectionOf(shell, argument), sessionId);
}

/** Shows which operations a server offers. */
export async function showOperations({ shell, smoke }: CommandContext, argument?: unknown): Promise<void> {
  await (await smoke.get()).contract.run(connectionOf(shell, argument));
}

/** Shows how this machine gets to a server, and what comes back. */
export async function diagnose({ shell, smoke }: CommandContext, argument?: unknown): Promise<void> {
  await (await smoke.get()).diagnosis.run(connectionOf(shell, argument));
}

/** Puts the newest report on the clipboard. */
export async function copySmokeReport({ shell, smokeReports }: CommandContext): Promise<void> {
  const isThere = await smokeReports.copyLast();
  shell.notify.info(
    isThere
      ? shell.l10n.t('The report is on the clipboard. It holds no key.')
      : shell.l10n.t('There is no report yet: run the smoke checks first.'),
  );
}

function connectionOf({ connections }: Shell, argument: unknown): Connection {
  const id = asText(field(asObject(argument), 'connectionId'));
  return (id === undefined ? undefined : connections.byId(id)) ?? connections.active;
}

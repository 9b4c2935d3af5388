import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { commands } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { ReportDocuments } from './reportDocuments.ts';
import { SmokeCommand } from './smokeCommand.ts';

/**
 * Registers "Run Smoke Checks". It runs for the active connection, or for the one that its argument names:
 * `{ connectionId?, sessionId? }`. With a session it only reads that one.
 */
export function registerSmokeCommands(shell: Shell): Disposable {
  const owned = new DisposableStore();
  const documents = owned.add(new ReportDocuments(shell.l10n));
  const command = owned.add(new SmokeCommand(shell, documents));
  owned.add(
    vscode.commands.registerCommand(commands.runSmokeChecks, async (argument: unknown) => {
      await command.run(connectionOf(shell, argument), asText(field(asObject(argument), 'sessionId')));
    }),
  );
  return owned;
}

function connectionOf({ connections }: Shell, argument: unknown): Connection {
  const id = asText(field(asObject(argument), 'connectionId'));
  return (id === undefined ? undefined : connections.byId(id)) ?? connections.active;
}

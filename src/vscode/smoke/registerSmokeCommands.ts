import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { commands } from '../ids.ts';
import type { Capabilities } from '../services/capabilities.ts';
import type { Settings } from '../services/settings.ts';
import type { Shell } from '../shell.ts';
import { ChecksView } from './checksView.ts';
import { ContractCommand } from './contractCommand.ts';
import { DiagnoseCommand } from './diagnoseCommand.ts';
import { ReportDocuments } from './reportDocuments.ts';
import { type OpenSession, SmokeCommand } from './smokeCommand.ts';
import { SmokeRunner } from './smokeRunner.ts';

export interface SmokeParts {
  readonly shell: Shell;
  readonly settings: Settings;
  readonly offers: Capabilities;
  /** The session of a connection that the user was in last, where its panel is open. */
  readonly openSession: (connection: Connection) => OpenSession | undefined;
}

/**
 * Registers the smoke checks and what belongs to them. "Run Smoke Checks" runs for the active connection, or for
 * the one that its argument names: `{ connectionId?, sessionId? }`. With a session it only reads that one.
 */
export function registerSmokeCommands({ shell, settings, offers, openSession }: SmokeParts): Disposable {
  const owned = new DisposableStore();
  const documents = owned.add(new ReportDocuments(shell.l10n));
  const runner = new SmokeRunner(shell);
  const command = owned.add(new SmokeCommand(shell, runner, documents, openSession));
  owned.add(new ChecksView(shell, runner));
  owned.add(
    vscode.commands.registerCommand(commands.runSmokeChecks, async (argument: unknown) => {
      await command.run(connectionOf(shell, argument), asText(field(asObject(argument), 'sessionId')));
    }),
  );
  const contract = new ContractCommand(shell, offers, documents);
  const diagnosis = new DiagnoseCommand(shell, settings, documents);
  owned.add(
    vscode.commands.registerCommand(commands.showOperations, (argument: unknown) =>
      contract.run(connectionOf(shell, argument)),
    ),
  );
  owned.add(
    vscode.commands.registerCommand(commands.diagnose, (argument: unknown) =>
      diagnosis.run(connectionOf(shell, argument)),
    ),
  );
  owned.add(
    vscode.commands.registerCommand(commands.copySmokeReport, async () => {
      const isThere = await documents.copyLast();
      shell.notify.info(
        isThere
          ? shell.l10n.t('The report is on the clipboard. It holds no key.')
          : shell.l10n.t('There is no report yet: run the smoke checks first.'),
      );
    }),
  );
  return owned;
}

function connectionOf({ connections }: Shell, argument: unknown): Connection {
  const id = asText(field(asObject(argument), 'connectionId'));
  return (id === undefined ? undefined : connections.byId(id)) ?? connections.active;
}

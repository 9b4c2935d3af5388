import type { Connection } from '../../api/connection.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Capabilities } from '../services/capabilities.ts';
import type { Settings } from '../services/settings.ts';
import type { Shell } from '../shell.ts';
import type { ChecksController } from './checksController.ts';
import { ChecksView } from './checksView.ts';
import { ContractCommand } from './contractCommand.ts';
import { DiagnoseCommand } from './diagnoseCommand.ts';
import type { ReportDocuments } from './reportDocuments.ts';
import { type OpenSession, SmokeCommand } from './smokeCommand.ts';
import { SmokeRunner } from './smokeRunner.ts';

export interface SmokeParts {
  readonly shell: Shell;
  readonly settings: Settings;
  readonly offers: Capabilities;
  readonly reports: ReportDocuments;
  readonly controller: ChecksController;
  /** The session of a connection that the user was in last, where its panel is open. */
  readonly openSession: (connection: Connection) => OpenSession | undefined;
}

/** The smoke checks and what belongs to them. */
export class Smoke implements Disposable {
  private readonly owned = new DisposableStore();
  readonly command: SmokeCommand;
  readonly checks: ChecksView;
  readonly contract: ContractCommand;
  readonly diagnosis: DiagnoseCommand;

  constructor({ shell, settings, offers, reports, controller, openSession }: SmokeParts) {
    const runner = new SmokeRunner(shell);
    this.command = this.owned.add(new SmokeCommand(shell, runner, reports, openSession));
    this.checks = this.owned.add(new ChecksView(shell, runner, controller));
    this.contract = new ContractCommand(shell, offers, reports);
    this.diagnosis = new DiagnoseCommand(shell, settings, reports);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import type { SmokeLevel } from '../../smoke/checks.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { ChecksView } from './checksView.ts';

/**
 * The smoke checks as the Testing view knows them from the start: what can be run, and how. The checks themselves
 * are listed when somebody looks at them.
 */
export class ChecksController implements Disposable {
  private readonly load: () => Promise<Pick<ChecksView, 'run'>>;
  readonly controller: vscode.TestController;

  constructor(l10n: L10n, load: () => Promise<Pick<ChecksView, 'run'>>) {
    this.load = load;
    this.controller = vscode.tests.createTestController('managedAgents.smoke', l10n.t('Managed Agents'));
    this.controller.resolveHandler = async () => {
      await this.load(); // lists all that there is, at once
    };
    this.addProfile(l10n.t('Quick: Only Reads'), 'quick', true);
    this.addProfile(l10n.t('Full: Creates a Session, Sends It a Message, and Archives It'), 'full', false);
  }

  dispose(): void {
    this.controller.dispose();
  }

  private addProfile(label: string, level: SmokeLevel, isDefault: boolean): void {
    this.controller.createRunProfile(
      label,
      vscode.TestRunProfileKind.Run,
      async (request, token) => await (await this.load()).run(request, level, token),
      isDefault,
    );
  }
}

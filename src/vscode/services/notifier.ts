import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import type { Redactor } from '../../api/http/redact.ts';
import type { L10n } from '../../l10n.ts';
import { describeError } from '../../text/describeError.ts';
import { type ErrorAction, type Explanation, sentences } from '../../text/explanation.ts';
import { withoutLinks } from '../../text/visible.ts';
import { assertNever } from '../../util/assertNever.ts';
import { commands } from '../ids.ts';
import type { ErrorContext, Notify, ShellLog } from '../shell.ts';

/** The editor shows three buttons well; more are hidden behind a menu. */
const MAX_BUTTONS = 3;

/** The one place that shows errors to a person. One message at a time for one and the same trouble. */
export class Notifier implements Notify {
  private readonly l10n: L10n;
  private readonly log: ShellLog;
  private readonly redactor: Redactor;
  private readonly shown = new Set<string>();

  constructor(l10n: L10n, log: ShellLog, redactor: Redactor) {
    this.l10n = l10n;
    this.log = log;
    this.redactor = redactor;
  }

  async error(error: unknown, context: ErrorContext): Promise<void> {
    if (ApiError.is(error, 'cancelled')) {
      return;
    }
    const explanation = this.explain(error, context);
    if (!ApiError.is(error)) {
      this.log.error(explanation.title, error);
    }
    const text = this.safe(sentences(explanation.title, explanation.why, explanation.next));
    if (this.shown.has(text)) {
      return;
    }
    this.shown.add(text);
    try {
      await this.ask(text, explanation.actions, context);
    } finally {
      this.shown.delete(text);
    }
  }

  info(message: string): void {
    void vscode.window.showInformationMessage(this.safe(message));
  }

  warn(message: string, button?: { readonly title: string; readonly run: () => void }): void {
    const buttons = button === undefined ? [] : [button];
    void vscode.window
      .showWarningMessage(this.safe(message), ...buttons)
      .then((pressed: typeof button) => pressed?.run());
  }

  private explain(error: unknown, { connection, what }: ErrorContext): Explanation {
    if (ApiError.is(error)) {
      return describeError(
        error,
        { connection: connection.name, origin: connection.origin, what },
        this.l10n,
      );
    }
    if (isMissingCode(error)) {
      return {
        title: this.l10n.t('A part of Managed Agents could not be loaded.'),
        why: this.l10n.t('Its files have changed since this window was opened, most likely by an update.'),
        next: this.l10n.t('Reload the window.'),
        actions: ['reloadWindow', 'showLog'],
      };
    }
    return {
      title: what ?? this.l10n.t('Something went wrong in the extension.'),
      why: this.l10n.t('This should not happen, and is the extension’s own fault.'),
      next: this.l10n.t('The log has the details.'),
      actions: ['showLog', 'retry'],
    };
  }

  private async ask(text: string, actions: readonly ErrorAction[], context: ErrorContext): Promise<void> {
    const buttons = actions
      .filter((action) => action !== 'retry' || context.retry !== undefined)
      .slice(0, MAX_BUTTONS)
      .map((action) => ({ action, title: actionLabel(action, this.l10n) }));
    const pressed = await vscode.window.showErrorMessage(text, ...buttons);
    if (pressed !== undefined) {
      await this.run(pressed.action, context);
    }
  }

  private async run(action: ErrorAction, context: ErrorContext): Promise<void> {
    if (action === 'retry') {
      context.retry?.();
      return;
    }
    if (action === 'showLog') {
      this.log.show();
      return;
    }
    await vscode.commands.executeCommand(actionCommand[action], { connectionId: context.connection.id });
  }

  private safe(text: string): string {
    return withoutLinks(this.redactor.redact(text));
  }
}

/** Code that is loaded at its first use is not there any more. */
function isMissingCode(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}

const actionCommand = {
  setKey: commands.setKey,
  chooseConnection: commands.chooseConnection,
  editConnection: commands.editConnection,
  useSandbox: commands.startSandbox,
  runSmokeChecks: commands.runSmokeChecks,
  reloadWindow: 'workbench.action.reloadWindow',
} as const satisfies Record<Exclude<ErrorAction, 'retry' | 'showLog'>, string>;

function actionLabel(action: ErrorAction, l10n: L10n): string {
  switch (action) {
    case 'setKey':
      return l10n.t('Set API Key');
    case 'retry':
      return l10n.t('Retry');
    case 'chooseConnection':
      return l10n.t('Choose Connection');
    case 'editConnection':
      return l10n.t('Edit Connection');
    case 'useSandbox':
      return l10n.t('Use the Local Sandbox');
    case 'runSmokeChecks':
      return l10n.t('Run Smoke Checks');
    case 'showLog':
      return l10n.t('Show Log');
    case 'reloadWindow':
      return l10n.t('Reload Window');
    default:
      return assertNever(action);
  }
}

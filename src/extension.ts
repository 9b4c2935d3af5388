import * as vscode from 'vscode';
import { Redactor } from './api/http/redact.ts';
import { registerCommands } from './vscode/commands/registerCommands.ts';
import { buildParts, type Parts } from './vscode/parts.ts';
import { registerSmokeCommands } from './vscode/smoke/registerSmokeCommands.ts';

/** What the in-host tests may look at. Other extensions get nothing: the parts can use the user's keys. */
export interface TestApi {
  readonly parts: Parts;
  /** As another window has it: what is changed here is news to the parts. */
  readonly secrets: vscode.SecretStorage;
}

/** Builds the parts, wires them and registers what they offer. Waits for nothing, asks nobody. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const redactor = new Redactor();
  try {
    const parts = buildParts(context, redactor);
    context.subscriptions.push(parts);
    context.subscriptions.push(registerCommands(parts.commandContext));
    context.subscriptions.push(registerSmokeCommands(parts.smoke));
    return context.extensionMode === vscode.ExtensionMode.Test
      ? { parts, secrets: context.secrets }
      : undefined;
  } catch (error) {
    const why = redactor.redact(error instanceof Error ? error.message : String(error));
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Managed Agents could not start: {why}. Reload the window to try again.', { why }),
    );
    throw error;
  }
}

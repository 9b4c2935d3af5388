import * as vscode from 'vscode';
import { Redactor } from './api/http/redact.ts';
import { Lazy } from './util/lazy.ts';
import { registerCommands } from './vscode/commands/registerCommands.ts';
import { AutomaticSaves } from './vscode/documents/automaticSaves.ts';
import { LazyContents } from './vscode/documents/lazyContents.ts';
import { LazyFiles } from './vscode/documents/lazyFiles.ts';
import { registerSessionFileEditor } from './vscode/file/registerSessionFileEditor.ts';
import { contentSchemes } from './vscode/ids.ts';
import { registerLanguageModelTools } from './vscode/languageModel/registerLanguageModelTools.ts';
import { registerPanels } from './vscode/panel/registerPanels.ts';
import type { Parts } from './vscode/parts.ts';
import { editorL10n } from './vscode/services/editorL10n.ts';
import { ChecksController } from './vscode/smoke/checksController.ts';
import { ExplorerView } from './vscode/tree/explorerView.ts';

/** What the in-host tests may look at. Other extensions get nothing: the parts can use the user's keys. */
export interface TestApi {
  readonly parts: Lazy<Parts>;
  /** As another window has it: what is changed here is news to the parts. */
  readonly secrets: vscode.SecretStorage;
}

/**
 * Registers all that the editor may come in by: the view, commands, panels, documents, checks, tools. What is behind them
 * is loaded and built when the editor comes in for the first time. Waits for nothing, asks nobody.
 */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const redactor = new Redactor();
  const parts = new Lazy<Parts>(async () => {
    try {
      const { buildParts } = await import('./vscode/parts.ts');
      return buildParts({ context, redactor, view, checks, automaticSaves });
    } catch (error) {
      tellWhyNotStarted(error, redactor);
      throw error;
    }
  });
  const view: ExplorerView = new ExplorerView(async () => (await parts.get()).explorer);
  const checks: ChecksController = new ChecksController(
    editorL10n,
    async () => (await (await parts.get()).smoke.get()).checks,
  );
  const automaticSaves = new AutomaticSaves();
  context.subscriptions.push(
    parts,
    view,
    checks,
    automaticSaves,
    registerCommands(parts),
    registerPanels(async () => await (await parts.get()).panels.get()),
    registerLanguageModelTools(async () => await (await parts.get()).sessionTools.get()),
    registerSessionFileEditor(async () => {
      const { shell, panels } = await parts.get();
      const { bodies, editors } = await panels.get();
      return { shell, bodies, editors };
    }),
    new LazyFiles(async () => (await parts.get()).documents.objects),
    ...contentSchemes.map(
      (scheme) => new LazyContents(scheme, async () => await (await parts.get()).contents[scheme]()),
    ),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { parts, secrets: context.secrets }
    : undefined;
}

function tellWhyNotStarted(error: unknown, redactor: Redactor): void {
  const why = redactor.redact(error instanceof Error ? error.message : String(error));
  void vscode.window.showErrorMessage(
    vscode.l10n.t('Managed Agents could not start: {why}. Reload the window to try again.', { why }),
  );
}

import * as vscode from 'vscode';
import { erasedReport } from '../../text/erasedReport.ts';
import { eraseAll } from '../services/eraseAll.ts';
import type { CommandContext } from './commandContext.ts';

/** Deletes keys, drafts and everything else that this extension keeps, after a question, and lists what that was. */
export async function removeAllData(context: CommandContext): Promise<void> {
  const { shell, keyStore, panels, drafts, steps, search, searchCache } = context;
  const { l10n, globalState, workspaceState } = shell;
  const yes = l10n.t('Remove All Data');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Remove everything that Managed Agents keeps on this machine?'),
    {
      modal: true,
      detail: l10n.t(
        'API keys of all connections, drafts of messages, pins and filters, what searches have kept, and what is known of servers are deleted for good, and session panels are closed. Your settings stay, and nothing changes on any server.',
      ),
    },
    yes,
  );
  if (pressed !== yes) {
    return;
  }
  // Panels first: an open one would write its draft again.
  const closed = panels.closeAll();
  drafts.clear();
  search.built?.clear();
  const erased = await eraseAll({
    keys: keyStore,
    machine: globalState,
    folder: workspaceState,
    search: searchCache,
  });
  steps.reset();
  context.explorer.forgetAll();
  await context.reports.show(
    context.reports.hold(l10n.t('What was deleted'), erasedReport({ ...erased, panels: closed }, l10n)),
  );
}

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Lazy } from '../../util/lazy.ts';
import type { Parts } from '../parts.ts';
import { commandTable } from './commandTable.ts';

/** Registers every command. What they work with is built for the first; whoever builds it says why it failed. */
export function registerCommands(parts: Lazy<Pick<Parts, 'runCommand'> & Disposable>): Disposable {
  const disposables = new DisposableStore();
  for (const [id, load] of Object.entries(commandTable)) {
    disposables.add(
      vscode.commands.registerCommand(id, async (argument?: unknown, more?: unknown) => {
        const { runCommand } = await parts.get();
        return await runCommand({ id, load, argument, more });
      }),
    );
  }
  return disposables;
}

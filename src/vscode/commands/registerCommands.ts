import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { type CommandId, commands } from '../ids.ts';
import { addConnection } from './addConnection.ts';
import { attachFile, attachSelection } from './attach.ts';
import { archiveAgent, archiveEnvironment, archiveSession } from './archive.ts';
import { chooseConnection } from './chooseConnection.ts';
import type { CommandContext } from './commandContext.ts';
import { createAgent } from './createAgent.ts';
import { createEnvironment } from './createEnvironment.ts';
import { createSession } from './createSession.ts';
import { defineOutcome, useRubric } from './defineOutcome.ts';
import { showInEventLog, toggleEventLog } from './eventLogCommands.ts';
import { loadMore, refresh, retry } from './listCommands.ts';
import { copyId, showDetails } from './objectCommands.ts';
import { openSession } from './openSession.ts';
import { removeKey } from './removeKey.ts';
import { reviewSession } from './reviewSession.ts';
import { startSandbox, stopSandbox } from './sandbox.ts';
import {
  copySessionId,
  exportSession,
  findInSession,
  focusComposer,
  focusLastMessage,
  interruptSession,
  openSessionAsText,
  openSessionToSide,
  reconnectSession,
  renameSession,
} from './sessionCommands.ts';
import { setKey } from './setKey.ts';

/** `more`: the explorer gives the file that was clicked and then all that are selected. */
type Handler = (context: CommandContext, argument?: unknown, more?: unknown) => unknown;

/** The smoke checks register these themselves. */
type SmokeCommandId = (typeof commands)['runSmokeChecks' | 'copySmokeReport' | 'showOperations' | 'diagnose'];

const handlers: Record<Exclude<CommandId, SmokeCommandId>, Handler> = {
  [commands.chooseConnection]: chooseConnection,
  [commands.addConnection]: addConnection,
  [commands.setKey]: setKey,
  [commands.removeKey]: removeKey,
  [commands.startSandbox]: startSandbox,
  [commands.stopSandbox]: stopSandbox,
  [commands.refresh]: refresh,
  [commands.showLog]: ({ shell }) => shell.log.show(),
  [commands.createEnvironment]: createEnvironment,
  [commands.archiveEnvironment]: archiveEnvironment,
  [commands.createAgent]: createAgent,
  [commands.archiveAgent]: archiveAgent,
  [commands.createSession]: createSession,
  [commands.openSession]: openSession,
  [commands.archiveSession]: archiveSession,
  [commands.reviewSession]: reviewSession,
  [commands.defineOutcome]: defineOutcome,
  [commands.useRubric]: useRubric,
  [commands.openSessionToSide]: openSessionToSide,
  [commands.renameSession]: renameSession,
  [commands.interruptSession]: interruptSession,
  [commands.reconnectSession]: reconnectSession,
  [commands.exportSession]: exportSession,
  [commands.openSessionAsText]: openSessionAsText,
  [commands.copySessionId]: copySessionId,
  [commands.focusLastMessage]: focusLastMessage,
  [commands.focusComposer]: focusComposer,
  [commands.findInSession]: findInSession,
  [commands.toggleEventLog]: toggleEventLog,
  [commands.showInEventLog]: showInEventLog,
  [commands.attachSelection]: attachSelection,
  [commands.attachFile]: attachFile,
  [commands.copyId]: copyId,
  [commands.showDetails]: showDetails,
  [commands.loadMore]: loadMore,
  [commands.retry]: retry,
};

/** Registers every command. What a command throws is shown once, here, and never reaches the editor's own toast. */
export function registerCommands(context: CommandContext): Disposable {
  const disposables = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers)) {
    const run = async (argument?: unknown, more?: unknown): Promise<unknown> => {
      try {
        return await handler(context, argument, more);
      } catch (error) {
        void context.shell.notify.error(error, {
          connection: context.shell.connections.active,
          retry: () => void run(argument, more),
        });
        return undefined;
      }
    };
    disposables.add(vscode.commands.registerCommand(id, run));
  }
  return disposables;
}

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { showActiveSessions } from '../attention/showActiveSessions.ts';
import { type CommandId, commands } from '../ids.ts';
import { addConnection } from './addConnection.ts';
import { groupSessionsBy, pinSession, sortSessionsBy, unpinSession } from './arrangeLists.ts';
import { attachFile, attachSelection } from './attach.ts';
import { archiveSelected, orSelected } from './bulkArchive.ts';
import { agentVersions } from './agentVersions.ts';
import { archiveAgent, archiveEnvironment, archiveSession } from './archive.ts';
import { refusedAsReadOnly } from './changes.ts';
import { changeBudget } from './changeBudget.ts';
import { chooseConnection } from './chooseConnection.ts';
import type { CommandContext } from './commandContext.ts';
import { copyAsCurl } from './copyAsCurl.ts';
import { createAgent } from './createAgent.ts';
import { createEnvironment } from './createEnvironment.ts';
import { createSession } from './createSession.ts';
import { editAsDocument, saveAsFile } from './documentCommands.ts';
import { defineOutcome, useRubric } from './defineOutcome.ts';
import { editConnection } from './editConnection.ts';
import { deleteEnvironment, deleteSession } from './deleteObject.ts';
import { editMetadata } from './editMetadata.ts';
import { editAgent, editEnvironment } from './editObject.ts';
import { showInEventLog, toggleEventLog } from './eventLogCommands.ts';
import { getStarted, openDocumentation } from './help.ts';
import { filterLists, clearFilters } from './filterLists.ts';
import { findSession } from './findSession.ts';
import {
  compareFileWithServer,
  createAgentFromFile,
  createEnvironmentFromFile,
  createFromThisFile,
  updateFromThisFile,
} from './fileCommands.ts';
import { loadMore, refresh, retry } from './listCommands.ts';
import { copyId, showDetails } from './objectCommands.ts';
import { openThread } from './openThread.ts';
import { openSession } from './openSession.ts';
import { removeAllData } from './removeAllData.ts';
import { removeConnection } from './removeConnection.ts';
import { rename } from './rename.ts';
import { removeKey } from './removeKey.ts';
import { reviewSession } from './reviewSession.ts';
import { startSandbox, stopSandbox } from './sandbox.ts';
import {
  copyConversation,
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
  [commands.editConnection]: editConnection,
  [commands.removeConnection]: removeConnection,
  [commands.setKey]: setKey,
  [commands.removeKey]: removeKey,
  [commands.removeAllData]: removeAllData,
  [commands.copyAsCurl]: copyAsCurl,
  [commands.openDocumentation]: openDocumentation,
  [commands.getStarted]: getStarted,
  [commands.startSandbox]: startSandbox,
  [commands.stopSandbox]: stopSandbox,
  [commands.refresh]: refresh,
  [commands.showLog]: ({ shell }) => shell.log.show(),
  [commands.createEnvironment]: createEnvironment,
  [commands.archiveEnvironment]: orSelected(archiveEnvironment),
  [commands.createAgent]: createAgent,
  [commands.archiveAgent]: orSelected(archiveAgent),
  [commands.createSession]: createSession,
  [commands.openSession]: openSession,
  [commands.archiveSession]: orSelected(archiveSession),
  [commands.reviewSession]: reviewSession,
  [commands.showActiveSessions]: showActiveSessions,
  [commands.defineOutcome]: defineOutcome,
  [commands.useRubric]: useRubric,
  [commands.openSessionToSide]: openSessionToSide,
  [commands.renameSession]: renameSession,
  [commands.interruptSession]: interruptSession,
  [commands.reconnectSession]: reconnectSession,
  [commands.exportSession]: exportSession,
  [commands.openSessionAsText]: openSessionAsText,
  [commands.copySessionId]: copySessionId,
  [commands.copyConversation]: copyConversation,
  [commands.focusLastMessage]: focusLastMessage,
  [commands.focusComposer]: focusComposer,
  [commands.findInSession]: findInSession,
  [commands.toggleEventLog]: toggleEventLog,
  [commands.showInEventLog]: showInEventLog,
  [commands.attachSelection]: attachSelection,
  [commands.attachFile]: attachFile,
  [commands.rename]: rename,
  [commands.editMetadata]: editMetadata,
  [commands.editAgent]: editAgent,
  [commands.agentVersions]: agentVersions,
  [commands.editEnvironment]: editEnvironment,
  [commands.deleteEnvironment]: deleteEnvironment,
  [commands.changeBudget]: changeBudget,
  [commands.deleteSession]: deleteSession,
  [commands.openThread]: openThread,
  [commands.useText]: ({ longTexts }) => longTexts.accept(),
  [commands.copyId]: copyId,
  [commands.showDetails]: showDetails,
  [commands.editAsDocument]: editAsDocument,
  [commands.saveAsFile]: saveAsFile,
  [commands.createAgentFromFile]: createAgentFromFile,
  [commands.createEnvironmentFromFile]: createEnvironmentFromFile,
  [commands.createFromThisFile]: createFromThisFile,
  [commands.compareFileWithServer]: compareFileWithServer,
  [commands.updateFromThisFile]: updateFromThisFile,
  [commands.loadMore]: loadMore,
  [commands.filterLists]: filterLists,
  [commands.clearFilters]: clearFilters,
  [commands.groupSessions]: groupSessionsBy,
  [commands.sortSessions]: sortSessionsBy,
  [commands.pinSession]: pinSession,
  [commands.unpinSession]: unpinSession,
  [commands.findSession]: findSession,
  [commands.archiveSelected]: archiveSelected,
  [commands.retry]: retry,
};

/** Registers every command. What a command throws is shown once, here, and never reaches the editor's own toast. */
export function registerCommands(context: CommandContext): Disposable {
  const disposables = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers)) {
    const run = async (argument?: unknown, more?: unknown): Promise<unknown> => {
      try {
        if (refusedAsReadOnly(context, id, argument)) {
          return undefined;
        }
        const result = await handler(context, argument, more);
        if (id === commands.createSession && result !== undefined) {
          context.steps.did('create');
        }
        return result;
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

import * as vscode from 'vscode';
import type { PageAction } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { assertNever } from '../../util/assertNever.ts';
import { commands } from '../ids.ts';

export interface PageActionTarget {
  readonly connectionId: string;
  readonly sessionId: string;
  readonly feed: SessionFeed;
  readonly close: () => void;
}

/** Does what a button of the page asks for: nothing that the user could not ask for by a command as well. */
export function runPageAction(
  action: PageAction,
  { connectionId, sessionId, feed, close }: PageActionTarget,
): void {
  const target = { connectionId, sessionId };
  switch (action) {
    case 'setKey':
      return run(commands.setKey, target);
    case 'showLog':
      return run(commands.showLog);
    case 'runSmokeChecks':
      return run(commands.runSmokeChecks, target);
    case 'reconnect':
      return feed.status.state.kind === 'ended' ? feed.start() : feed.poke();
    case 'loadOlder':
      return feed.resync();
    case 'defineOutcome':
      return run(commands.defineOutcome, target);
    case 'export':
      return run(commands.exportSession, target);
    case 'openAsText':
      return run(commands.openSessionAsText, target);
    case 'archive':
      return run(commands.archiveSession, target);
    case 'copyConversation':
      return run(commands.copyConversation, target);
    case 'copySessionId':
      return run(commands.copySessionId, target);
    case 'showDetails':
      return run(commands.showDetails, target);
    case 'useSandbox':
      return run(commands.startSandbox);
    case 'addConnection':
      return run(commands.addConnection);
    case 'closePanel':
      return close();
    case 'newSession':
      return run(commands.createSession, { connectionId, agentId: feed.session?.agent.id });
    default:
      assertNever(action);
  }
}

function run(command: string, argument?: unknown): void {
  void vscode.commands.executeCommand(command, argument);
}

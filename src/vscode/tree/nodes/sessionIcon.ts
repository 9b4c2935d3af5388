import * as vscode from 'vscode';
import type { Session } from '../../../api/resources/session.ts';
import { assertNever } from '../../../util/assertNever.ts';

/** The icon of a session that waits for the user. */
export function waitingIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('charts.yellow'));
}

/** The icon of a session's state. The words beside it say the same. */
export function sessionIcon(session: Session): vscode.ThemeIcon {
  if (session.archivedAt !== undefined) {
    return new vscode.ThemeIcon('archive');
  }
  switch (session.status) {
    case 'running':
      return new vscode.ThemeIcon('play-circle', new vscode.ThemeColor('charts.green'));
    case 'rescheduling':
      return new vscode.ThemeIcon('history', new vscode.ThemeColor('charts.yellow'));
    case 'idle':
      return new vscode.ThemeIcon('circle-outline');
    case 'active':
      return new vscode.ThemeIcon('circle-large-outline');
    case 'terminated':
      return new vscode.ThemeIcon('circle-slash');
    case 'other':
      return new vscode.ThemeIcon('question');
    default:
      return assertNever(session.status);
  }
}

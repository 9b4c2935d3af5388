import * as vscode from 'vscode';
import type { Session } from '../../../api/resources/session.ts';
import type { Activity } from '../../../browse/activity.ts';
import { assertNever } from '../../../util/assertNever.ts';

/** The icon of what a session was seen to do. The words beside it say the same. */
export function activityIcon(activity: Exclude<Activity, 'unknown'>): vscode.ThemeIcon {
  switch (activity) {
    case 'needsYou':
      return new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('charts.yellow'));
    case 'running':
      return new vscode.ThemeIcon('play-circle', new vscode.ThemeColor('charts.green'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red'));
    case 'idle':
      return new vscode.ThemeIcon('circle-outline');
    case 'ended':
      return new vscode.ThemeIcon('circle-slash');
    default:
      return assertNever(activity);
  }
}

/** The icon of the state that the server gives a session. The words beside it say the same. */
export function sessionIcon(session: Session): vscode.ThemeIcon {
  if (session.archivedAt !== undefined) {
    return new vscode.ThemeIcon('archive', new vscode.ThemeColor('disabledForeground'));
  }
  switch (session.status) {
    case 'running':
      return activityIcon('running');
    case 'rescheduling':
      return new vscode.ThemeIcon('history', new vscode.ThemeColor('charts.yellow'));
    case 'idle':
      return activityIcon('idle');
    case 'active':
      return new vscode.ThemeIcon('circle-large-outline');
    case 'terminated':
      return activityIcon('ended');
    case 'other':
      return new vscode.ThemeIcon('question');
    default:
      return assertNever(session.status);
  }
}

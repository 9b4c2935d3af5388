import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import { visible } from '../../text/visible.ts';
import { assertNever } from '../../util/assertNever.ts';

/** Between the parts of a tab's title. */
const SEPARATOR = ' · ';
const MAX_TITLE = 60;
/** As many characters of an id as tell two sessions apart. */
const ID_TAIL = 6;

/** The state of a session as its tab shows it. The pictures are those of the tree. */
type TabState = 'idle' | 'running' | 'needsYou' | 'rescheduling' | 'failed' | 'ended';

/** What a tab says: the title, what the session does, and where it is. */
export function tabTitle(header: SessionHeader, isTitleShared: boolean, l10n: L10n): string {
  const title = visible(header.title, MAX_TITLE);
  // Letters that show: two sessions of one title are told apart by the end of their ids.
  const id = isTitleShared ? ` (${visible(header.sessionId.slice(-ID_TAIL))})` : '';
  return [`${title}${id}`, stateWord(header, l10n), visible(header.connection, MAX_TITLE)]
    .filter((part) => part !== undefined)
    .join(SEPARATOR);
}

/** The title alone, out of what a tab said. */
export function titleInTab(label: string): string | undefined {
  const title = label.split(SEPARATOR)[0]?.replace(/ \([^()]{1,12}\)$/, '');
  return title === '' ? undefined : title;
}

export function tabIcon(
  header: SessionHeader | undefined,
  extensionUri: vscode.Uri,
): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  return iconOf(iconNames[header === undefined ? 'idle' : tabState(header)], extensionUri);
}

function iconOf(
  name: string,
  extensionUri: vscode.Uri,
): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const file = (theme: string) =>
    vscode.Uri.joinPath(extensionUri, 'media', 'icons', `session-${name}-${theme}.svg`);
  return { light: file('light'), dark: file('dark') };
}

/** The picture of a session that cannot be shown. */
export function lostIcon(extensionUri: vscode.Uri): ReturnType<typeof tabIcon> {
  return iconOf('ended', extensionUri);
}

const iconNames: Record<TabState, string> = {
  idle: 'idle',
  running: 'running',
  needsYou: 'needs-you',
  rescheduling: 'rescheduling',
  failed: 'failed',
  ended: 'ended',
};

function tabState({ activity, failed }: SessionHeader): TabState {
  switch (activity) {
    case 'running':
    case 'stopping':
      return 'running';
    case 'idle':
    case 'unknown':
      return failed ? 'failed' : 'idle';
    case 'needsYou':
    case 'rescheduling':
    case 'ended':
      return activity;
    default:
      return assertNever(activity);
  }
}

function stateWord(header: SessionHeader, l10n: L10n): string | undefined {
  const state = tabState(header);
  switch (state) {
    case 'running':
      return header.activity === 'stopping' ? l10n.t('stopping') : l10n.t('running');
    case 'needsYou':
      return l10n.t('needs you');
    case 'rescheduling':
      return l10n.t('rescheduling');
    case 'failed':
      return l10n.t('failed');
    case 'ended':
      return l10n.t('ended');
    case 'idle':
      return undefined;
    default:
      return assertNever(state);
  }
}

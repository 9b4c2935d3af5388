import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import { composerAtRest } from '../../protocol/composerMessages.ts';
import type { Banner, HostMessage, SessionHeader } from '../../protocol/messages.ts';
import { pageStrings } from '../../text/pageStrings.ts';

export type EmptyHeader = Pick<
  SessionHeader,
  'title' | 'sessionId' | 'connectionId' | 'connection' | 'sandbox' | 'stage' | 'origin' | 'statusText'
>;

/** A page that has no session to show, and says why. */
export function emptyPage(
  header: EmptyHeader,
  banner: Banner,
  l10n: L10n,
): Extract<HostMessage, { type: 'open' }> {
  return {
    type: 'open',
    seq: 0,
    header: { ...nothingKnown, ...header },
    feed: {
      state: { kind: 'stopped' },
      history: { kind: 'loading' },
      lastByteAt: undefined,
      unreadableFrames: 0,
    },
    banner,
    range: { first: 0, end: 0 },
    from: 0,
    rows: [],
    strings: pageStrings(l10n),
    draft: '',
    composer: composerAtRest,
    locale: vscode.env.language,
  };
}

const nothingKnown: Omit<SessionHeader, keyof EmptyHeader> = {
  activity: 'ended',
  failed: false,
  renamable: false,
  agent: null,
  agentVersion: null,
  model: null,
  environment: null,
  pending: [],
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  cost: null,
  runningSince: null,
  workedMs: null,
  createdAt: null,
  lost: true,
  menu: [],
};

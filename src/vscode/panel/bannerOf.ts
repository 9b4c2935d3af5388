import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/connection.ts';
import type { L10n } from '../../l10n.ts';
import type { Banner, PageAction } from '../../protocol/messages.ts';
import type { FeedEnd, FeedStatus } from '../../stream/feedState.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { AuthState } from '../shell.ts';

/**
 * What a panel says above the conversation about its connection, or null while all is well. A first drop is
 * no news: the state in the header shows it; words come when it lasts or when the person must do something.
 * @param isGone the connection was removed from the settings, and its key with it.
 */
export function bannerOf(
  status: FeedStatus,
  connection: Connection,
  auth: AuthState,
  l10n: L10n,
  isGone = false,
): Banner | null {
  const { state, history } = status;
  if (state.kind === 'ended' && state.why === 'unauthorized' && isGone) {
    return {
      tone: 'warning',
      text: l10n.t(
        '{name} at {origin} is not in your settings any more. What is shown is kept; add it again to go on.',
        { name: connection.name, origin: connection.origin },
      ),
      actions: [button('addConnection', l10n)],
    };
  }
  if (state.kind === 'ended') {
    return endBanner(state.why, connection, auth, l10n);
  }
  if ((state.kind === 'reconnecting' || state.kind === 'offline') && state.attempt >= 3) {
    const text =
      state.reason === 'closed' || state.reason === 'silent'
        ? l10n.t(
            'The connection to {name} keeps breaking. What is shown is kept; new events come as soon as it holds.',
            {
              name: connection.name,
            },
          )
        : explain(state.reason, connection, l10n);
    return {
      tone: 'warning',
      text,
      actions: [button('reconnect', l10n), button('runSmokeChecks', l10n), button('showLog', l10n)],
    };
  }
  if (history.kind === 'incomplete') {
    const why =
      history.reason === 'cursorLoop'
        ? l10n.t('{name} repeats a page of the list, so that reading on would never end.', {
            name: connection.name,
          })
        : explain(history.reason, connection, l10n);
    return {
      tone: 'warning',
      text: sentences(l10n.t('Older events could not be read; the history shown is not complete.'), why),
      actions: [button('reconnect', l10n), button('showLog', l10n)],
    };
  }
  return null;
}

function endBanner(why: FeedEnd, connection: Connection, auth: AuthState, l10n: L10n): Banner | null {
  const { name } = connection;
  switch (why) {
    case 'sessionTerminated':
    case 'sessionArchived':
      return {
        tone: 'info',
        text: l10n.t('This session has ended. It can be read, and takes no more messages.'),
        actions: [],
      };
    case 'sessionDeleted':
      return {
        tone: 'warning',
        text: l10n.t('This session was deleted on {name}. What is shown is all that is left.', { name }),
        actions: [],
      };
    case 'unauthorized':
      return {
        tone: 'error',
        text:
          auth === 'noKey'
            ? l10n.t('There is no API key for {name} here. Set it, and the session goes on from here.', {
                name,
              })
            : l10n.t(
                '{name} does not accept the API key. Set a valid one, and the session goes on from here.',
                { name },
              ),
        actions: [button('setKey', l10n), button('showLog', l10n)],
      };
    case 'forbidden':
      return {
        tone: 'error',
        text: l10n.t(
          '{name} does not let this API key see this session. Use a key of the organisation that owns it.',
          { name },
        ),
        actions: [button('setKey', l10n), button('showLog', l10n)],
      };
    case 'notFound':
      return {
        tone: 'error',
        text: l10n.t(
          '{name} does not know this session. It may have been deleted, or belong to another connection.',
          { name },
        ),
        actions: [button('reconnect', l10n), button('showLog', l10n)],
      };
    case 'serverClosed':
      return {
        tone: 'warning',
        text: l10n.t('{name} closed the stream and asked not to be called again.', { name }),
        actions: [button('reconnect', l10n), button('showLog', l10n)],
      };
    case 'notOffered':
      return {
        tone: 'error',
        text: l10n.t('{name} offers neither a stream nor a list of the events of a session.', { name }),
        actions: [button('runSmokeChecks', l10n), button('showLog', l10n)],
      };
    case 'recording':
      return null; // whoever opened it says what it is
    default:
      return assertNever(why);
  }
}

function explain(reason: ApiError['reason'], connection: Connection, l10n: L10n): string {
  const { title, why, next } = describeError(
    new ApiError(reason),
    { connection: connection.name, origin: connection.origin },
    l10n,
  );
  return sentences(title, why, next);
}

/** What a banner offers; the other actions of a page have their places elsewhere. */
type BannerAction = Extract<
  PageAction,
  | 'setKey'
  | 'showLog'
  | 'reconnect'
  | 'runSmokeChecks'
  | 'loadOlder'
  | 'useSandbox'
  | 'addConnection'
  | 'closePanel'
>;

function button(action: BannerAction, l10n: L10n): Banner['actions'][number] {
  return { action, label: buttonLabel(action, l10n) };
}

export function buttonLabel(action: BannerAction, l10n: L10n): string {
  switch (action) {
    case 'setKey':
      return l10n.t('Set API Key');
    case 'showLog':
      return l10n.t('Show Log');
    case 'reconnect':
      return l10n.t('Try Again');
    case 'runSmokeChecks':
      return l10n.t('Run Smoke Checks');
    case 'loadOlder':
      return l10n.t('Load Older');
    case 'useSandbox':
      return l10n.t('Use the Local Sandbox');
    case 'addConnection':
      return l10n.t('Add Connection');
    case 'closePanel':
      return l10n.t('Close');
    default:
      return assertNever(action);
  }
}

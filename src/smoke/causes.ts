import type { L10n } from '../l10n.ts';

/** The causes that only smoke checks can name; all others are in the catalogue of errors. */
export type SmokeCause =
  // the three rows of the runbook's table
  | 'proxyConfig'
  | 'edgeAuth'
  | 'operationMismatch'
  // the three reasons of the streaming guide why no events arrive
  | 'sessionUnknown'
  | 'notPosted'
  | 'nothingArrives'
  // what comes between us and the stream, and what goes wrong behind it
  | 'buffered'
  | 'idleCut'
  | 'noReply'
  | 'turnFailed'
  | 'lost'
  // this side
  | 'clockSkew'
  | 'betaMissing'
  // the server as a whole
  | 'retired'
  | 'wrongPrefix'
  | 'noAnswer'
  | 'page'
  | 'serverFault'
  // one answer
  | 'requestInvalid'
  | 'conflict'
  | 'wrongContentType'
  | 'otherStatus'
  | 'unreadable'
  // our own side
  | 'unexpected';

/** What the texts may name. Values from a server are escaped by whoever shows them. */
export interface CauseFacts {
  readonly baseUrl: string;
  /** The name under which the key is known: `SYNTH_API_KEY` or `ANTHROPIC_API_KEY`. */
  readonly keyName: string;
  readonly host: string;
  /** `anthropic-version` and `anthropic-beta` as they were sent. */
  readonly headers: string;
  readonly request: string;
  readonly status: string;
  readonly contentType: string;
  /** The base URL under which this server does answer, where another was found. */
  readonly otherBaseUrl: string;
  /** By how much this machine's clock differs from the server's, in words for minutes; empty where it does not. */
  readonly skewMinutes: string;
}

export type CauseText = (
  l10n: L10n,
  facts: CauseFacts,
) => { readonly likelyCause: string; readonly nextStep: string };

type Args = Record<string, string | number>;
const args = (facts: CauseFacts): Args => ({ ...facts });

/** The first three are the failure table of Synth's runbook, word for word; the others what experience adds. */
export const causeTexts: Readonly<Record<SmokeCause, CauseText>> = {
  proxyConfig: (l10n) => ({
    likelyCause: l10n.t('Proxy 5xx config error: missing backend HORIZONS_PRIVATE_* env.'),
    nextStep: l10n.t(
      'Nothing on this machine can repair it. Ask the people who run the backend to set HORIZONS_PRIVATE_BASE_URL and HORIZONS_PRIVATE_SERVICE_API_KEY, and give them the request id.',
    ),
  }),
  edgeAuth: (l10n, facts) => ({
    likelyCause: l10n.t('Proxy 401/403: backend edge auth failed ({keyName}).', args(facts)),
    nextStep: l10n.t(
      'Check that the key belongs to {host}, has not been revoked, and may use managed agents; then set it again. Some servers want the key in the header x-api-key and others as a bearer: the wrong way is refused like a wrong key.',
      args(facts),
    ),
  }),
  operationMismatch: (l10n, facts) => ({
    likelyCause: l10n.t('Upstream operation mismatch: route not in Phase 1 allowlist or header mismatch.'),
    nextStep: l10n.t(
      'Compare the path of the base URL ({baseUrl}) and the headers that were sent ({headers}) with what this server expects.',
      args(facts),
    ),
  }),

  noAnswer: (l10n, facts) => ({
    likelyCause: l10n.t('{host} did not answer in time.', args(facts)),
    nextStep: l10n.t(
      'Try again. If it stays so, a firewall may swallow the connection, or the server or the service behind it hangs.',
    ),
  }),
  page: (l10n, facts) => ({
    likelyCause: l10n.t(
      'Something else than the API answered {request}, probably a sign-in page, a proxy or a captive portal.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Open {host} in a browser to see what answers there, and check the base URL.',
      args(facts),
    ),
  }),

  retired: (l10n, facts) => ({
    likelyCause: l10n.t(
      'Every request was answered with “not found”: there is no managed-agents surface at {baseUrl}. It was retired or moved, or the path of the base URL is wrong.',
      args(facts),
    ),
    nextStep: l10n.t('Check the base URL and its path, choose another connection, or use the local sandbox.'),
  }),
  serverFault: (l10n, facts) => ({
    likelyCause: l10n.t('The server failed by itself ({status}).', args(facts)),
    nextStep: l10n.t('Try again later. If it stays so, give the request id to the people who run it.'),
  }),

  sessionUnknown: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The server does not know this session, or the route {request} is not in its allowlist.',
      args(facts),
    ),
    nextStep: l10n.t('Check the id of the session, and that it belongs to the account of this key.'),
  }),
  notPosted: (l10n) => ({
    likelyCause: l10n.t('No events arrive because the message was not posted: the history does not have it.'),
    nextStep: l10n.t(
      'The server said yes to the message and dropped it. Give the request id of “Send a message” to the people who run it.',
    ),
  }),
  nothingArrives: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The stream is open and tells nothing, while the history of the session has events: the headers may be wrong ({headers}), or something between here and {host} holds the stream back.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Check that version and beta are those that this server expects. If they are, look for a proxy that collects answers before it passes them on.',
    ),
  }),
  buffered: (l10n, facts) => ({
    likelyCause: l10n.t(
      'Something between here and {host}, probably a proxy, holds the stream back: headers came at once, the events late or only at the end.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Ask for {host} to be left out of the buffering of the proxy (text/event-stream must be passed on as it comes). Until then the session panel reads the history instead.',
      args(facts),
    ),
  }),
  idleCut: (l10n) => ({
    likelyCause: l10n.t(
      'The stream was ended by the other side in the middle of the turn, probably by a time limit for quiet connections.',
    ),
    nextStep: l10n.t(
      'The session panel reconnects and loses nothing. To be rid of it, ask for a longer idle limit on the proxies between here and the server.',
    ),
  }),
  noReply: (l10n) => ({
    likelyCause: l10n.t('The turn ended without a word of the agent.'),
    nextStep: l10n.t('Open the session and read its events; the agent or its model may be set up wrongly.'),
  }),
  turnFailed: (l10n) => ({
    likelyCause: l10n.t('The platform works, and the agent’s turn failed.'),
    nextStep: l10n.t('Read what the server said. The model, its quota or the environment may be the reason.'),
  }),
  lost: (l10n) => ({
    likelyCause: l10n.t('After a reconnect the server’s history and stream do not tell the same events.'),
    nextStep: l10n.t('Give the session’s id to the people who run the server.'),
  }),
  clockSkew: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The clock of this machine and that of {host} differ by {skewMinutes} minutes; certificates and keys are then refused.',
      args(facts),
    ),
    nextStep: l10n.t('Set the clock of this machine, best by the network, and run the checks again.'),
  }),
  betaMissing: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The request was refused, and it carried no anthropic-beta header; this API usually wants one.',
      args(facts),
    ),
    nextStep: l10n.t('Add managed-agents-2026-04-01 to the betas of this connection in the settings.'),
  }),
  wrongPrefix: (l10n, facts) => ({
    likelyCause: l10n.t(
      'There is nothing at {baseUrl}, but the API answers at {otherBaseUrl}: the path of the base URL is wrong.',
      args(facts),
    ),
    nextStep: l10n.t('Set the base URL of this connection to {otherBaseUrl}.', args(facts)),
  }),

  requestInvalid: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The server refused what {request} carried ({status}), or one of its headers ({headers}).',
      args(facts),
    ),
    nextStep: l10n.t('Read what the server said, and compare the headers with what it expects.'),
  }),
  conflict: (l10n, facts) => ({
    likelyCause: l10n.t('The session is in a state in which {request} is not allowed (409).', args(facts)),
    nextStep: l10n.t('Wait until the session is idle, or interrupt it, and archive it by hand.'),
  }),
  wrongContentType: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The stream was answered with the content type “{contentType}” instead of text/event-stream.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Look for a proxy that rewrites answers. If there is none, the route of the stream leads to the wrong place on the server.',
    ),
  }),
  otherStatus: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The server answered {status}, which the runbook does not know for {request}.',
      args(facts),
    ),
    nextStep: l10n.t('The server may be of another version than the one that the runbook describes.'),
  }),
  unreadable: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The answer to {request} does not have the form that the API documents.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Check that the base URL leads to a managed-agents API, and give the request id to its people.',
    ),
  }),

  unexpected: (l10n) => ({
    likelyCause: l10n.t('The check itself failed, which is an error in this extension.'),
    nextStep: l10n.t('Look into the log and report it.'),
  }),
};

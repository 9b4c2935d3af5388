import type { L10n } from '../l10n.ts';

/** The causes that only smoke checks can name; all others are in the catalogue of errors. */
export type SmokeCause =
  // the three rows of the runbook's table
  | 'proxyConfig'
  | 'edgeAuth'
  | 'operationMismatch'
  // the server as a whole
  | 'retired'
  | 'noAnswer'
  | 'page'
  | 'serverFault'
  // one answer
  | 'sessionUnknown'
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

import type { L10n } from '../l10n.ts';
import type { CauseId } from './runbook.ts';

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
  /** The origin that a redirect named, or the host. */
  readonly origin: string;
}

export type CauseText = (
  l10n: L10n,
  facts: CauseFacts,
) => { readonly likelyCause: string; readonly nextStep: string };

type Args = Record<string, string | number>;
const args = (facts: CauseFacts): Args => ({ ...facts });

/** The first three are the failure table of Synth's runbook, word for word; the others what experience adds. */
export const causeTexts: Readonly<Record<CauseId, CauseText>> = {
  proxyConfig: (l10n) => ({
    likelyCause: l10n.t('Proxy 5xx config error: missing backend HORIZONS_PRIVATE_* env.'),
    nextStep: l10n.t(
      'Nothing on this machine can repair it. Ask the people who run the backend to set HORIZONS_PRIVATE_BASE_URL and HORIZONS_PRIVATE_SERVICE_API_KEY, and give them the request id.',
    ),
  }),
  edgeAuth: (l10n, facts) => ({
    likelyCause: l10n.t('Proxy 401/403: backend edge auth failed ({keyName}).', args(facts)),
    nextStep: l10n.t(
      'Check that the key belongs to {host}, has not been revoked, and may use managed agents; then set it again. A server that wants its key in the header x-api-key refuses it as a bearer token, and the other way round.',
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

  refused: (l10n, facts) => ({
    likelyCause: l10n.t('Nothing listens at {origin}: the connection was refused.', args(facts)),
    nextStep: l10n.t('Check host and port of the base URL, and that the server is running.'),
  }),
  dns: (l10n, facts) => ({
    likelyCause: l10n.t('The name {host} could not be looked up (DNS).', args(facts)),
    nextStep: l10n.t(
      'Check the spelling of the host, the network connection, and whether a VPN is needed to know this name.',
    ),
  }),
  unreachable: (l10n, facts) => ({
    likelyCause: l10n.t('There is no way from this machine to {host}.', args(facts)),
    nextStep: l10n.t('Check the network connection, the VPN and the firewall.'),
  }),
  tls: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The certificate of {host} is not trusted, or TLS could not be agreed on.',
      args(facts),
    ),
    nextStep: l10n.t(
      'If a proxy of your organisation inspects traffic, its certificate authority must be known to the system. Otherwise check the host and the clock of this machine.',
    ),
  }),
  noAnswer: (l10n, facts) => ({
    likelyCause: l10n.t('{host} did not answer in time.', args(facts)),
    nextStep: l10n.t(
      'Try again. If it stays so, a firewall may swallow the connection, or the server or the service behind it hangs.',
    ),
  }),
  broken: (l10n, facts) => ({
    likelyCause: l10n.t('The connection to {host} broke before the answer was complete.', args(facts)),
    nextStep: l10n.t('Try again. If it stays so, look for a proxy on the way that cuts connections.'),
  }),
  proxyAuth: (l10n) => ({
    likelyCause: l10n.t('A proxy on the way wants its own sign-in (407).'),
    nextStep: l10n.t('Set up the proxy with its sign-in in the settings of the editor or of the system.'),
  }),
  redirected: (l10n, facts) => ({
    likelyCause: l10n.t(
      'The server sends callers elsewhere ({origin}), as sign-in pages and moved services do.',
      args(facts),
    ),
    nextStep: l10n.t(
      'Redirects are not followed, since the key would travel along. If the other address is the right one, make it the base URL.',
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
  overloaded: (l10n, facts) => ({
    likelyCause: l10n.t('The server is overloaded or down for maintenance ({status}).', args(facts)),
    nextStep: l10n.t('Try again in a few minutes.'),
  }),
  rateLimited: (l10n) => ({
    likelyCause: l10n.t('Too many requests were made with this key (429).'),
    nextStep: l10n.t('Wait a minute and run the checks again.'),
  }),
  payment: (l10n) => ({
    likelyCause: l10n.t('The account behind the key has a billing problem (402).'),
    nextStep: l10n.t('Look at the billing page of the account.'),
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

  noKey: (l10n, facts) => ({
    likelyCause: l10n.t('There is no usable key for {host}.', args(facts)),
    nextStep: l10n.t('Set the API key of this connection.'),
  }),
  connection: (l10n, facts) => ({
    likelyCause: l10n.t('The base URL {baseUrl} is not one that may be talked to.', args(facts)),
    nextStep: l10n.t('Use https, or http for a server on this machine.'),
  }),
  badId: (l10n) => ({
    likelyCause: l10n.t('An id holds characters that no id of this API has.'),
    nextStep: l10n.t('Check the id of the session.'),
  }),
  unexpected: (l10n) => ({
    likelyCause: l10n.t('The check itself failed, which is an error in this extension.'),
    nextStep: l10n.t('Look into the log and report it.'),
  }),
};

import type { ApiError } from '../api/errors.ts';
import { isLoopbackOrigin } from '../api/connection.ts';
import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import type { ConnectionReason } from './errorReasons.ts';
import { type ErrorPlace, type Explanation, sentences, serverName } from './explanation.ts';

/** Answers that never came: the name, the connection, the certificate, the proxy. */
export function explainConnection(
  reason: ConnectionReason,
  error: ApiError,
  where: ErrorPlace,
  l10n: L10n,
): Explanation {
  const server = serverName(where);
  const isLocal = isLoopbackOrigin(where.origin);
  switch (reason) {
    case 'dns':
      return {
        title: l10n.t('{server} was not found.', { server }),
        why: l10n.t('The name could not be turned into an address.'),
        next: l10n.t('Check that this machine is online, and that the base URL is spelled right.'),
        actions: ['retry', 'chooseConnection', 'showLog'],
      };
    case 'refused':
      return isLocal
        ? {
            title: l10n.t('Nothing listens at {server}.', { server }),
            why: l10n.t(
              'The connection was refused by this machine: the server has not been started, or has ended.',
            ),
            next: l10n.t('Start it, or start the local sandbox.'),
            actions: ['useSandbox', 'retry', 'chooseConnection'],
          }
        : {
            title: l10n.t('{server} refused the connection.', { server }),
            why: l10n.t('The machine is there, and nothing answers at that port.'),
            next: l10n.t('The service may be down: try again in a while, and check the base URL.'),
            actions: ['retry', 'chooseConnection', 'showLog'],
          };
    case 'unreachable':
      return {
        title: l10n.t('{server} cannot be reached.', { server }),
        why: l10n.t('There is no way to it from this network.'),
        next: l10n.t('Check the network connection, and whether a VPN is needed.'),
        actions: ['retry', 'chooseConnection', 'showLog'],
      };
    case 'connectTimeout':
      return {
        title: l10n.t('{server} did not answer in time.', { server }),
        why: l10n.t('No connection came about: the network is very slow, or something drops the packets.'),
        next: l10n.t('Try again. Behind a company network, check the proxy settings of the editor.'),
        actions: ['retry', 'chooseConnection', 'showLog'],
      };
    case 'headersTimeout':
      return {
        title: l10n.t('{server} did not answer in time.', { server }),
        why: sentences(
          l10n.t('The connection stands and the request was sent, yet no answer came.'),
          maybeDone(error, l10n),
        ),
        next: l10n.t('The service may be busy: try again in a while.'),
        actions: ['retry', 'runSmokeChecks', 'showLog'],
      };
    case 'tls':
      if (error.details.code === 'NODE_TLS_REJECT_UNAUTHORIZED') {
        return {
          title: l10n.t('Nothing was sent to {server}.', { server }),
          why: l10n.t(
            'The environment variable NODE_TLS_REJECT_UNAUTHORIZED turns the check of certificates off for everything that goes through the editor, and a key may not travel without it.',
          ),
          next: l10n.t('Remove the variable and start the editor again.'),
          actions: ['chooseConnection', 'showLog'],
        };
      }
      return {
        title: l10n.t('No secure connection to {server} could be made.', { server }),
        why: l10n.t('Its certificate is not trusted here, has expired, or belongs to another host.'),
        next: l10n.t(
          'Where a company proxy checks traffic, its certificate must be known to the system; one that only NODE_EXTRA_CA_CERTS names counts if http.systemCertificates is off. This check cannot be turned off.',
        ),
        actions: ['retry', 'chooseConnection', 'showLog'],
      };
    case 'reset':
      return {
        title: l10n.t('The connection to {server} broke.', { server }),
        why: sentences(l10n.t('It ended before the answer was complete.'), maybeDone(error, l10n)),
        next: l10n.t('Try again.'),
        actions: ['retry', 'runSmokeChecks', 'showLog'],
      };
    case 'network':
      return {
        title: l10n.t('The request to {server} failed.', { server }),
        why: sentences(
          l10n.t('The network gave an error of a kind that is not known here.'),
          maybeDone(error, l10n),
        ),
        next: l10n.t('Try again. The log has the details.'),
        actions: ['retry', 'showLog', 'chooseConnection'],
      };
    case 'proxyAuth':
      return {
        title: l10n.t('A proxy on the way to {server} asks for a sign-in.', { server }),
        why: l10n.t('It answered with status 407 and let nothing through.'),
        next: l10n.t(
          'Sign in to the proxy, or check the setting “http.proxy” of the editor. Then try again.',
        ),
        actions: ['retry', 'showLog'],
      };
    default:
      return assertNever(reason);
  }
}

/** A write that may have arrived is never repeated silently; the person is told instead. */
function maybeDone(error: ApiError, l10n: L10n): string {
  const isWrite = error.details.method !== undefined && error.details.method !== 'GET';
  return isWrite && error.details.sent !== false
    ? l10n.t('It may have been carried out all the same: look before you repeat it.')
    : '';
}

import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import type { RequestReason } from './errorReasons.ts';
import { type ErrorPlace, type Explanation, serverName } from './explanation.ts';

/** Requests that could not be made. */
export function explainRequest(reason: RequestReason, where: ErrorPlace, l10n: L10n): Explanation {
  const server = serverName(where);
  switch (reason) {
    case 'noKey':
      return {
        title: l10n.t('There is no API key for {server}.', { server }),
        why: l10n.t('No key is stored on this machine for exactly this connection and address.'),
        next: l10n.t('Set an API key, or try everything without one in the local sandbox.'),
        actions: ['setKey', 'useSandbox'],
      };
    case 'badKey':
      return {
        title: l10n.t('The API key for {server} cannot be sent.', { server }),
        why: l10n.t(
          'It holds characters that no key has, or has an impossible length: probably a paste gone wrong.',
        ),
        next: l10n.t('Set the API key again.'),
        actions: ['setKey'],
      };
    case 'badConnection':
      return {
        title: l10n.t('The address of {server} is not one that a key may be sent to.', { server }),
        why: l10n.t('A base URL is https, or http on this machine only.'),
        next: l10n.t('Correct the connection in the settings, or choose another one.'),
        actions: ['chooseConnection'],
      };
    case 'badId':
      return {
        title: l10n.t('{server} was not asked: an id has a form that ids do not have.', { server }),
        why: l10n.t('It could have changed the meaning of the request, so nothing was sent.'),
        next: l10n.t('Copy the id again. If the server itself gave it out, the log helps to report it.'),
        actions: ['showLog'],
      };
    case 'readOnly':
      return {
        title: l10n.t('{server} is read-only here.', { server }),
        why: l10n.t('The connection is set so that nothing on it can be changed, and nothing was sent.'),
        next: l10n.t('Allow changes with “Edit Connection”, or choose another connection.'),
        actions: ['editConnection', 'chooseConnection'],
      };
    case 'cancelled':
      return {
        title: l10n.t('The request to {server} was cancelled.', { server }),
        why: l10n.t('It was stopped here before the server answered.'),
        next: l10n.t('Try again if you still want it.'),
        actions: ['retry'],
      };
    default:
      return assertNever(reason);
  }
}

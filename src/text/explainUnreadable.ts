import type { ApiError } from '../api/errors.ts';
import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import { type ErrorPlace, type Explanation, sentences, serverName, serverSaid } from './explanation.ts';
import { visible } from './visible.ts';

export type UnreadableReason = 'notJson' | 'malformed' | 'notEventStream' | 'responseTooLarge';

/** Answers that say yes in a way that cannot be read. */
export function explainUnreadable(
  reason: UnreadableReason,
  error: ApiError,
  where: ErrorPlace,
  l10n: L10n,
): Explanation {
  const server = serverName(where);
  const said = serverSaid(error.details.serverMessage, l10n);
  const kind = visible(error.details.contentType ?? '', 60);
  switch (reason) {
    case 'notJson':
      return kind.includes('html')
        ? {
            title: l10n.t('A web page came instead of an answer from {server}.', { server }),
            why: sentences(
              l10n.t(
                'Probably a sign-in page of the network, a proxy, or a base URL that leads to a web site.',
              ),
              said,
            ),
            next: l10n.t('Sign in to the network in a browser, or check the base URL.'),
            actions: ['retry', 'chooseConnection', 'showLog'],
          }
        : {
            title: l10n.t('The answer of {server} cannot be read.', { server }),
            why: sentences(l10n.t('It is not JSON.'), said),
            next: l10n.t('Check the base URL; the server may be of another kind.'),
            actions: ['retry', 'chooseConnection', 'showLog'],
          };
    case 'malformed':
      return {
        title: l10n.t('The answer of {server} has an unknown form.', { server }),
        why: sentences(l10n.t('It is empty, or JSON of another kind than was asked for.'), said),
        next: l10n.t('Check the base URL; the smoke checks show what the server really offers.'),
        actions: ['runSmokeChecks', 'chooseConnection', 'showLog'],
      };
    case 'notEventStream':
      return {
        title: l10n.t('{server} did not open a live stream.', { server }),
        why: sentences(
          kind === ''
            ? l10n.t('It answered without saying what kind of answer it is.')
            : l10n.t('It answered with {kind} where an event stream was due.', { kind }),
          said,
        ),
        next: l10n.t('Something on the way may not let streams through. The smoke checks help to find it.'),
        actions: ['retry', 'runSmokeChecks', 'showLog'],
      };
    case 'responseTooLarge':
      return {
        title: l10n.t('The answer of {server} is too large.', { server }),
        why: l10n.t('Reading was stopped before it could take up all memory.'),
        next: l10n.t('The log tells which request it was.'),
        actions: ['retry', 'showLog'],
      };
    default:
      return assertNever(reason);
  }
}

import type { ApiError } from '../api/errors.ts';
import { operations } from '../api/operations.ts';
import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import type { AnswerReason } from './errorReasons.ts';
import { type ErrorPlace, type Explanation, sentences, serverName, serverSaid } from './explanation.ts';
import { explainUnreadable, type UnreadableReason } from './explainUnreadable.ts';

/** Answers of the server that say no. */
export function explainAnswer(
  reason: AnswerReason,
  error: ApiError,
  where: ErrorPlace,
  l10n: L10n,
): Explanation {
  const server = serverName(where);
  const said = serverSaid(error.details.serverMessage, l10n);
  const status = error.details.status ?? '-';
  switch (reason) {
    case 'unauthorized':
      return {
        title: l10n.t('{server} rejected the API key.', { server }),
        why: sentences(l10n.t('The key is wrong, has been withdrawn, or belongs to another server.'), said),
        next: l10n.t('Set the API key again.'),
        actions: ['setKey', 'chooseConnection', 'showLog'],
      };
    case 'forbidden':
      return {
        title: l10n.t('{server} does not allow this.', { server }),
        why: sentences(l10n.t('The key is known, and may not do what was asked.'), said),
        next: l10n.t('Use a key with more rights, or ask whoever runs the organisation.'),
        actions: ['setKey', 'showLog'],
      };
    case 'paymentRequired':
      return {
        title: l10n.t('{server} asks for payment.', { server }),
        why: sentences(l10n.t('The account has no credit left, or has reached its limit.'), said),
        next: l10n.t('See to the account’s billing on the server’s own site. Then try again.'),
        actions: ['retry', 'showLog'],
      };
    case 'notFound':
    case 'notOffered':
      return explainMissing(reason, error, where, l10n);
    case 'conflict':
      return {
        title: l10n.t('{server} could not do this now.', { server }),
        why: sentences(l10n.t('It was changed meanwhile, or is busy with something else.'), said),
        next: l10n.t('Refresh, look at it as it is now, and try again.'),
        actions: ['retry', 'showLog'],
      };
    case 'invalid':
      return {
        title: l10n.t('{server} did not accept the request.', { server }),
        why: said === '' ? l10n.t('Something in it is missing or not as it should be.') : said,
        next: l10n.t('Correct what it names, and try again. Nothing you entered is lost.'),
        actions: ['retry', 'showLog'],
      };
    case 'tooLarge':
      return {
        title: l10n.t('That was too large for {server}.', { server }),
        why: sentences(l10n.t('The request is bigger than the server takes.'), said),
        next: l10n.t('Send less at once.'),
        actions: ['showLog'],
      };
    case 'rateLimited':
      return {
        title: l10n.t('{server} asks for a pause.', { server }),
        why: sentences(l10n.t('There were more requests than it allows in this time.'), said),
        next: wait(error, l10n),
        actions: ['retry', 'showLog'],
      };
    case 'serviceConfig':
      return {
        title: l10n.t('{server} is not set up completely.', { server }),
        why: sentences(l10n.t('A setting of the service itself is missing.'), said),
        next: l10n.t(
          'Nothing can be done about it from here: whoever runs the service has to. The log has the request id.',
        ),
        actions: ['showLog', 'runSmokeChecks'],
      };
    case 'server':
      return {
        title: l10n.t('{server} has a problem of its own.', { server }),
        why: sentences(l10n.t('It answered with status {status}.', { status }), said),
        next: l10n.t('Try again in a while. If it stays, the smoke checks show which part is affected.'),
        actions: ['retry', 'runSmokeChecks', 'showLog'],
      };
    case 'overloaded':
      return {
        title: l10n.t('{server} is overloaded.', { server }),
        why: sentences(l10n.t('It has more to do than it can at the moment.'), said),
        next: wait(error, l10n),
        actions: ['retry', 'showLog'],
      };
    case 'redirected':
      return {
        title: l10n.t('{server} points somewhere else.', { server }),
        why:
          error.details.origin === undefined
            ? l10n.t(
                'It answered with a redirect, which is never followed, so that the key stays where it belongs.',
              )
            : l10n.t(
                'It answered with a redirect to {origin}, which is never followed, so that the key stays where it belongs.',
                { origin: error.details.origin },
              ),
        next: l10n.t('If the service has moved, add a connection with its new base URL.'),
        actions: ['chooseConnection', 'showLog'],
      };
    case 'refusedByServer':
      return {
        title: l10n.t('{server} refused the request.', { server }),
        why: sentences(l10n.t('It answered with status {status}.', { status }), said),
        next: l10n.t('The log has the request id, by which the server’s people can find it.'),
        actions: ['retry', 'showLog'],
      };
    case 'notJson':
    case 'malformed':
    case 'notEventStream':
    case 'responseTooLarge':
      return explainUnreadable(reason satisfies UnreadableReason, error, where, l10n);
    default:
      return assertNever(reason);
  }
}

/** Whether a whole part of the API is missing on the server, and not one object in it. */
export function isSurfaceMissing(error: ApiError): boolean {
  return (
    (error.reason === 'notFound' || error.reason === 'notOffered') &&
    operations.some(({ path, method }) => path === error.details.path && method === error.details.method)
  );
}

function explainMissing(
  reason: 'notFound' | 'notOffered',
  error: ApiError,
  where: ErrorPlace,
  l10n: L10n,
): Explanation {
  const server = serverName(where);
  const said = serverSaid(error.details.serverMessage, l10n);
  if (isSurfaceMissing(error)) {
    return {
      title: l10n.t('{server} does not offer managed agents.', { server }),
      why: sentences(
        l10n.t(
          'It does not know {path}. The base URL may be wrong, or the service may have been withdrawn: Synth’s hosted proxy may have been retired.',
          { path: error.details.path ?? '' },
        ),
        said,
      ),
      next: l10n.t('Check the base URL, or use the local sandbox.'),
      actions: ['chooseConnection', 'useSandbox', 'runSmokeChecks'],
    };
  }
  return reason === 'notFound'
    ? {
        title: l10n.t('{server} does not have this any more.', { server }),
        why: sentences(l10n.t('It may have been deleted, or belong to another account.'), said),
        next: l10n.t('Refresh the list to see what is there now.'),
        actions: ['retry', 'showLog'],
      }
    : {
        title: l10n.t('{server} does not offer this.', { server }),
        why: sentences(l10n.t('This operation does not exist there.'), said),
        next: l10n.t('The smoke checks show what the server offers.'),
        actions: ['runSmokeChecks', 'showLog'],
      };
}

function wait(error: ApiError, l10n: L10n): string {
  const { retryAfterMs } = error.details;
  return retryAfterMs === undefined
    ? l10n.t('Wait a while, then try again.')
    : l10n.t('Wait {seconds} s, then try again.', { seconds: Math.ceil(retryAfterMs / 1000) });
}

import type { ApiError } from '../api/errors.ts';
import type { L10n } from '../l10n.ts';
import { isConnectionReason, isRequestReason } from './errorReasons.ts';
import { explainAnswer } from './explainAnswer.ts';
import { explainConnection } from './explainConnection.ts';
import { explainRequest } from './explainRequest.ts';
import type { ErrorPlace, Explanation } from './explanation.ts';

/** Puts an error of the API into words: the one catalogue that every part of the extension uses. */
export function describeError(error: ApiError, where: ErrorPlace, l10n: L10n): Explanation {
  const explanation = explain(error, where, l10n);
  return where.what === undefined
    ? explanation
    : {
        ...explanation,
        title: l10n.t('{what}: {problem}', { what: where.what, problem: explanation.title }),
      };
}

function explain(error: ApiError, where: ErrorPlace, l10n: L10n): Explanation {
  const { reason } = error;
  if (isRequestReason(reason)) {
    return explainRequest(reason, where, l10n);
  }
  if (isConnectionReason(reason)) {
    return explainConnection(reason, error, where, l10n);
  }
  return explainAnswer(reason, error, where, l10n);
}

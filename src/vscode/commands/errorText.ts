import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/connection.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { Shell } from '../shell.ts';

/**
 * What went wrong, for the question that is asked again. Fields that the server named come first.
 * Redacted, and nothing in it is a link: the editor reads links in its own messages too.
 */
export function errorText(
  { redactor, l10n }: Pick<Shell, 'redactor' | 'l10n'>,
  error: ApiError,
  { name, origin }: Connection,
): string {
  const fields = (error.details.fieldErrors ?? []).filter(({ message }) => message !== '');
  const said = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  if (said.length > 0) {
    return withoutLinks(redactor.redact(visible(said.join('; '), 300)));
  }
  const { title, why, next } = describeError(error, { connection: name, origin }, l10n);
  return withoutLinks(redactor.redact(visible(sentences(title, why, next), 400)));
}

/**
 * Whether a question may be asked again after this: not where the person gave up, or where the key is at fault,
 * which is said elsewhere.
 */
export function isWorthAnotherTry(error: unknown): error is ApiError {
  return ApiError.is(error) && !ApiError.is(error, 'cancelled', 'noKey', 'badKey', 'unauthorized');
}

import type { BaseUrlProblem, keyProblem } from '../api/connection.ts';
import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';

export type KeyProblem = NonNullable<ReturnType<typeof keyProblem>>;

/** Why a base URL is refused, and how a good one looks. */
export function describeBaseUrlProblem(problem: BaseUrlProblem, l10n: L10n): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter the address of the server, such as https://api.example.com.');
    case 'notAUrl':
      return l10n.t('This is not a complete address. Enter one such as https://api.example.com.');
    case 'notHttps':
      return l10n.t(
        'The key would travel unprotected: use https. Only a server on this machine may use http.',
      );
    case 'scheme':
      return l10n.t('The address must begin with https://.');
    case 'credentials':
      return l10n.t(
        'The address must not hold a user name or a password. The API key is asked for separately.',
      );
    case 'queryOrFragment':
      return l10n.t('The address must end with its path: take away everything from “?” or “#” on.');
    case 'path':
      return l10n.t(
        'The path may hold letters, digits, “-”, “_”, “.” and “~” between its slashes, and nothing else.',
      );
    default:
      return assertNever(problem);
  }
}

/** What is wrong with a key's form. Never says the key. */
export function describeKeyProblem(problem: KeyProblem, l10n: L10n): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Paste or type the API key.');
    case 'characters':
      return l10n.t('A key has no spaces, line breaks or special letters: check what was pasted.');
    case 'length':
      return l10n.t('A key has between 8 and 512 characters: check what was pasted.');
    default:
      return assertNever(problem);
  }
}

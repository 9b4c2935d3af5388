import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import type { BaseUrlProblem } from '../api/connection.ts';
import { describeBaseUrlProblem } from './inputProblems.ts';
import { visible } from './visible.ts';

/** What can be wrong with the setting that lists connections. Positions count from 1. */
export type ConnectionSettingProblem =
  | { readonly kind: 'notAList' }
  | { readonly kind: 'tooMany'; readonly limit: number }
  | { readonly kind: 'notAnEntry'; readonly position: number; readonly path: string }
  | { readonly kind: 'nameTaken'; readonly position: number; readonly name: string }
  | {
      readonly kind: 'baseUrl';
      readonly position: number;
      readonly name: string;
      readonly why: BaseUrlProblem;
    };

/** What is wrong with the setting, in words. */
export function describeConnectionProblem(problem: ConnectionSettingProblem, l10n: L10n): string {
  switch (problem.kind) {
    case 'notAList':
      return l10n.t('The setting “managedAgents.connections” must be a list.');
    case 'tooMany':
      return l10n.t('Only the first {limit} connections of the settings are used.', { limit: problem.limit });
    case 'notAnEntry':
      return problem.path === ''
        ? l10n.t('Connection {position} of the settings is not used: it must have a name and a baseUrl.', {
            position: problem.position,
          })
        : l10n.t('Connection {position} of the settings is not used: its “{field}” is not as it should be.', {
            position: problem.position,
            field: visible(problem.path, 40),
          });
    case 'nameTaken':
      return l10n.t('Connection {position} of the settings is not used: the name “{name}” is taken.', {
        position: problem.position,
        name: visible(problem.name, 60),
      });
    case 'baseUrl':
      return l10n.t('The connection “{name}” of the settings is not used. {why}', {
        name: visible(problem.name, 60),
        why: describeBaseUrlProblem(problem.why, l10n),
      });
    default:
      return assertNever(problem);
  }
}

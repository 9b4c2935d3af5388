import type { L10n } from '../l10n.ts';
import type { SmokeReport, SmokeResult } from './smokeReport.ts';

/** The outcome of a run in one sentence, the first failure named. */
export function verdictOf(
  outcome: SmokeReport['outcome'],
  checks: readonly SmokeResult[],
  l10n: L10n,
): string {
  const passed = checks.filter(({ status }) => status === 'passed').length;
  const failures = checks.filter(({ status }) => status === 'failed');
  const [first, ...others] = failures;
  if (first !== undefined) {
    const args = {
      title: first.title,
      cause: first.diagnosis?.likelyCause ?? first.came,
      others: others.map(({ title }) => title).join(', '),
    };
    return others.length === 0
      ? l10n.t('“{title}” failed. {cause}', args)
      : l10n.t('“{title}” failed. {cause} Also failed: {others}.', args);
  }
  return outcome === 'cancelled'
    ? l10n.t('The run was cancelled before every check had been made.')
    : l10n.t('Everything that was checked works ({passed} of {total} checks passed, none failed).', {
        passed,
        total: checks.length,
      });
}

import type { L10n } from '../l10n.ts';
import { visibleText } from '../smoke/markdownText.ts';
import { statusSymbols, statusWord } from '../smoke/report.ts';
import type { SmokeReport, SmokeResult, SmokeStatus } from '../smoke/smokeReport.ts';

export type Paint = (status: SmokeStatus, text: string) => string;

const colours: Readonly<Record<SmokeStatus, number>> = { passed: 32, failed: 31, skipped: 90, cancelled: 33 };

/** Colours for a terminal that shows them; https://no-color.org is honoured by the caller. */
export function createPaint(useColours: boolean): Paint {
  return (status, text) => (useColours ? `\u001b[${colours[status]}m${text}\u001b[0m` : text);
}

/** One line for one check. */
export function resultLine(result: SmokeResult, paint: Paint, l10n: L10n): string {
  const word = `${statusSymbols[result.status]} ${statusWord(result.status, l10n).padEnd(9)}`;
  const facts = [
    result.httpStatus === undefined ? undefined : `HTTP ${result.httpStatus}`,
    result.came,
    result.requestId,
  ].filter((fact) => fact !== undefined);
  const time = `${Math.round(result.ms)} ms`.padStart(8);
  const line = `${result.title.padEnd(22)}${time}  ${[...new Set(facts)].join(' · ')}`;
  return `${paint(result.status, word)} ${visibleText(line)}`;
}

/** What follows the lines: each failure with its cause and the next step, then the verdict. */
export function summaryLines(report: SmokeReport, paint: Paint, l10n: L10n): readonly string[] {
  const failures = report.checks.filter(({ status }) => status === 'failed');
  const details = failures.flatMap((failure) => [
    '',
    paint('failed', visibleText(`${failure.title}: ${failure.method} ${failure.path}`)),
    ...(failure.serverSaid === undefined
      ? []
      : [`  ${l10n.t('The server said')}: ${visibleText(failure.serverSaid)}`]),
    ...(failure.diagnosis === undefined
      ? []
      : [
          `  ${l10n.t('Likely cause')}: ${visibleText(failure.diagnosis.likelyCause)}`,
          `  ${l10n.t('What to do')}: ${visibleText(failure.diagnosis.nextStep)}`,
        ]),
  ]);
  return [...details, '', paint(report.outcome, visibleText(report.verdict))];
}

import type { L10n } from '../l10n.ts';
import { isLeftOut, statusSymbols, statusWord } from '../smoke/report.ts';
import { visible } from '../text/visible.ts';
import type { SmokeReport, SmokeResult, SmokeStatus } from '../smoke/smokeReport.ts';

export type Paint = (status: SmokeStatus, text: string) => string;

const colours: Readonly<Record<SmokeStatus, number>> = { passed: 32, failed: 31, skipped: 90, cancelled: 33 };

/** Colours for a terminal that shows them; https://no-color.org is honoured by the caller. */
export function createPaint(useColours: boolean): Paint {
  return (status, text) => (useColours ? `\u001b[${colours[status]}m${text}\u001b[0m` : text);
}

/** Fit for a terminal: no character in it acts on one. */
function shown(text: string): string {
  return visible(text, 1_000);
}

/** One line for one check. */
export function resultLine(result: SmokeResult, paint: Paint, l10n: L10n): string {
  const word = `${statusSymbols[result.status]} ${statusWord(result.status, l10n).padEnd(9)}`;
  const facts = [
    result.httpStatus === undefined ? undefined : `HTTP ${result.httpStatus}`,
    result.came,
    result.requestId,
  ].filter((fact) => fact !== undefined);
  const time = (isLeftOut(result) ? '' : `${Math.round(result.ms)} ms`).padStart(8);
  const line = `${result.title.padEnd(23)}${time}  ${[...new Set(facts)].join(' · ')}`;
  return `${paint(result.status, word)} ${shown(line)}`;
}

/** What follows the lines: each cause with what failed by it and the next step, then the verdict. */
export function summaryLines(report: SmokeReport, paint: Paint, l10n: L10n): readonly string[] {
  const byCause = new Map<string, SmokeResult[]>();
  for (const failure of report.checks.filter(({ status }) => status === 'failed')) {
    const cause = failure.diagnosis?.likelyCause ?? '';
    byCause.set(cause, [...(byCause.get(cause) ?? []), failure]);
  }
  const details = [...byCause.values()].flatMap((failures) => causeLines(failures, paint, l10n));
  return [...details, '', paint(report.outcome, shown(report.verdict))];
}

function causeLines(failures: readonly SmokeResult[], paint: Paint, l10n: L10n): readonly string[] {
  const said = new Set(failures.flatMap(({ serverSaid }) => serverSaid ?? []));
  const diagnosis = failures[0]?.diagnosis;
  return [
    '',
    ...failures.map(({ title, method, path }) => paint('failed', shown(`${title}: ${method} ${path}`))),
    ...[...said].map((words) => `  ${l10n.t('The server said')}: ${shown(words)}`),
    ...(diagnosis === undefined
      ? []
      : [
          `  ${l10n.t('Likely cause')}: ${shown(diagnosis.likelyCause)}`,
          `  ${l10n.t('What to do')}: ${shown(diagnosis.nextStep)}`,
        ]),
  ];
}

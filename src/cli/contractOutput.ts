import type { ContractReport, OperationFinding, Presence } from '../contract/contractReport.ts';
import { visible } from '../text/visible.ts';

const symbols: Readonly<Record<Presence, string>> = { present: '✓', absent: '–', refused: '✗', unknown: '?' };
const colours: Readonly<Record<Presence, number>> = { present: 32, absent: 90, refused: 31, unknown: 33 };

/** One line for one operation. */
export function findingLine(finding: OperationFinding, useColours: boolean): string {
  const { status, method, path, http, contract } = finding;
  const word = `${symbols[status]} ${status.padEnd(8)}`;
  const shown = useColours ? `\u001b[${String(colours[status])}m${word}\u001b[0m` : word;
  const facts = [
    http === null ? whyNot(finding) : `HTTP ${String(http)}`,
    contract === 'proxied' ? '' : contract,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
  return `${shown} ${method.padEnd(6)} ${path.padEnd(58)} ${facts}`.trimEnd();
}

function whyNot({ how }: OperationFinding): string {
  return how === 'notAsked' ? 'not asked' : 'no answer';
}

/** What follows the lines: the counts, and what could not be put right. */
export function contractSummary(report: ContractReport): readonly string[] {
  const { counts, operations, leftBehind, allowWrites } = report;
  const pinned = operations.filter(({ contract }) => contract !== 'beyond');
  const offered = pinned.filter(({ status }) => status === 'present').length;
  const unasked = operations.filter(({ status, how }) => status === 'unknown' && how === 'options').length;
  return [
    '',
    `${String(offered)} of ${String(report.pinned)} operations of the contract are there; ` +
      `in all ${String(counts.present)} present, ${String(counts.absent)} absent, ` +
      `${String(counts.refused)} refused, ${String(counts.unknown)} unknown.`,
    ...(unasked > 0 && !allowWrites
      ? [`${String(unasked)} of the unknown ones cannot be asked without --allow-writes.`]
      : []),
    ...leftBehind.map((id) => `Could not be archived again: ${visible(id, 200)}`),
  ];
}

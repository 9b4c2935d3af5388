import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../host/paths.ts';
import type { Machine } from './machine.ts';
import { plotOf } from './plot.ts';
import { type BenchResult, boundText, machineText, numberText, verdictText } from './report.ts';

const BEGIN = '<!-- Written by `npm run bench -- --report`; the words around it are not. -->';
const END = '<!-- End of what the bench wrote. -->';

/** Writes the numbers into `docs/performance.md`, and their picture beside it. */
export async function writeReport(
  machine: Machine,
  results: readonly BenchResult[],
  minutes: number,
): Promise<void> {
  const page = path.join(projectFolder, 'docs', 'performance.md');
  const before = await readFile(page, 'utf8');
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(`${page} has no place for the table: it lies between "${BEGIN}" and "${END}".`);
  }
  const when = new Date().toISOString().slice(0, 10);
  const written = [
    BEGIN,
    '',
    `Measured on ${when}, in ${Math.max(1, Math.round(minutes))} minutes: ${machineText(machine)}.`,
    '',
    table(results),
    '',
  ].join('\n');
  await writeFile(page, before.slice(0, from) + written + before.slice(to));
  await writeFile(path.join(projectFolder, 'docs', 'images', 'performance.svg'), plotOf(results));
}

function table(results: readonly BenchResult[]): string {
  const rows = results.flatMap(({ bench, measures }) =>
    measures.map((measure) => [
      bench.name,
      `${bench.title}: ${measure.what}`,
      `${numberText(measure.value)} ${measure.unit}`,
      boundText(measure),
      verdictText(measure).replace('MISSED', '**missed**'),
      measure.note ?? '',
    ]),
  );
  const head = ['', 'Measured', 'Value', 'Promise', '', 'Note'];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), '|---|---|---:|---|---|---|', ...rows.map(line)].join('\n');
}

import { type Bench, boundOf, isMet, type Measure } from './benchmark.ts';
import type { Machine } from './machine.ts';

export interface BenchResult {
  readonly bench: Pick<Bench, 'name' | 'title'>;
  readonly measures: readonly Measure[];
}

/** The results as a table for people. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.flatMap(({ bench, measures }) =>
    measures.map((measure) => [
      bench.name,
      measure.what,
      `${numberText(measure.value)}${measure.unit === '' ? '' : ` ${measure.unit}`}`,
      boundText(measure),
      verdictText(measure),
      measure.note ?? '',
    ]),
  );
  const head = ['', 'measured', 'value', 'target', '', 'note'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The same for programs. */
export function jsonOf(machine: Machine, results: readonly BenchResult[]): string {
  const measured = results.flatMap(({ bench, measures }) =>
    measures.map((measure) => ({ bench: bench.name, ...measure, met: isMet(measure) ?? null })),
  );
  return JSON.stringify({ machine, measured }, undefined, 2);
}

export function machineText(machine: Machine): string {
  const { processor, cores, memoryGiB, system, node, loadBefore } = machine;
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, load before the run ${loadBefore}`;
}

export function numberText(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

export function boundText(measure: Measure): string {
  const bound = boundOf(measure);
  return bound === undefined ? '' : `${bound.kind === 'most' ? '≤' : '≥'} ${numberText(bound.value)}`;
}

export function verdictText(measure: Measure): string {
  const met = isMet(measure);
  return met === undefined ? '' : met ? 'met' : 'MISSED';
}

// `npm run bench -- [names] [--json] [--report] [--rounds N] [--events N]`: measures what is promised about speed
// and size.
import { inspect, parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './benchmark.ts';
import { benches } from './benches.ts';
import { isMet } from './benchmark.ts';
import { runCommand } from '../host/ownedProcess.ts';
import { projectFolder } from '../host/paths.ts';
import { writeReport } from './document.ts';
import { describeMachine } from './machine.ts';
import { type BenchResult, jsonOf, machineText, tableOf } from './report.ts';

const usage = `Usage: npm run bench -- [name ...] [--json] [--report] [--rounds N] [--events N]
--report writes the numbers of all into docs/performance.md, with their picture.
Without names all of them run: ${benches.map(({ name, title }) => `${name} (${title})`).join(', ')}
`;

interface Wish {
  readonly chosen: readonly Bench[];
  readonly json: boolean;
  readonly report: boolean;
  readonly options: BenchOptions;
}

function readWish(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        report: { type: 'boolean' },
        rounds: { type: 'string' },
        events: { type: 'string' },
      },
    });
    const rounds = wholeNumber(values.rounds ?? '5');
    const events = wholeNumber(values.events ?? '100000');
    const isKnown = positionals.every((name) => benches.some((bench) => bench.name === name));
    const report = values.report === true;
    // A document with some of the numbers would be wrong about the rest.
    const isPartOnly = report && positionals.length > 0;
    if (rounds === undefined || events === undefined || !isKnown || isPartOnly) {
      return undefined;
    }
    const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    return { chosen, json: values.json === true, report, options: { rounds, events } };
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2));
  if (wish === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const machine = describeMachine();
  if (wish.chosen.some(({ inEditor }) => inEditor)) {
    // What is measured is what ships.
    await runCommand(process.execPath, ['esbuild.js', '--production'], {
      cwd: projectFolder,
      env: process.env,
    });
  }
  const startedAt = performance.now();
  const results: BenchResult[] = [];
  const broken: string[] = [];
  for (const bench of wish.chosen) {
    process.stderr.write(`${bench.name}: ${bench.title}…\n`);
    const from = performance.now();
    try {
      results.push({ bench, measures: await bench.run(wish.options) });
      process.stderr.write(`${bench.name}: done in ${Math.round((performance.now() - from) / 1_000)} s\n`);
    } catch (error) {
      // The others are worth their time all the same.
      broken.push(bench.name);
      process.stderr.write(`${bench.name}: ${inspect(error)}\n`);
    }
  }
  process.stdout.write(
    wish.json ? `${jsonOf(machine, results)}\n` : `${machineText(machine)}\n\n${tableOf(results)}\n`,
  );
  if (broken.length > 0) {
    process.stderr.write(`Did not come to an end: ${broken.join(', ')}\n`);
    return 1;
  }
  if (wish.report) {
    await writeReport(machine, results, (performance.now() - startedAt) / 60_000);
  }
  const isAllMet = results.every(({ measures }) => measures.every((measure) => isMet(measure) !== false));
  return isAllMet ? 0 : 1;
}

process.exitCode = await main();

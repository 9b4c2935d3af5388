// `npm run bench -- [names] [--json] [--rounds N] [--events N]`: measures what is promised about speed and size.
import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './benchmark.ts';
import { benches } from './benches.ts';
import { isMet } from './benchmark.ts';
import { runCommand } from '../host/ownedProcess.ts';
import { projectFolder } from '../host/paths.ts';
import { describeMachine } from './machine.ts';
import { type BenchResult, jsonOf, machineText, tableOf } from './report.ts';

const usage = `Usage: npm run bench -- [name ...] [--json] [--rounds N] [--events N]
Without names all of them run: ${benches.map(({ name, title }) => `${name} (${title})`).join(', ')}
`;

interface Wish {
  readonly chosen: readonly Bench[];
  readonly json: boolean;
  readonly options: BenchOptions;
}

function readWish(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, rounds: { type: 'string' }, events: { type: 'string' } },
    });
    const rounds = wholeNumber(values.rounds ?? '5');
    const events = wholeNumber(values.events ?? '100000');
    const isKnown = positionals.every((name) => benches.some((bench) => bench.name === name));
    if (rounds === undefined || events === undefined || !isKnown) {
      return undefined;
    }
    const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    return { chosen, json: values.json === true, options: { rounds, events } };
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
  const results: BenchResult[] = [];
  for (const bench of wish.chosen) {
    process.stderr.write(`${bench.name}: ${bench.title}…\n`);
    const startedAt = performance.now();
    const result = { bench, measures: await bench.run(wish.options) };
    results.push(result);
    process.stderr.write(`${bench.name}: done in ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
  }
  process.stdout.write(
    wish.json ? `${jsonOf(machine, results)}\n` : `${machineText(machine)}\n\n${tableOf(results)}\n`,
  );
  const isAllMet = results.every(({ measures }) => measures.every((measure) => isMet(measure) !== false));
  return isAllMet ? 0 : 1;
}

process.exitCode = await main();

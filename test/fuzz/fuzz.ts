// `npm run fuzz -- --count N --seed S`: N hostile inputs for everything that takes what others wrote.
import { parseArgs } from 'node:util';
import { fuzz, targets } from './runFuzz.ts';

const usage = `Usage: npm run fuzz -- [--count N] [--seed S] [--target NAME]
  N inputs over all targets; a failure names the seed that has its round again: --count 1 --seed S --target NAME
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { count: { type: 'string' }, seed: { type: 'string' }, target: { type: 'string' } },
  });
  const count = Number(values.count ?? 10_000);
  const seed = Number(values.seed ?? 1);
  const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || chosen.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  let inputs = 0;
  let code = 0;
  for (const target of chosen) {
    const result = await fuzz(target, count, seed);
    inputs += result.inputs;
    console.log(
      `${result.name}: ${String(result.inputs)} inputs of ${String(result.size)}, ` +
        `${String(result.made)} made of them, ${String(result.failures.length)} failures`,
    );
    for (const failure of result.failures) {
      console.log(`  ${failure}`);
      code = 1;
    }
  }
  console.log(`${String(inputs)} inputs from seed ${String(seed)}`);
  return code;
}

process.exitCode = await main();

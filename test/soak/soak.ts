// `npm run soak -- --schedules N --seed S`: the feed, and the simple recipes beside it, over random days of faults.
import { parseArgs } from 'node:util';
import { add, type Differences, none } from './compare.ts';
import { feed, firstPageOnly, listThenStream, type Recipe } from './recipes.ts';
import { runSchedule } from './schedule.ts';

export interface SoakResult extends Differences {
  readonly name: string;
  readonly schedules: number;
  readonly events: number;
  /** Schedules at whose end the viewer saw exactly the history. */
  readonly perfect: number;
  /** Seeds of the first schedules that were not. */
  readonly failures: readonly number[];
}

export const recipes: readonly (readonly [name: string, recipe: Recipe])[] = [
  ['feed', feed],
  ['list, then stream', listThenStream],
  ['first page only', firstPageOnly],
];

/** Runs a recipe over `count` schedules, whose seeds follow on `seed`. */
export async function soak(name: string, recipe: Recipe, count: number, seed: number): Promise<SoakResult> {
  let total: Differences = none;
  let events = 0;
  const failures: number[] = [];
  for (let n = 0; n < count; n++) {
    const result = await runSchedule(seed + n, recipe);
    total = add(total, result);
    events += result.events;
    if (result.lost + result.duplicated + result.stale + result.misordered > 0) {
      failures.push(seed + n);
    }
  }
  return {
    name,
    schedules: count,
    events,
    perfect: count - failures.length,
    failures: failures.slice(0, 10),
    ...total,
  };
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { schedules: { type: 'string' }, seed: { type: 'string' } } });
  const count = Number(values.schedules ?? 200);
  const seed = Number(values.seed ?? 1);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
    process.stderr.write('Usage: npm run soak -- [--schedules N] [--seed S], both whole numbers\n');
    return 2;
  }
  console.log(`${count} schedules from seed ${seed}`);
  let code = 0;
  for (const [name, recipe] of recipes) {
    const { events, lost, duplicated, stale, misordered, perfect, failures } = await soak(
      name,
      recipe,
      count,
      seed,
    );
    console.log(
      `${name}: events ${events}, lost ${lost}, duplicated ${duplicated}, stale ${stale}, misordered ${misordered}, perfect ${perfect}/${count}`,
    );
    const isRight = lost + duplicated + stale + misordered === 0;
    if (recipe === feed && !isRight) {
      console.log(`seeds: ${failures.join(', ')}`);
      code = 1;
    }
  }
  return code;
}

if (import.meta.main) {
  process.exitCode = await main();
}

// Counts from before the first line of the product is compiled: the engine counts blocks only of what it compiles then.
import { Session } from 'node:inspector/promises';
import type { Work } from './works.ts';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const { alwaysTheSame, inProportion, known } = await import('./works.ts');

/** How often blocks of the product and its libraries are entered while some work is done. */
async function counted(work: () => unknown): Promise<number> {
  await session.post('Profiler.takePreciseCoverage'); // which sets all counts to nothing
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ url }) => /\/(?:src|media|node_modules)\//.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((steps, { count }) => steps + count, 0);
}

async function growthOf([size, make]: Work): Promise<number> {
  await make(Math.ceil(size / 10))(); // what only a first time costs
  const once = await counted(make(size));
  const twice = await counted(make(size * 2));
  return Math.log2(twice / once);
}

process.on('message', (name: string) => {
  const work = inProportion[name] ?? alwaysTheSame[name] ?? known[name];
  if (work === undefined) {
    throw new Error(`There is no work called ${name}`);
  }
  void growthOf(work).then((growth) => process.send?.(growth));
});
process.send?.('ready');

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { asNumber, asObject, field } from '../../src/util/json.ts';
import { projectFolder } from '../host/paths.ts';
import type { Bench, Measure } from './benchmark.ts';
import { measure, type PipelineRates } from './pipelineRates.ts';
import { BenchEditor } from './support/benchEditor.ts';

/** From bytes to the store of a session, against what any client with a transcript has to do at least. */
export const hostPipeline: Bench = {
  name: 'p1',
  title: 'bytes to stored events',
  inEditor: false,
  run: async (options) => measuresOf(await measure(options)),
};

/** The same where it is really done: in the extension host, with the editor's own Node and all that is in it. */
export const hostPipelineInEditor: Bench = {
  name: 'p1host',
  title: 'bytes to stored events, in the extension host',
  inEditor: true,
  async run({ rounds }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'managed-agents-bench-'));
    const outfile = path.join(folder, 'pipelineRates.cjs');
    await build({
      entryPoints: [path.join(projectFolder, 'test', 'bench', 'pipelineRates.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
    });
    const bench = await BenchEditor.start();
    try {
      const rates = asObject(await bench.execute('bench.measure', outfile, { rounds }));
      const rate = (name: keyof PipelineRates) => asNumber(field(rates, name)) ?? Number.NaN;
      return measuresOf({ base: rate('base'), retain: rate('retain'), ours: rate('ours') });
    } finally {
      await bench.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function measuresOf({ base, retain, ours }: PipelineRates): readonly Measure[] {
  return [
    { what: 'store / parse and retain', value: ours / retain, unit: '×', bound: { least: 0.8 } },
    { what: 'store / parse only', value: ours / base, unit: '×', bound: { least: 0.45 } },
    { what: 'bytes to store', value: ours, unit: 'events/s', note: '1 KB events, 16 KiB chunks' },
    { what: 'parse and retain', value: retain, unit: 'events/s' },
    { what: 'parse only', value: base, unit: 'events/s' },
  ];
}

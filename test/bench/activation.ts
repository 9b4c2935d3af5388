import path from 'node:path';
import { chooseHost } from '../host/chooseHost.ts';
import type { EditorHost, ExtensionSource } from '../host/editorHost.ts';
import { projectFolder } from '../host/paths.ts';
import type { Bench } from './benchmark.ts';
import { medianOf } from './support/statistics.ts';

const OURS = 'managed-agents.managed-agents-vscode';
const EMPTY = 'managed-agents.managed-agents-bench-empty';

const extensions: readonly ExtensionSource[] = [
  { kind: 'folder', path: projectFolder },
  ...['companion', 'empty'].map((name): ExtensionSource => ({
    kind: 'folder',
    path: path.join(projectFolder, 'test', 'bench', name),
  })),
];

/** Milliseconds by extension id. */
type Times = Readonly<Record<string, number>>;

/** Loading the code and activating, held against an extension that does nothing, in the same fresh extension host. */
export const activation: Bench = {
  name: 'p8',
  title: 'activation',
  inEditor: true,
  async run({ rounds }) {
    const host = chooseHost();
    try {
      const times: Times[] = [];
      for (let round = 0; round < Math.max(rounds, 5); round++) {
        // Whoever comes first finds a host that has just woken up.
        times.push(await activateOnce(host, round % 2 === 0 ? [OURS, EMPTY] : [EMPTY, OURS]));
      }
      const ours = medianOf(times, (each) => each[OURS] ?? Number.NaN);
      const empty = medianOf(times, (each) => each[EMPTY] ?? Number.NaN);
      return [
        { what: 'activation over an empty extension', value: ours - empty, unit: 'ms', bound: { most: 10 } },
        { what: 'activation', value: ours, unit: 'ms' },
        { what: 'an empty extension', value: empty, unit: 'ms' },
      ];
    } finally {
      await host.dispose();
    }
  },
};

async function activateOnce(host: EditorHost, order: readonly string[]): Promise<Times> {
  const workbench = await host.openWorkbench({ extensions });
  try {
    return (await workbench.execute('bench.activate', ...order)) as Times;
  } finally {
    await workbench.close();
  }
}

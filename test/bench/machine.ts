import { cpus, loadavg, release, totalmem } from 'node:os';

/** Where the numbers come from. A busy machine says so: its load before the run is part of this. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    loadBefore: Number(loadavg()[0]?.toFixed(2) ?? 0),
  };
}

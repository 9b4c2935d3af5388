import type { Memento } from 'vscode';

/** What was deleted, by the place where it was kept. Names only: never what was kept under them. */
export interface Erased {
  /** The connections and addresses whose keys were deleted. */
  readonly keys: readonly string[];
  /** Names of what was remembered on this machine, for all windows. */
  readonly machine: readonly string[];
  /** Names of what was remembered for this folder. */
  readonly folder: readonly string[];
  /** What searches had kept on this machine, in bytes. */
  readonly searchBytes: number;
  /** Names of what could not be deleted. */
  readonly failed: readonly string[];
}

export interface EraseOptions {
  readonly keys: {
    removeAll(): Promise<{ readonly removed: readonly string[]; readonly failed: readonly string[] }>;
  };
  readonly machine: Memento;
  readonly folder: Memento;
  readonly search: {
    clear(): Promise<number>;
  };
}

/** Deletes every key and everything that is remembered; what fails is told and does not keep the rest. */
export async function eraseAll({ keys, machine, folder, search }: EraseOptions): Promise<Erased> {
  const secrets = await keys.removeAll();
  const ofMachine = await erase(machine);
  const ofFolder = await erase(folder);
  const searchBytes = await search.clear().catch(() => undefined);
  return {
    keys: secrets.removed,
    machine: ofMachine.removed,
    folder: ofFolder.removed,
    searchBytes: searchBytes ?? 0,
    failed: [
      ...secrets.failed,
      ...ofMachine.failed,
      ...ofFolder.failed,
      ...(searchBytes === undefined ? ['search'] : []),
    ],
  };
}

async function erase(memory: Memento): Promise<{ readonly removed: string[]; readonly failed: string[] }> {
  const removed: string[] = [];
  const failed: string[] = [];
  for (const name of [...memory.keys()]) {
    try {
      await memory.update(name, undefined);
      removed.push(name);
    } catch {
      failed.push(name);
    }
  }
  return { removed, failed };
}

import type { Memento } from 'vscode';

/** Remembers for this folder and for the machine: a folder that remembers nothing of its own gets what was last. */
export function folderFirst(
  folder: Memento,
  machine: Memento,
): Pick<Memento, 'update'> & { get(key: string): unknown } {
  return {
    get: (key) => folder.get<unknown>(key) ?? machine.get<unknown>(key),
    update: async (key, value) => {
      await Promise.all([folder.update(key, value), machine.update(key, value)]);
    },
  };
}

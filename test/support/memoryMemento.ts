import type { Memento } from 'vscode';

/** What an editor remembers, in memory. */
export class MemoryMemento implements Memento {
  private readonly values = new Map<string, unknown>();
  /** Names whose changes fail. */
  readonly broken = new Set<string>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  // The editor's own interface asks for it.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  get<T>(key: string): T | undefined;
  get<T>(key: string, fallback: T): T;
  get(key: string, fallback?: unknown): unknown {
    return this.values.has(key) ? this.values.get(key) : fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    if (this.broken.has(key)) {
      return Promise.reject(new Error('The disk is full'));
    }
    if (value === undefined) {
      this.values.delete(key);
    } else {
      this.values.set(key, value);
    }
    return Promise.resolve();
  }
}

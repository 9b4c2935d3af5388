import path from 'node:path';
import type * as vscode from 'vscode';
import type { DiskCache } from '../../sessionSearch/diskCache.ts';
import type { Clock } from '../../util/clock.ts';
import type { ShellLog } from '../shell.ts';

/** Most that searches keep on this machine, in bytes. */
const MAX_BYTES = 200_000_000;

/** Where searches keep what they read: in the extension's own folder on this machine. */
export class KeptSearches {
  private readonly options: {
    readonly storage: vscode.Uri;
    readonly language: string;
    readonly clock: Clock;
    readonly log: ShellLog;
  };
  private opened: Promise<DiskCache> | undefined;

  constructor(options: KeptSearches['options']) {
    this.options = options;
  }

  async open(): Promise<DiskCache> {
    this.opened ??= this.make();
    return await this.opened;
  }

  /** Deletes all of it, and answers how many bytes that were. Throws what the disk says. */
  async clear(): Promise<number> {
    return await (await this.open()).clear();
  }

  private async make(): Promise<DiskCache> {
    const { DiskCache } = await import('../../sessionSearch/diskCache.ts');
    const { storage, language, clock, log } = this.options;
    return new DiskCache({
      folder: path.join(storage.fsPath, 'search'),
      maxBytes: MAX_BYTES,
      language,
      clock,
      onNote: (note) => log.warn(note),
    });
  }
}

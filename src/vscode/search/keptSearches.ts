import path from 'node:path';
import type * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { DiskCache } from '../../sessionSearch/diskCache.ts';
import type { Clock } from '../../util/clock.ts';
import type { ShellLog } from '../shell.ts';

/** Most that searches keep on this machine, in bytes. */
const MAX_BYTES = 200_000_000;

/** The name of a server in the cache: another address or prefix is another place. */
export function cacheScope({ id, origin, prefix }: Connection): string {
  return JSON.stringify([id, origin, prefix]);
}

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

  /** Deletes what is kept of one session, which is gone for good; of all of them where none is named. Never rejects. */
  async forget(connection: Connection, sessionId?: string): Promise<void> {
    try {
      const cache = await this.open();
      const scope = cacheScope(connection);
      await (sessionId === undefined ? cache.forget(scope) : cache.for(scope).remove(sessionId));
    } catch (error) {
      this.options.log.error('a part of the search cache could not be deleted', error);
    }
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

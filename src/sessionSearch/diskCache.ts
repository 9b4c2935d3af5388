import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../util/clock.ts';
import { CACHE_VERSION, decodeSession, encodeSession, restamped } from './cacheFormat.ts';
import type { Stamp } from './freshness.ts';
import { inSlices } from './inSlices.ts';
import { CacheError, type KeptSession, type SessionCache } from './sessionCache.ts';

export interface DiskCacheOptions {
  /** The folder for this cache alone; made when there is something to keep. */
  readonly folder: string;
  /** Most bytes of all files together; the oldest sessions are dropped. */
  readonly maxBytes: number;
  /** In whose words notices are kept. */
  readonly language: string;
  readonly clock: Clock;
  /** A line for the log. */
  readonly onNote: (note: string) => void;
}

/** A session that takes more than this part of the room is not kept: it would drive out all others. */
const LARGEST_SHARE = 1 / 4;
/** Trimmed a little below the bound, so that not every write has to look through the folder. */
const TRIM_TO = 0.9;
/** Damaged files that are left for somebody to look at. */
const MOST_ASIDE = 10;

/**
 * Texts of sessions in files, one for each, below one folder. Names are digests: nothing of a connection or session
 * shows in them. A file is whole or not there; one that is damaged is put aside and costs nothing but itself.
 */
export class DiskCache {
  private readonly options: DiskCacheOptions;
  private readonly root: string;
  private bytes: number | undefined;
  private opening: Promise<void> | undefined;

  constructor(options: DiskCacheOptions) {
    this.options = options;
    this.root = path.join(options.folder, `v${CACHE_VERSION}`);
  }

  /** The cache of one server. @param scope its name, in which its address is part. */
  for(scope: string): SessionCache {
    const folder = this.folderOf(scope);
    const fileOf = (sessionId: string) => path.join(folder, `${digest(sessionId)}.session`);
    return {
      read: async (sessionId) => await this.read(fileOf(sessionId)),
      write: async (sessionId, stamp, rows) => {
        const work = encodeSession(stamp, rows, this.options.language);
        const bytes = await inSlices(work, this.options.clock, new AbortController().signal);
        await this.write(fileOf(sessionId), bytes, stamp);
      },
      renew: async (sessionId, stamp) => {
        const file = fileOf(sessionId);
        const bytes = await readFile(file).catch(() => undefined);
        const renewed = bytes && restamped(bytes, stamp, this.options.language);
        if (renewed !== undefined) {
          await this.write(file, renewed, stamp).catch(() => undefined);
        }
      },
      remove: async (sessionId) => {
        await rm(fileOf(sessionId), { force: true }).catch(() => undefined);
        this.bytes = undefined;
      },
    };
  }

  /** Deletes what is kept of one server. Throws what the disk says. @param scope as in {@link for}. */
  async forget(scope: string): Promise<void> {
    await rm(this.folderOf(scope), { recursive: true, force: true });
    this.bytes = undefined;
  }

  /** Deletes everything, and answers how many bytes that were. Throws what the disk says. */
  async clear(): Promise<number> {
    const files = await this.files(this.options.folder);
    await rm(this.options.folder, { recursive: true, force: true });
    this.bytes = undefined;
    return sumOf(files);
  }

  private folderOf(scope: string): string {
    return path.join(this.root, digest(scope));
  }

  private async read(file: string): Promise<KeptSession | undefined> {
    await this.open();
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        this.options.onNote(`a file of the search cache could not be read: ${codeOf(error) ?? 'unknown'}`);
      }
      return undefined;
    }
    const kept = decodeSession(bytes, this.options.language);
    if (kept === 'damaged') {
      await this.putAside(file);
    }
    return typeof kept === 'string' ? undefined : kept;
  }

  private async write(file: string, bytes: Buffer, { updatedAt }: Stamp): Promise<void> {
    const { maxBytes } = this.options;
    if (bytes.length > maxBytes * LARGEST_SHARE) {
      await rm(file, { force: true }).catch(() => undefined);
      return;
    }
    await this.open();
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      const before = await stat(file).catch(() => undefined);
      await writeFile(part, bytes, { flag: 'wx', mode: 0o600 });
      // A file is as old as its session, by which it is told which ones are dropped first.
      const at = (updatedAt ?? this.options.clock.now()) / 1_000;
      await utimes(part, at, at);
      await rename(part, file);
      this.bytes = (this.bytes ?? sumOf(await this.files(this.root)) - bytes.length) + bytes.length;
      this.bytes -= before?.size ?? 0;
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      const isFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '');
      throw new CacheError(isFull ? 'full' : 'failed', error);
    }
    if (this.bytes > maxBytes) {
      await this.trim();
    }
  }

  /** Drops the sessions that changed the longest ago. */
  private async trim(): Promise<void> {
    const files = (await this.files(this.root)).toSorted((one, other) => one.at - other.at);
    let bytes = sumOf(files);
    for (const file of files) {
      if (bytes <= this.options.maxBytes * TRIM_TO) {
        break;
      }
      await rm(file.name, { force: true }).catch(() => undefined);
      bytes -= file.bytes;
    }
    this.bytes = bytes;
  }

  /** Puts what other versions have left aside, once. */
  private async open(): Promise<void> {
    this.opening ??= this.putOthersAside();
    await this.opening;
  }

  private async putOthersAside(): Promise<void> {
    const names = await readdir(this.options.folder).catch(() => []);
    for (const name of names) {
      if (name !== path.basename(this.root) && name !== path.basename(this.aside)) {
        await this.putAside(path.join(this.options.folder, name));
      }
    }
  }

  private get aside(): string {
    return path.join(this.options.folder, 'aside');
  }

  private async putAside(file: string): Promise<void> {
    const name = path.basename(file);
    const place = path.join(this.aside, `${name}.${randomBytes(3).toString('hex')}`);
    try {
      await mkdir(this.aside, { recursive: true });
      await rename(file, place);
      this.options.onNote(`a part of the search cache cannot be used and was put aside: ${name}`);
      await this.keepFewAside();
    } catch (error) {
      this.options.onNote(
        `a part of the search cache cannot be used and stays: ${name} (${codeOf(error) ?? 'unknown'})`,
      );
    }
  }

  private async keepFewAside(): Promise<void> {
    const names = await readdir(this.aside);
    const entries = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(path.join(this.aside, name))).mtimeMs })),
    );
    const excess = entries.toSorted((one, other) => other.at - one.at).slice(MOST_ASIDE);
    for (const { name } of excess) {
      await rm(path.join(this.aside, name), { recursive: true, force: true });
    }
  }

  private async files(folder: string): Promise<readonly FileFacts[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile());
    const facts = await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        // Another window may have dropped it meanwhile.
        const found = await stat(file).catch(() => undefined);
        return found === undefined ? [] : [{ name: file, bytes: found.size, at: found.mtimeMs }];
      }),
    );
    return facts.flat();
  }
}

interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly at: number;
}

function sumOf(files: readonly FileFacts[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

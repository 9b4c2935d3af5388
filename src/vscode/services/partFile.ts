import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** A file that is written beside its target. */
export interface PartFile {
  /** Adds to it. Rejects with what the disk says, as all of these do but `abort`. */
  write(content: string | Uint8Array): Promise<void>;
  /** Takes the target's place: what was written is whole. */
  commit(): Promise<void>;
  /** Leaves nothing, and the target as it was. */
  abort(): Promise<void>;
}

/**
 * Begins a file on this machine that takes its target's place when it is whole. A target that is there already stays as
 * it is until then, and its successor is readable for nobody else: it keeps the permissions.
 */
export async function openPartFile(target: string): Promise<PartFile> {
  const mode = await modeOf(target);
  // A link in that place is replaced, and not what it points to: nobody was asked about that.
  const part = path.join(path.dirname(target), `.managed-agents-${randomBytes(6).toString('hex')}.part`);
  const file = await open(part, 'wx', mode);
  return {
    write: async (content) => await file.writeFile(content, 'utf8'),
    async commit() {
      await file.sync();
      await file.close();
      await rename(part, target);
    },
    async abort() {
      await file.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}

/** What others may do with the file that is there; undefined for the usual, where there is none. */
async function modeOf(target: string): Promise<number | undefined> {
  const there = await lstat(target).catch(() => undefined);
  return there?.isFile() === true ? there.mode & 0o777 : undefined;
}

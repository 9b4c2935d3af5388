import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ExportSink } from '../../transcript/export/writeExport.ts';

/**
 * A file on this machine that is written beside its target and takes its place when it is whole. A target that
 * is there already stays as it is until then, and for good where the writing fails.
 */
export async function openDiskSink(target: string): Promise<ExportSink> {
  // A link in that place is replaced, and not what it points to: nobody was asked about that.
  const part = path.join(path.dirname(target), `.export-${randomBytes(6).toString('hex')}.part`);
  const file = await open(part, 'wx');
  return {
    async write(text) {
      await file.writeFile(text, 'utf8');
    },
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

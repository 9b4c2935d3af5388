import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ExportSink } from '../../transcript/export/writeExport.ts';

/** Most that is held for a file system that takes a file only as a whole, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The same as a disk sink for a place that only the editor can write to: another machine, a virtual folder. */
export function openEditorSink(target: vscode.Uri): ExportSink {
  const part = vscode.Uri.joinPath(target, '..', `.export-${randomBytes(6).toString('hex')}.part`);
  const { fs } = vscode.workspace;
  const slices: Uint8Array[] = [];
  let bytes = 0;
  return {
    write(text) {
      const slice = Buffer.from(text, 'utf8');
      bytes += slice.length;
      slices.push(slice);
      return bytes > MAX_BYTES
        ? Promise.reject(new Error('too large for this file system'))
        : Promise.resolve();
    },
    async commit() {
      await fs.writeFile(part, Buffer.concat(slices));
      await fs.rename(part, target, { overwrite: true });
    },
    async abort() {
      slices.length = 0;
      await fs.delete(part).then(undefined, () => undefined);
    },
  };
}

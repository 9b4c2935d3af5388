import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import { downloadToDisk } from './diskDownload.ts';

/** Largest file that is held to be written where only the editor can write, in bytes. */
const MAX_HELD = 64 * 1024 * 1024;

/**
 * Writes bytes as they come to the place that the user chose. What is there already stays until all has come, and
 * for good where it does not.
 * @param onProgress told how many bytes are written.
 */
export async function downloadTo(
  target: vscode.Uri,
  chunks: AsyncIterable<Uint8Array>,
  onProgress: (bytes: number) => void,
): Promise<void> {
  if (target.scheme === 'file') {
    await downloadToDisk(target.fsPath, chunks, onProgress);
  } else {
    await vscode.workspace.fs.writeFile(target, await held(chunks, onProgress));
  }
}

async function held(
  chunks: AsyncIterable<Uint8Array>,
  onProgress: (bytes: number) => void,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MAX_HELD) {
      throw new ApiError('responseTooLarge', { sent: true });
    }
    onProgress(bytes);
  }
  return Buffer.concat(parts);
}

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes bytes as they come to a file beside its target, which takes the target's place when all has come. A target
 * that is there already stays as it is until then, and for good where the bytes break off.
 * @param onProgress told how many bytes are written.
 */
export async function downloadToDisk(
  target: string,
  chunks: AsyncIterable<Uint8Array>,
  onProgress: (bytes: number) => void,
): Promise<void> {
  // A link in that place is replaced, and not what it points to: nobody was asked about that.
  const part = path.join(path.dirname(target), `.download-${randomBytes(6).toString('hex')}.part`);
  const file = await open(part, 'wx');
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
      onProgress(bytes);
    }
    await file.sync();
    await file.close();
    await rename(part, target);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

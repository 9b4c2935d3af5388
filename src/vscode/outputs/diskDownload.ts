import { openPartFile } from '../services/partFile.ts';

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
  const file = await openPartFile(target);
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      await file.write(chunk);
      bytes += chunk.byteLength;
      onProgress(bytes);
    }
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

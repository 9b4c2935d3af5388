import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../errors.ts';

/**
 * Undoes the content coding of a body, as it comes, so that limits count decoded bytes.
 * @throws ApiError `malformed` for a coding we do not know, and `reset` where the coded bytes are damaged.
 */
export function decodeContent(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') {
    return body;
  }
  const create = decoders.get(name);
  if (create === undefined) {
    throw new ApiError('malformed', { sent: true, code: 'content-encoding' });
  }
  return pump(body, create());
}

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

async function* pump(
  body: AsyncIterable<Uint8Array>,
  decoder: ReturnType<typeof createGunzip>,
): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  const feed = async () => {
    for await (const chunk of body) {
      if (decoder.destroyed) {
        return;
      }
      if (!decoder.write(chunk)) {
        await new Promise<void>((resolve) => {
          decoder.once('drain', resolve);
          decoder.once('close', resolve);
        });
      }
    }
    decoder.end();
  };
  const feeding = feed().catch((error: unknown) => {
    failure = error;
    decoder.destroy(error instanceof Error ? error : new Error('body'));
  });
  try {
    for await (const chunk of decoder) {
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw failure ?? new ApiError('reset', { sent: true, code: 'content-encoding', cause: error });
  } finally {
    decoder.destroy();
    await feeding;
  }
}

import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../errors.ts';

/**
 * Undoes the content coding of a body, as it comes, so that limits count decoded bytes.
 * @throws ApiError `malformed` for a coding we do not know, and `reset` where the coded bytes are damaged.
 */
export function decodeContent(body: Readable, encoding: string | undefined): AsyncIterable<Uint8Array> {
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

async function* pump(body: Readable, decoder: ReturnType<typeof createGunzip>): AsyncGenerator<Uint8Array> {
  let broken: Error | undefined;
  body.on('error', (error: Error) => {
    broken ??= error;
  });
  // Ties their lives together: a reader who leaves the decoder lets go of a body that may be silent for ever.
  pipeline(body, decoder, () => undefined);
  try {
    for await (const chunk of decoder) {
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (broken !== undefined) {
      throw broken;
    }
    // An answer without a body may name a coding all the same.
    const isEmpty =
      decoder.bytesWritten === 0 && error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    if (!isEmpty) {
      throw new ApiError('reset', { sent: true, code: 'content-encoding', cause: error });
    }
  }
}

import { ApiError } from '../errors.ts';
import type { HttpResponse } from './transport.ts';

/** Most bytes of a JSON answer that are held, decoded. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Most bytes of an error's body that are looked at. */
export const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Reads a whole body as UTF-8.
 * @throws ApiError `responseTooLarge` once more than `limit` decoded bytes have come; the connection is let go.
 */
export async function readBody(response: HttpResponse, limit = MAX_BODY_BYTES): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > limit) {
      throw new ApiError('responseTooLarge', { status: response.status });
    }
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** Reads as much of a body as an error message can need. A body that breaks off is taken as far as it came. */
export async function readBeginning(response: HttpResponse, limit = MAX_ERROR_BYTES): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body) {
      parts.push(part);
      size += part.byteLength;
      if (size >= limit) {
        break;
      }
    }
  } catch (error) {
    if (ApiError.is(error, 'cancelled')) {
      throw error;
    }
  }
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, limit));
}

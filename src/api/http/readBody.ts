import type { Clock } from '../../util/clock.ts';
import { ApiError } from '../errors.ts';
import { readChunks } from './readChunks.ts';
import type { HttpResponse } from './transport.ts';

/** Most bytes of a JSON answer that are held, decoded. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Most bytes of an error's body, or of an answer of the wrong kind, that are looked at. */
const MAX_BEGINNING_BYTES = 64 * 1024;
/** How long the beginning of an answer is waited for that may well go on for ever. */
const BEGINNING_MS = 2_000;

/**
 * Reads a whole body as UTF-8.
 * @throws ApiError `responseTooLarge` once more than `limit` decoded bytes have come, `headersTimeout` where
 * the rest does not come; the connection is let go.
 */
export async function readBody(
  response: HttpResponse,
  clock: Clock,
  limit = MAX_BODY_BYTES,
): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readChunks(response, clock, limit)) {
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/**
 * Reads as much of a body as an error message can need, and no longer than a moment. A body that breaks off
 * or goes on is taken as far as it came.
 */
export async function readBeginning(response: HttpResponse, clock: Clock): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isLate = false;
  const timer = clock.after(BEGINNING_MS, () => {
    isLate = true;
    response.discard();
  });
  try {
    for await (const part of response.body) {
      parts.push(part);
      size += part.byteLength;
      if (size >= MAX_BEGINNING_BYTES) {
        break;
      }
    }
  } catch (error) {
    if (ApiError.is(error, 'cancelled') && !isLate) {
      throw error;
    }
  } finally {
    timer.dispose();
  }
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, MAX_BEGINNING_BYTES));
}

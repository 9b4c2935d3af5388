import type { Clock } from '../../util/clock.ts';
import { ApiError } from '../errors.ts';
import type { HttpResponse } from './transport.ts';

/** Longest silence within a body that has to come whole, in milliseconds. */
const MAX_SILENCE_MS = 30_000;

/**
 * The decoded bytes of a body as they come, `limit` at most. Whoever leaves the loop early closes the connection.
 * @throws ApiError `responseTooLarge` once more has come, `headersTimeout` where the rest does not come; the
 * connection is let go.
 */
export async function* readChunks(
  response: HttpResponse,
  clock: Clock,
  limit: number,
): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  let isLate = false;
  const giveUp = () => {
    isLate = true;
    response.discard();
  };
  let timer = clock.after(MAX_SILENCE_MS, giveUp);
  try {
    for await (const part of response.body) {
      timer.dispose();
      size += part.byteLength;
      if (size > limit) {
        throw new ApiError('responseTooLarge', { status: response.status, sent: true });
      }
      yield part;
      timer = clock.after(MAX_SILENCE_MS, giveUp);
    }
  } catch (error) {
    throw isLate ? new ApiError('headersTimeout', { sent: true }) : error;
  } finally {
    timer.dispose();
  }
}

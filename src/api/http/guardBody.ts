import { ApiError } from '../errors.ts';
import { networkError } from './networkError.ts';

/** Names failures of a body in our own terms. */
export async function* guardBody(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  host: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    const known = networkError(error, signal, host);
    // Whatever broke a body that was already coming, the connection is what is gone.
    const isTold = known === error || signal.aborted;
    throw isTold ? known : new ApiError('reset', { ...known.details, sent: true });
  }
}

import { fillPath, type ManagedAgentsClient } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { EventStream } from '../api/eventStream.ts';
import { operation } from '../api/operations.ts';
import type { Clock } from '../util/clock.ts';

/** A stream that delivers nothing for this long and stays open is as good as one that delivers. */
const QUIET_MS = 1_000;

export type ReadOutcome =
  | { readonly outcome: 'bytes'; readonly bytes: number }
  | { readonly outcome: 'quiet' }
  | { readonly outcome: 'ended' };

/** One short visit to a stream: connected, read from once, left. */
export class StreamVisit {
  /** Whether only the older of the two paths answered. */
  readonly olderPath: boolean;
  private readonly stream: EventStream;
  private readonly controller: AbortController;
  private readonly iterator: AsyncIterator<Uint8Array>;
  private pending: Promise<IteratorResult<Uint8Array>> | undefined;
  /** What was read first; it belongs to what {@link rest} gives out. */
  private first: Uint8Array | undefined;

  constructor(sessionId: string, stream: EventStream, controller: AbortController) {
    const older = fillPath(operation('streamSession').path, { session_id: sessionId });
    this.olderPath = stream.path === older;
    this.stream = stream;
    this.controller = controller;
    this.iterator = stream.chunks[Symbol.asyncIterator]();
  }

  /** Connects on the older path, and on no other. */
  static async openOlder(
    client: Pick<ManagedAgentsClient, 'openStreamAt'>,
    sessionId: string,
    signal: AbortSignal,
  ): Promise<StreamVisit> {
    return await connect(sessionId, signal, (own) => client.openStreamAt('streamSession', sessionId, own));
  }

  /** Connects. The signal covers the connecting only; the visit ends with {@link close} or {@link letGo}. */
  static async open(
    client: Pick<ManagedAgentsClient, 'openStream'>,
    sessionId: string,
    signal: AbortSignal,
  ): Promise<StreamVisit> {
    return await connect(sessionId, signal, (own) => client.openStream(sessionId, own));
  }

  /**
   * Waits for the first bytes, the end, or a short quiet time.
   * @throws ApiError when the connection breaks instead of being ended.
   */
  async read(clock: Clock): Promise<ReadOutcome> {
    this.pending ??= this.iterator.next();
    const { promise: quiet, resolve } = Promise.withResolvers<'quiet'>();
    const timer = clock.after(QUIET_MS, () => resolve('quiet'));
    this.controller.signal.addEventListener('abort', () => resolve('quiet'), { once: true });
    try {
      const first = await Promise.race([this.pending, quiet]);
      if (first === 'quiet') {
        return { outcome: 'quiet' };
      }
      this.pending = undefined;
      if (first.done === true) {
        return { outcome: 'ended' };
      }
      this.first = first.value;
      return { outcome: 'bytes', bytes: first.value.byteLength };
    } finally {
      timer.dispose();
    }
  }

  /** Everything that the stream delivers, what was read first included. */
  async *rest(): AsyncGenerator<Uint8Array, void, void> {
    if (this.first !== undefined) {
      yield this.first;
    }
    for (;;) {
      this.pending ??= this.iterator.next();
      const next = await this.pending;
      this.pending = undefined;
      if (next.done === true) {
        return;
      }
      yield next.value;
    }
  }

  /**
   * Leaves the stream and waits until it is gone.
   * @throws ApiError when it breaks in any other way than by our leaving.
   */
  async close(): Promise<void> {
    this.letGo();
    try {
      await this.pending;
      await this.iterator.return?.();
    } catch (error) {
      if (!ApiError.is(error, 'cancelled')) {
        throw error;
      }
    }
  }

  /** Leaves without waiting; safe at any time and more than once. */
  letGo(): void {
    this.controller.abort();
    this.stream.close();
  }
}

async function connect(
  sessionId: string,
  signal: AbortSignal,
  open: (own: AbortSignal) => Promise<EventStream>,
): Promise<StreamVisit> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return new StreamVisit(sessionId, await open(controller.signal), controller);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

import type { ListEventsOptions } from '../../api/client.ts';
import { ApiError, type ApiErrorReason } from '../../api/errors.ts';
import type { EventStream } from '../../api/eventStream.ts';
import type { Page } from '../../api/pagination.ts';
import type { SessionEvent } from '../../api/resources/event.ts';
import type { Session } from '../../api/resources/session.ts';
import type { SessionSource } from '../../stream/sessionSource.ts';
import { isConnectionReason } from '../../text/errorReasons.ts';
import type { JsonObject } from '../../util/json.ts';

/**
 * A server as a tail sees it: remembers what went wrong, for the last word of the command, and brings no
 * more than the output can take.
 */
export class FollowedSource implements SessionSource {
  private readonly source: SessionSource;
  private readonly room: (signal?: AbortSignal) => Promise<void>;
  private readonly errors = new Map<ApiErrorReason, ApiError>();
  private latest: ApiError | undefined;
  private reached = false;

  /** @param room resolves when there is room for more output; rejects when the signal is aborted first. */
  constructor(source: SessionSource, room: (signal?: AbortSignal) => Promise<void>) {
    this.source = source;
    this.room = room;
  }

  /** Whether the server has answered anything at all. */
  get wasReached(): boolean {
    return this.reached;
  }

  /** The last error that had one of these reasons, else the last of all. */
  errorOf(...reasons: readonly ApiErrorReason[]): ApiError | undefined {
    return (
      reasons.map((reason) => this.errors.get(reason)).find((error) => error !== undefined) ?? this.latest
    );
  }

  async openStream(sessionId: string, signal: AbortSignal): Promise<EventStream> {
    // Previews are not for a log: the finished message is.
    const stream = await this.watch(this.source.openStream(sessionId, signal, false));
    return { ...stream, chunks: this.paced(stream.chunks, signal), close: () => stream.close() };
  }

  async listEvents(sessionId: string, options: ListEventsOptions): Promise<Page<SessionEvent>> {
    await this.room(options.signal);
    return await this.watch(this.source.listEvents(sessionId, options));
  }

  async getSession(sessionId: string, signal?: AbortSignal): Promise<Session> {
    return await this.watch(this.source.getSession(sessionId, signal));
  }

  async sendEvents(
    sessionId: string,
    events: readonly JsonObject[],
    signal?: AbortSignal,
  ): Promise<readonly SessionEvent[]> {
    return await this.watch(this.source.sendEvents(sessionId, events, signal));
  }

  private async *paced(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      await this.room(signal);
      yield chunk;
    }
  }

  private async watch<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.reached = true;
      return result;
    } catch (error) {
      if (ApiError.is(error) && error.reason !== 'cancelled') {
        this.reached ||= !isConnectionReason(error.reason);
        this.errors.set(error.reason, error);
        this.latest = error;
      }
      throw error;
    }
  }
}

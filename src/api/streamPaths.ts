import type { Connection } from './connection.ts';
import { ApiError } from './errors.ts';
import type { EventStream } from './eventStream.ts';
import type { HttpCaller, JsonCall } from './http/caller.ts';
import { requestIdOf } from './http/decodeError.ts';
import { operation, type OperationId } from './operations.ts';

/** The two paths by which servers of this API stream a session, the present one first. */
const streamOperations = ['streamEvents', 'streamSession'] as const satisfies readonly OperationId[];
export type StreamOperation = (typeof streamOperations)[number];

/** Previews of these events are asked for, where they are asked for at all. */
const PREVIEWS = ['agent.message', 'agent.thinking'];

/** Finds the path by which a server streams, and remembers it per server once it has answered 200. */
export class StreamPaths {
  private readonly known = new Map<string, StreamOperation>();
  /** Servers that refused the parameter for previews. */
  private readonly withoutDeltas = new Set<string>();

  /**
   * Opens a stream. 404 and 405 on the first path may mean that the path is not there or that the session
   * is not: the session is read to tell them apart, and where it exists the other path is tried.
   */
  async open(
    connection: Connection,
    caller: HttpCaller,
    sessionId: string,
    signal: AbortSignal,
    deltas: boolean,
  ): Promise<EventStream> {
    const server = `${connection.origin}${connection.prefix}`;
    const remembered = this.known.get(server);
    const order =
      remembered === 'streamSession' ? (['streamSession', 'streamEvents'] as const) : streamOperations;
    try {
      return await this.tryPath(server, caller, order[0], sessionId, signal, deltas);
    } catch (error) {
      if (!ApiError.is(error, 'notFound', 'notOffered')) {
        throw error;
      }
      // Throws what the session's own answer says: gone, forbidden, unreachable.
      const path = operation('getSession').path.replace('{session_id}', sessionId);
      await caller.json({ method: 'GET', path, query: {}, signal });
      return await this.tryPath(server, caller, order[1], sessionId, signal, deltas).catch(
        (second: unknown) => {
          // The session is there and neither path is: this server has no stream.
          throw ApiError.is(second, 'notFound', 'notOffered')
            ? new ApiError('notOffered', second.details)
            : second;
        },
      );
    }
  }

  /** Opens exactly one of the two paths, whatever is known of the server. */
  async openAt(
    connection: Connection,
    caller: HttpCaller,
    id: StreamOperation,
    sessionId: string,
    signal: AbortSignal,
  ): Promise<EventStream> {
    return await this.tryPath(
      `${connection.origin}${connection.prefix}`,
      caller,
      id,
      sessionId,
      signal,
      false,
    );
  }

  private async tryPath(
    server: string,
    caller: HttpCaller,
    id: StreamOperation,
    sessionId: string,
    signal: AbortSignal,
    deltas: boolean,
  ): Promise<EventStream> {
    const call: JsonCall = {
      method: 'GET',
      path: operation(id).path.replace('{session_id}', sessionId),
      query: {},
      signal,
    };
    if (deltas && !this.withoutDeltas.has(server)) {
      try {
        return await this.openOnce(
          server,
          caller,
          id,
          { ...call, query: { 'event_deltas[]': PREVIEWS } },
          true,
        );
      } catch (error) {
        if (!ApiError.is(error, 'invalid')) {
          throw error;
        }
        const stream = await this.openOnce(server, caller, id, call, false);
        // Only now is it known that the previews were what the server refused.
        this.withoutDeltas.add(server);
        return stream;
      }
    }
    return await this.openOnce(server, caller, id, call, false);
  }

  private async openOnce(
    server: string,
    caller: HttpCaller,
    id: StreamOperation,
    call: JsonCall,
    deltas: boolean,
  ): Promise<EventStream> {
    const response = await caller.stream(call);
    this.known.set(server, id);
    return {
      path: call.path,
      requestId: requestIdOf(response),
      deltas,
      chunks: response.body,
      clean: (text) => caller.cutKeys(text),
      close: () => response.discard(),
    };
  }
}

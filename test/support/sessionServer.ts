import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { asNumber, asText, type JsonObject } from '../../src/util/json.ts';

/** How the server pages its list of events. */
type Paging = 'newestFirst' | 'oldestFirst' | 'sequence' | 'lastId' | 'nextCursor' | 'whole';

export interface SessionServerOptions {
  readonly paging?: Paging;
  readonly pageSize?: number;
}

/** An event stream that the server holds open. */
export interface HeldStream {
  readonly path: string;
  /** Puts text on the wire as it is. */
  write(text: string | Uint8Array): void;
  /** Ends the answer properly. */
  end(): void;
  /** Breaks the connection. */
  reset(): void;
  readonly closed: boolean;
}

/** What a test does with one request instead of the server; undefined leaves it to the server. */
export type Interceptor = (
  request: {
    readonly method: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly body: string;
  },
  response: ServerResponse,
) => boolean;

export const SESSION_ID = 'session_under_test';

/**
 * One session on a real server, whose faults are the test's: history grows by {@link emit}, streams get what
 * is emitted while they are attached, and any request can be taken over.
 */
export class SessionServer {
  /** The session's history, in the server's order: processed events first, queued ones behind. */
  readonly history: JsonObject[] = [];
  /** Streams that are attached, oldest first. */
  readonly streams: HeldStream[] = [];
  /** `METHOD /path` of each request. */
  readonly requests: string[] = [];
  /** Connections made so far. */
  connections = 0;
  intercept: Interceptor = () => false;
  /** The session as GET describes it. */
  session: JsonObject = { id: SESSION_ID, status: 'active' };
  /** Streams are attached only after this many further calls of {@link attachLate}. */
  attachesLate = false;
  private late: HeldStream[] = [];
  private readonly options: Required<SessionServerOptions>;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = url.pathname.replace('/v1', '');
      this.requests.push(`${request.method ?? ''} ${path}`);
      const body = Buffer.concat(parts).toString('utf8');
      const call = { method: request.method ?? '', path, query: url.searchParams, body };
      if (!this.intercept(call, response)) {
        this.serve(call, response);
      }
    });
  });

  private constructor(options: SessionServerOptions) {
    this.options = { paging: 'newestFirst', pageSize: 1_000, ...options };
    this.server.on('connection', (socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(options: SessionServerOptions = {}): Promise<SessionServer> {
    const server = new SessionServer(options);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  /** The newest stream that is attached. */
  get stream(): HeldStream | undefined {
    return this.streams.filter(({ closed }) => !closed).at(-1);
  }

  /** An event happens: it enters history and goes to every attached stream. */
  emit(event: JsonObject): void {
    this.record(event);
    this.send(event);
  }

  /** An event happens that no stream brings. */
  record(event: JsonObject): void {
    const id = event['id'];
    const held =
      typeof id === 'string' && id !== '' ? this.history.findIndex((each) => each['id'] === id) : -1;
    if (held !== -1) {
      this.history.splice(held, 1);
    }
    if (event['processed_at'] === null) {
      this.history.push(event);
    } else {
      const queued = this.history.findIndex((each) => each['processed_at'] === null);
      this.history.splice(queued === -1 ? this.history.length : queued, 0, event);
    }
  }

  /** Sends an event to every attached stream, without it being in history. */
  send(event: JsonObject): void {
    for (const stream of this.streams) {
      stream.write(frameOf(event));
    }
  }

  /** Attaches the streams that were opened while {@link attachesLate} was set. */
  attachLate(): void {
    this.streams.push(...this.late.splice(0));
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise<void>((resolve) => {
      if (!this.server.listening) {
        resolve();
      }
      this.server.once('close', resolve);
    });
  }

  private serve(call: Parameters<Interceptor>[0], response: ServerResponse): void {
    const base = `/sessions/${SESSION_ID}`;
    if (call.method === 'GET' && (call.path === `${base}/events/stream` || call.path === `${base}/stream`)) {
      this.openStream(call.path, response);
    } else if (call.method === 'GET' && call.path === `${base}/events`) {
      answer(response, this.page(call.query));
    } else if (call.method === 'POST' && call.path === `${base}/events`) {
      const { events } = JSON.parse(call.body) as { events: JsonObject[] };
      const echoes = events.map((event, index) => ({
        ...event,
        id: `sent_${this.history.length + index}`,
        processed_at: new Date().toISOString(),
      }));
      echoes.forEach((echo) => this.emit(echo));
      answer(response, { data: echoes });
    } else if (call.method === 'GET' && call.path === base) {
      answer(response, this.session);
    } else {
      answer(response, { detail: 'Not Found' }, 404);
    }
  }

  /** Answers with a stream that stays open; for interceptors, too. */
  openStream(path: string, response: ServerResponse): HeldStream {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    const stream: HeldStream = {
      path,
      write: (text) => void response.write(text),
      end: () => void response.end(),
      reset: () => void response.socket?.resetAndDestroy(),
      get closed() {
        return response.closed || response.writableEnded;
      },
    };
    response.once('close', () => {
      const index = this.streams.indexOf(stream);
      if (index !== -1) {
        this.streams.splice(index, 1);
      }
    });
    (this.attachesLate ? this.late : this.streams).push(stream);
    return stream;
  }

  /** One page of the list, in this server's way. */
  page(query: URLSearchParams): JsonObject {
    const { paging, pageSize } = this.options;
    const limit = Math.min(Number(query.get('limit') ?? pageSize), pageSize);
    if (paging === 'whole') {
      return { events: this.history };
    }
    const isDescending = paging === 'newestFirst' && query.get('order') === 'desc';
    const all = isDescending ? [...this.history].reverse() : this.history;
    const cursor =
      query.get('page') ?? query.get('cursor') ?? query.get('after_id') ?? query.get('after_sequence');
    // A cursor names the event behind which to go on, so that a growing history does not shift the pages.
    const from = cursor === null ? 0 : all.findIndex((event) => nameOf(event) === cursor) + 1;
    const items = all.slice(from, from + limit);
    const last = items.at(-1);
    const hasMore = from + limit < all.length && last !== undefined;
    const next = last === undefined ? '' : nameOf(last);
    switch (paging) {
      case 'newestFirst':
      case 'oldestFirst':
        return { data: items, next_page: hasMore ? next : null };
      case 'nextCursor':
        return { data: items, next_cursor: hasMore ? next : null };
      case 'lastId':
        return { data: items, last_id: next, has_more: hasMore };
      case 'sequence':
        return { data: items, next_after_sequence: hasMore ? Number(next) : null };
    }
  }
}

/** The frame of an event as this API writes it. */
export function frameOf(event: JsonObject): string {
  return `event: ${asText(event['type']) ?? 'message'}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function answer(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function nameOf(event: JsonObject): string {
  const sequence = asNumber(event['sequence']);
  return sequence === undefined ? (asText(event['id']) ?? '') : String(sequence);
}

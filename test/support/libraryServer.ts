import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../src/util/json.ts';

/** A session of the server: what the list says, and its history, oldest first. */
export interface LibrarySession {
  readonly json: JsonObject & { readonly id: string };
  readonly events: JsonObject[];
}

/** Answers a request instead of the server; false leaves it to the server. */
type LibraryInterceptor = (path: string, response: ServerResponse) => boolean;

export interface LibraryOptions {
  /** False where the server ignores `order`, and always gives the oldest first. */
  readonly knowsOrder?: boolean;
  readonly pageSize?: number;
}

/** Many sessions with their histories on a real server, which counts what it is asked. */
export class LibraryServer {
  readonly sessions: LibrarySession[] = [];
  /** `GET /path` with its query, in the order in which they came. */
  readonly requests: string[] = [];
  intercept: LibraryInterceptor = () => false;
  /** Requests under way, and the most there ever were. */
  underway = 0;
  mostUnderway = 0;
  private readonly knowsOrder: boolean;
  private readonly pageSize: number;
  private readonly server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const path = url.pathname.replace('/v1', '');
    this.requests.push(`${path}${url.search}`);
    this.underway += 1;
    this.mostUnderway = Math.max(this.mostUnderway, this.underway);
    response.once('close', () => {
      this.underway -= 1;
    });
    if (!this.intercept(path, response)) {
      this.serve(path, url.searchParams, response);
    }
  });

  private constructor({ knowsOrder = true, pageSize = 1_000 }: LibraryOptions) {
    this.knowsOrder = knowsOrder;
    this.pageSize = pageSize;
  }

  static async start(options: LibraryOptions = {}): Promise<LibraryServer> {
    const library = new LibraryServer(options);
    await new Promise<void>((resolve) => library.server.listen(0, '127.0.0.1', resolve));
    return library;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Adds a session with these messages of the agent, a minute apart from 2026 on. */
  add(id: string, texts: readonly string[], fields: JsonObject = {}): LibrarySession {
    const start = Date.UTC(2026, 0, 1);
    const events = texts.map((text, index) => ({
      type: index % 2 === 0 ? 'user.message' : 'agent.message',
      id: `${id}_e${String(index)}`,
      content: [{ type: 'text', text }],
      processed_at: new Date(start + index * 60_000).toISOString(),
    }));
    const session = {
      json: {
        id,
        title: `Session ${id}`,
        status: 'idle',
        created_at: new Date(start).toISOString(),
        updated_at: new Date(start + texts.length * 60_000).toISOString(),
        ...fields,
      },
      events,
    };
    this.sessions.push(session);
    return session;
  }

  private serve(path: string, query: URLSearchParams, response: ServerResponse): void {
    const [, , id, isEvents] = path.split('/');
    const session = this.sessions.find(({ json }) => json.id === id);
    if (id === undefined) {
      answer(
        response,
        this.page(
          this.sessions.map(({ json }) => json),
          query,
          false,
        ),
      );
    } else if (session === undefined) {
      answer(response, { error: { type: 'not_found_error', message: `Session ${id} not found` } }, 404);
    } else if (isEvents === undefined) {
      answer(response, session.json);
    } else {
      answer(response, this.page(session.events, query, this.knowsOrder && query.get('order') === 'desc'));
    }
  }

  private page(all: readonly JsonObject[], query: URLSearchParams, isReversed: boolean): JsonObject {
    const items = isReversed ? all.toReversed() : all;
    const from = Number(query.get('page') ?? '0');
    const end = from + Math.min(this.pageSize, Number(query.get('limit') ?? this.pageSize));
    return { data: items.slice(from, end), next_page: end < items.length ? String(end) : null };
  }
}

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  body: JsonObject,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

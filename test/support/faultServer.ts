import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** A request as it arrived, kept for a test to look at. */
export interface RecordedRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Piece = string | Uint8Array;

/** What the server does with one request. */
export interface FaultAnswer {
  /** 200 where not given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in these pieces, each flushed by itself; one that is made as it is asked for may have no end. */
  readonly body?: string | Uint8Array | readonly Piece[] | AsyncIterable<Piece>;
  /** Waited for before anything is sent. */
  readonly after?: Promise<unknown>;
  /**
   * What follows the body: a proper end, an open connection, a reset. `silent` sends nothing at all and keeps
   * the connection; `drop` resets it without an answer.
   */
  readonly ending?: 'end' | 'stayOpen' | 'reset' | 'silent' | 'drop';
  /** Bytes to put on the wire instead of an HTTP answer. */
  readonly raw?: string | AsyncIterable<Piece>;
}

export type FaultScript = (request: RecordedRequest) => FaultAnswer | Promise<FaultAnswer>;

export interface FaultServer {
  /** Origin, such as `http://127.0.0.1:4100`. */
  readonly url: string;
  readonly port: number;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Answers that were begun and are neither ended nor left by the client. */
  readonly open: number;
  close(): Promise<void>;
}

/** Starts a server on loopback that does to each request what the script says. */
export async function startFaultServer(script: FaultScript): Promise<FaultServer> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const open = new Set<ServerResponse>();
  const server = createServer((incoming, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    serve(incoming, response, script, requests).catch((error: unknown) => {
      // A script that throws is a fault of the test: a status that no test asks for makes it show.
      response.writeHead(599, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    get open() {
      return open.size;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

/** A JSON answer. */
export function jsonAnswer(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): FaultAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An HTML page, as proxies and sign-in pages answer. */
export function pageAnswer(title: string, status = 200): FaultAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><title>${title}</title></head><body><p>${title}</p></body></html>`,
  };
}

/** An event stream that sends the given text and stays open, or ends as told. */
export function streamAnswer(text: string, ending: 'end' | 'stayOpen' | 'reset' = 'stayOpen'): FaultAnswer {
  return { headers: { 'content-type': 'text/event-stream' }, body: text === '' ? [] : [text], ending };
}

/** A port of this machine at which nothing listens, free a moment ago. */
export async function unusedPort(): Promise<number> {
  const server = await startFaultServer(() => ({}));
  await server.close();
  return server.port;
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  script: FaultScript,
  requests: RecordedRequest[],
): Promise<void> {
  const request = await record(incoming);
  requests.push(request);
  const answer = await script(request);
  await answer.after;
  if (answer.raw !== undefined) {
    const { socket } = response;
    if (socket !== null) {
      await writeAll(socket, typeof answer.raw === 'string' ? [answer.raw] : answer.raw);
      socket.end();
    }
    return;
  }
  if (answer.ending === 'silent') {
    return;
  }
  if (answer.ending === 'drop') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status ?? 200, answer.headers);
  response.flushHeaders();
  await writeAll(response, piecesOf(answer.body));
  if (answer.ending === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (answer.ending !== 'stayOpen') {
    response.end();
  }
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) {
    parts.push(part as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(incoming.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
  );
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts).toString(),
  };
}

/** Writes piece by piece, each when the one before is on its way, until the client leaves. */
async function writeAll(target: Writable, pieces: Iterable<Piece> | AsyncIterable<Piece>): Promise<void> {
  const iterator =
    Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  const left = new Promise<undefined>((resolve) => {
    if (target.destroyed) {
      resolve(undefined);
    }
    target.once('close', () => resolve(undefined));
  });
  for (;;) {
    const step = await Promise.race([left, iterator.next()]);
    if (step === undefined || step.done === true) {
      break;
    }
    const written = new Promise<void>((resolve) => {
      target.write(step.value, () => resolve());
    });
    await Promise.race([left, written]);
  }
  // Not waited for: a source may be in the middle of a wait that nobody will end.
  void iterator.return?.();
}

function piecesOf(body: FaultAnswer['body']): Iterable<Piece> | AsyncIterable<Piece> {
  if (body === undefined || body === '') {
    return [];
  }
  return typeof body === 'string' || body instanceof Uint8Array ? [body] : body;
}

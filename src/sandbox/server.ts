import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import type { JsonObject } from '../util/json.ts';
import type { Answer } from './handlers/call.ts';
import { checkCaller, KeyCheck } from './guard.ts';
import { handlers } from './handlers/handlers.ts';
import type { Dialect } from './dialects/dialect.ts';
import { synth } from './dialects/synth.ts';
import { SandboxError } from './errors.ts';
import type { Random } from './ids.ts';
import { openLiveStream } from './liveStream.ts';
import { livelyPace, type Pace } from './pace.ts';
import { readJsonBody } from './requestBody.ts';
import { findDialect, findRoute } from './router.ts';
import { ScriptedAgent } from './scriptedAgent.ts';
import { seed } from './seed/seed.ts';
import type { StreamSettings } from './sse.ts';
import { Store } from './store.ts';

export interface SandboxOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** The key that requests must carry; a random one by default. */
  readonly key?: string;
  readonly seedSessions?: number;
  /** How many agents the seeded sessions have; three at least. */
  readonly seedAgents?: number;
  /** Fills the newest seeded session, the first of the default list, with this many events. */
  readonly seedEvents?: number;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly pace?: Pace;
  readonly keepAliveMs?: number;
  /** Bytes that may wait for a slow stream reader before it is dropped. */
  readonly maxBufferedBytes?: number;
}

export interface Sandbox {
  /** Origin, such as `http://127.0.0.1:4100`; the dialects' prefixes come after it. */
  readonly url: string;
  readonly key: string;
  readonly port: number;
  /** Ends every stream and connection and stops every script. */
  close(): Promise<void>;
}

/**
 * Starts the local server: this contract in two dialects, over one store in memory, with a scripted agent.
 * It listens on 127.0.0.1 only. Rejects when the port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const key = options.key ?? `sandbox_${randomBytes(24).toString('base64url')}`;
  const store = new Store(clock, options.random ?? Math.random);
  const scriptedAgent = new ScriptedAgent(store, clock, options.pace ?? livelyPace);
  seed(store, scriptedAgent, {
    sessions: options.seedSessions ?? 0,
    events: options.seedEvents ?? 0,
    agents: options.seedAgents ?? 0,
  });

  const service = new Service(store, scriptedAgent, new KeyCheck(key), {
    clock,
    keepAliveMs: options.keepAliveMs ?? 15_000,
    maxBufferedBytes: options.maxBufferedBytes ?? 16 * 1024 * 1024,
  });
  const server = createServer((request, response) => void service.serve(request, response));
  const port = await listen(server, options.port ?? 0);
  service.port = port;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    key,
    port,
    close: async () => {
      scriptedAgent.close();
      service.endStreams();
      await closeServer(server);
    },
  };
}

/** From a request to its answer. */
class Service {
  port = 0;
  private readonly store: Store;
  private readonly scriptedAgent: ScriptedAgent;
  private readonly keyCheck: KeyCheck;
  private readonly streamSettings: StreamSettings;
  private readonly streams = new Set<Disposable>();

  constructor(
    store: Store,
    scriptedAgent: ScriptedAgent,
    keyCheck: KeyCheck,
    streamSettings: StreamSettings,
  ) {
    this.store = store;
    this.scriptedAgent = scriptedAgent;
    this.keyCheck = keyCheck;
    this.streamSettings = streamSettings;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = this.store.newId('req_');
    response.setHeader('request-id', requestId);
    const target = parseTarget(request.url ?? '');
    const found = findDialect(target?.pathname ?? '');
    const dialect = found?.dialect ?? synth;
    try {
      checkCaller(request.headers, this.port);
      if (found === undefined || target === undefined) {
        throw new SandboxError('notFound', 'Not Found');
      }
      const answer = await this.answer(request, dialect, found.rest, target.searchParams);
      this.send(response, dialect, answer);
    } catch (error) {
      const known = error instanceof SandboxError ? error : new SandboxError('internal', 'Internal error');
      const { status, body } = dialect.error(known, requestId);
      if (known.allow.length > 0) {
        response.setHeader('allow', known.allow.join(', '));
      }
      if (known.kind === 'tooLarge') {
        // The rest of the body is not read, so the connection cannot carry another request.
        response.setHeader('connection', 'close');
      }
      sendJson(response, status, body);
    }
  }

  endStreams(): void {
    for (const stream of this.streams) {
      stream.dispose();
    }
  }

  private async answer(
    request: IncomingMessage,
    dialect: Dialect,
    path: string,
    query: URLSearchParams,
  ): Promise<Answer> {
    this.keyCheck.check(dialect.keyOf(request.headers));
    const { operation, ids } = findRoute(dialect, request.method ?? '', path);
    dialect.checkHeaders(request.headers);
    const body = operation.method === 'POST' ? await readJsonBody(request) : {};
    const { store, scriptedAgent } = this;
    return handlers[operation.id]({ store, scriptedAgent, dialect, ids, query, body });
  }

  private send(response: ServerResponse, dialect: Dialect, answer: Answer): void {
    if (answer.kind === 'json') {
      sendJson(response, answer.status, answer.body);
      return;
    }
    if (answer.kind === 'bytes') {
      const { bytes, type } = answer;
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
      response.end(bytes);
      return;
    }
    const stream = openLiveStream(
      response,
      { session: answer.session, dialect, previews: answer.previews },
      this.streamSettings,
    );
    this.streams.add(stream);
    response.once('close', () => this.streams.delete(stream));
  }
}

function parseTarget(target: string): URL | undefined {
  if (!target.startsWith('/') || target.startsWith('//')) {
    return undefined;
  }
  return URL.canParse(target, 'http://127.0.0.1') ? new URL(target, 'http://127.0.0.1') : undefined;
}

function sendJson(response: ServerResponse, status: number, body: JsonObject): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8');
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // One turn of the event loop, so that the last bytes of ended streams still go out.
  await new Promise<void>((resolve) => setImmediate(resolve));
  server.closeAllConnections();
  await closed;
}

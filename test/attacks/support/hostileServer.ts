import { asText, field, type JsonObject } from '../../../src/util/json.ts';
import {
  type FaultAnswer,
  type FaultServer,
  jsonAnswer,
  type RecordedRequest,
  startFaultServer,
} from '../../support/faultServer.ts';
import { Held } from './held.ts';

/** A request as an attack sees it: `path` is the part below the prefix, such as `/sessions/abc/events`. */
export interface AttackedRequest extends RecordedRequest {
  /** The session that it is about, where it is about one. */
  readonly session: string | undefined;
}

/** What an attack does with a request; undefined leaves it to the healthy side of the server. */
export type Attack = (request: AttackedRequest) => FaultAnswer | undefined | Promise<FaultAnswer | undefined>;

/** A session as the healthy side serves it. Everything of it may be changed by a test, to any JSON. */
export interface ServedSession {
  readonly id: string;
  title: string;
  status: string;
  /** Further fields of the session itself, over the ones above. */
  extra: JsonObject;
  /** The history, oldest first. */
  readonly events: JsonObject[];
  /** The streams that are held open. */
  readonly streams: Set<Held>;
}

const PREFIX = '/api/managed-agents/anthropic/v1';

/**
 * A server on loopback that behaves, except where an attack takes a request over. It has any number of
 * sessions, so that one can be attacked while another shows that the client still works.
 */
export class HostileServer {
  readonly sessions = new Map<string, ServedSession>();
  /** What answers before the healthy side does. */
  attack: Attack = () => undefined;
  private server: FaultServer | undefined;

  static async start(): Promise<HostileServer> {
    const hostile = new HostileServer();
    hostile.server = await startFaultServer(async (request) => await hostile.answer(request));
    return hostile;
  }

  /** Origin, such as `http://127.0.0.1:4100`. */
  get url(): string {
    return this.server?.url ?? '';
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  /** Every request, in the order of arrival. */
  get requests(): readonly AttackedRequest[] {
    return (this.server?.requests ?? []).map(attacked);
  }

  /** Answers that are neither ended nor left by the client. */
  get open(): number {
    return this.server?.open ?? 0;
  }

  addSession(session: Partial<Omit<ServedSession, 'streams'>> & { readonly id: string }): ServedSession {
    const served: ServedSession = {
      title: session.id,
      status: 'idle',
      extra: {},
      events: [],
      ...session,
      streams: new Set(),
    };
    this.sessions.set(served.id, served);
    return served;
  }

  /** An event happens in a session: it enters the history and goes to every open stream. */
  emit(session: ServedSession, event: JsonObject): void {
    session.events.push(event);
    this.send(session, `data: ${JSON.stringify(event)}\n\n`);
  }

  /** Puts text on every open stream of a session as it is. */
  send(session: ServedSession, text: string | Uint8Array): void {
    for (const stream of session.streams) {
      stream.push(text);
    }
  }

  /** Requests for a session that a check accepts. */
  about(session: ServedSession, check: (request: AttackedRequest) => boolean = () => true) {
    return this.requests.filter((request) => request.session === session.id && check(request));
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private async answer(recorded: RecordedRequest): Promise<FaultAnswer> {
    const request = attacked(recorded);
    return (await this.attack(request)) ?? this.serve(request);
  }

  private serve({ method, path, session: id, body }: AttackedRequest): FaultAnswer {
    if (path === '/sessions') {
      return jsonAnswer({ data: [...this.sessions.values()].map(described) });
    }
    const session = this.sessions.get(id ?? '');
    if (session === undefined) {
      return ['/agents', '/environments'].includes(path)
        ? jsonAnswer({ data: [] })
        : jsonAnswer({ type: 'error', error: { type: 'not_found_error', message: 'Not found' } }, 404);
    }
    switch (`${method} ${path.slice(`/sessions/${session.id}`.length)}`) {
      case 'GET ':
        return jsonAnswer(described(session));
      case 'GET /events':
        return jsonAnswer({ data: session.events });
      case 'GET /events/stream':
      case 'GET /stream':
        return this.stream(session);
      case 'POST /events':
        return this.take(session, JSON.parse(body) as JsonObject);
      default:
        return jsonAnswer({ type: 'error', error: { type: 'not_found_error', message: 'Not found' } }, 404);
    }
  }

  private stream(session: ServedSession): FaultAnswer {
    const held = new Held(() => session.streams.delete(held));
    held.push(': hello\n\n');
    session.streams.add(held);
    return { headers: { 'content-type': 'text/event-stream' }, body: held };
  }

  private take(session: ServedSession, { events }: JsonObject): FaultAnswer {
    const echoes = (Array.isArray(events) ? events : []).map((event, index) => ({
      ...(event as JsonObject),
      id: `taken_${session.events.length + index}`,
      processed_at: new Date().toISOString(),
    }));
    echoes.forEach((echo) => this.emit(session, echo));
    return jsonAnswer({ data: echoes });
  }
}

function described({ id, title, status, extra }: ServedSession): JsonObject {
  return { type: 'session', id, title, status, created_at: '2026-01-01T00:00:00Z', ...extra };
}

function attacked(request: RecordedRequest): AttackedRequest {
  const path = request.path.startsWith(PREFIX) ? request.path.slice(PREFIX.length) : request.path;
  return { ...request, path, session: /^\/sessions\/([^/]+)/.exec(path)?.[1] };
}

/** A message of the agent, as the API writes it. */
export function agentMessage(id: string, text: string): JsonObject {
  return {
    id,
    type: 'agent.message',
    content: [{ type: 'text', text }],
    processed_at: '2026-01-01T00:00:01Z',
  };
}

/** The text of the message that a request brings, where it brings one. */
export function messageIn({ method, body }: AttackedRequest): string | undefined {
  if (method !== 'POST' || !body.includes('user.message')) {
    return undefined;
  }
  const [event] = (JSON.parse(body) as { readonly events: readonly JsonObject[] }).events;
  const [block] = (field(event, 'content') ?? []) as readonly JsonObject[];
  return asText(field(block, 'text'));
}

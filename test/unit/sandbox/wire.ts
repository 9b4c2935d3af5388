import assert from 'node:assert/strict';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import { asArray, asObject, asText, type JsonObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';

// A client of the sandbox that knows nothing of the project's own: fetch and the bytes that come back.

/** As fast as the scripts go. */
export const noPause = { pieceMs: 0, stepMs: 0, secondMs: 0 };

export const prefixes = { synth: '/api/managed-agents/anthropic/v1', anthropic: '/v1' } as const;
export type DialectName = keyof typeof prefixes;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** One open stream: its frames so far, and whether the server has ended it. */
export interface OpenStream {
  readonly frames: { readonly event: string; readonly data: JsonObject }[];
  readonly comments: string[];
  readonly response: Response;
  ended: boolean;
  failed: boolean;
  close(): Promise<void>;
}

export class Wire {
  readonly sandbox: Sandbox;
  readonly dialect: DialectName;

  constructor(sandbox: Sandbox, dialect: DialectName) {
    this.sandbox = sandbox;
    this.dialect = dialect;
  }

  headers(): Record<string, string> {
    return {
      authorization: `Bearer ${this.sandbox.key}`,
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'managed-agents-2026-04-01',
    };
  }

  url(path: string): string {
    return `${this.sandbox.url}${prefixes[this.dialect]}${path}`;
  }

  async send(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(this.url(path), { headers: this.headers(), ...init });
    const body = asObject(await response.json());
    assert.ok(body !== undefined, 'every answer is a JSON object');
    return { status: response.status, headers: response.headers, body };
  }

  /** A GET that must succeed. */
  async get(path: string): Promise<JsonObject> {
    const { status, body } = await this.send(path);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  tryPost(path: string, body?: unknown): Promise<Reply> {
    return this.send(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** A POST that must succeed. */
  async post(path: string, body?: unknown): Promise<JsonObject> {
    const reply = await this.tryPost(path, body);
    assert.ok(reply.status === 200 || reply.status === 201, JSON.stringify(reply.body));
    return reply.body;
  }

  /** Makes an environment, an agent and a session; answers the session's id. */
  async newSession(more: JsonObject = {}): Promise<string> {
    const environment = await this.post('/environments', { name: 'test' });
    const agent = await this.post('/agents', {
      name: 'Tester',
      model: 'claude-sonnet-4-6',
      tools: [{ type: 'agent_toolset_20260401' }],
    });
    const session = await this.post('/sessions', {
      agent: agent['id'],
      environment_id: environment['id'],
      title: 'test',
      ...more,
    });
    return textIn(session, 'id');
  }

  say(session: string, text: string): Promise<JsonObject> {
    return this.post(`/sessions/${session}/events`, {
      events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
    });
  }

  /** The session's history, all on one page. */
  async events(session: string): Promise<JsonObject[]> {
    const body = await this.get(`/sessions/${session}/events`);
    return listIn(body, this.dialect === 'synth' ? 'events' : 'data');
  }

  /** Waits until the n-th idle event is in the history; answers the history. */
  idle(session: string, count = 1): Promise<JsonObject[]> {
    return eventually(async () => {
      const events = await this.events(session);
      const idles = events.filter((event) => event['type'] === 'session.status_idle');
      return idles.length >= count && events;
    });
  }

  async stream(session: string, query = '', path = '/events/stream'): Promise<OpenStream> {
    const abort = new AbortController();
    const response = await fetch(this.url(`/sessions/${session}${path}${query}`), {
      headers: this.headers(),
      signal: abort.signal,
    });
    assert.equal(response.status, 200);
    assert.ok(response.body !== null);
    const stream: OpenStream = {
      frames: [],
      comments: [],
      response,
      ended: false,
      failed: false,
      close: async () => {
        abort.abort();
        await reading;
      },
    };
    const reading = readFrames(response.body, stream).then(
      () => {
        stream.ended = true;
      },
      () => {
        stream.failed = true;
      },
    );
    return stream;
  }
}

async function readFrames(body: ReadableStream<Uint8Array>, stream: OpenStream): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) {
        stream.comments.push(block);
        continue;
      }
      const match = /^event: (.+)\ndata: (.+)$/.exec(block);
      assert.ok(match !== null, `not a frame: ${block}`);
      const data = asObject(JSON.parse(match[2] ?? ''));
      assert.ok(data !== undefined);
      stream.frames.push({ event: match[1] ?? '', data });
    }
  }
  assert.equal(rest, '', 'the stream ends between two frames');
}

/** Sandboxes of one test, closed together after it. */
export class Sandboxes {
  private readonly started: Sandbox[] = [];

  async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = await startSandbox({ pace: noPause, ...options });
    this.started.push(sandbox);
    return sandbox;
  }

  async wire(dialect: DialectName, options: SandboxOptions = {}): Promise<Wire> {
    return new Wire(await this.start(options), dialect);
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.started.splice(0).map((sandbox) => sandbox.close()));
  }
}

export function textIn(object: JsonObject | undefined, name: string): string {
  const text = asText(object?.[name]);
  assert.ok(text !== undefined, `${name} is a text`);
  return text;
}

export function listIn(object: JsonObject | undefined, name: string): JsonObject[] {
  assert.ok(Array.isArray(object?.[name]), `${name} is a list`);
  return asArray(object[name]).map((item) => asObject(item) ?? {});
}

export function typesOf(events: readonly JsonObject[]): string[] {
  return events.map((event) => textIn(event, 'type'));
}

/** The text of an event's first content block. */
export function saidIn(event: JsonObject | undefined): string {
  return textIn(listIn(event, 'content')[0], 'text');
}

/** The one event of a type. */
export function only(events: readonly JsonObject[], type: string): JsonObject {
  const found = events.filter((event) => event['type'] === type);
  assert.equal(found.length, 1, `one ${type}`);
  return found[0] ?? {};
}

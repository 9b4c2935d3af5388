import type { IncomingMessage } from 'node:http';
import { asNumber, asObject, asText, field, isJsonObject, type JsonObject } from '../../src/util/json.ts';
import { type Answer, CountingServer } from './countingServer.ts';

/** A server of agents and environments that keeps unknown fields, never shows a token, and notes what it is sent. */
export class DocumentServer {
  readonly objects = new Map<string, JsonObject>();
  /** Bodies of updates and creations, as `path` and `body`. */
  readonly sent: { readonly path: string; readonly body: JsonObject }[] = [];
  /** What the next request that changes something gets instead of its answer. */
  refusal: Answer | undefined;
  /** What answers to changes wait for. */
  gate: Promise<unknown> = Promise.resolve();
  private readonly server = new CountingServer();
  private created = 0;

  async start(): Promise<string> {
    this.server.answer = async (url, request) => {
      const path = url.pathname.replace('/api/managed-agents/anthropic/v1', '');
      if (request.method !== 'POST') {
        return this.read(path);
      }
      const answer = this.change(path, await bodyOf(request));
      await this.gate;
      return answer;
    };
    return await this.server.start();
  }

  get requests(): string[] {
    return this.server.requests;
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  /** Puts an object there. @param path such as `/agents/agent_1` */
  put(path: string, fields: JsonObject): void {
    const id = path.slice(path.lastIndexOf('/') + 1);
    const kind = path.startsWith('/agents') ? { type: 'agent', version: 1 } : { type: 'environment' };
    this.objects.set(path, { id, ...kind, metadata: {}, ...fields, archived_at: null });
  }

  get(path: string): JsonObject {
    return this.objects.get(path) ?? {};
  }

  /** What another client does meanwhile. */
  change(path: string, body: JsonObject, isOurs = true): Answer {
    if (isOurs) {
      this.sent.push({ path, body });
      const { refusal } = this;
      this.refusal = undefined;
      if (refusal !== undefined) {
        return refusal;
      }
      if (path === '/agents' || path === '/environments') {
        const made = `${path}/made_${++this.created}`;
        this.put(made, body);
        return { body: shown(this.get(made)) };
      }
    }
    const before = this.objects.get(path);
    if (before === undefined) {
      return { status: 404, body: { detail: 'Not found' } };
    }
    const { version, metadata, ...fields } = body;
    const current = asNumber(field(before, 'version'));
    if (version !== undefined && version !== current) {
      return { status: 409, body: { detail: `The agent is at version ${String(current)}` } };
    }
    const merged = Object.entries({ ...asObject(field(before, 'metadata')), ...asObject(metadata) });
    this.objects.set(path, {
      ...before,
      ...fields,
      metadata: Object.fromEntries(merged.filter(([, value]) => value !== null)),
      ...(current !== undefined && { version: current + 1 }),
    });
    return { body: shown(this.get(path)) };
  }

  private read(path: string): Answer {
    if (path === '/agents' || path === '/environments') {
      const found = [...this.objects].filter(([key]) => key.startsWith(`${path}/`));
      return { body: { data: found.map(([, object]) => shown(object)), next_page: null } };
    }
    const object = this.objects.get(path);
    return object === undefined
      ? { status: path.startsWith('/sessions') ? 200 : 404, body: { detail: 'Not found', data: [] } }
      : { body: shown(object) };
  }
}

/** The server's own view: a model is an object, and a token is never given out. */
function shown(object: JsonObject): JsonObject {
  const rest = Object.entries(object).filter(([name]) => name !== 'token');
  const model = asText(field(object, 'model'));
  return { ...Object.fromEntries(rest), ...(model !== undefined && { model: { id: model } }) };
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  const value: unknown = JSON.parse(Buffer.concat(parts).toString() || '{}');
  return isJsonObject(value) ? value : {};
}

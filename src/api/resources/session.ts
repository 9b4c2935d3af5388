import { asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { decodeModel, decodeVersion } from './agent.ts';
import { parseTime } from './time.ts';

/** What a session is doing, in our own words. `other` keeps a word we do not know. */
type SessionStatus = 'idle' | 'running' | 'rescheduling' | 'terminated' | 'active' | 'other';

/** Who runs the session, as far as the server tells: Synth names the id only, Anthropic a whole snapshot. */
interface SessionAgent {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly model: string | undefined;
  readonly version: string | undefined;
}

/** A session, from either dialect. Everything but the id may be missing; `raw` is what the server sent. */
export interface Session {
  readonly id: string;
  readonly title: string | undefined;
  readonly agent: SessionAgent;
  readonly environmentId: string | undefined;
  readonly status: SessionStatus;
  /** The server's own word for the status. */
  readonly statusText: string | undefined;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
  readonly archivedAt: number | undefined;
  readonly raw: JsonObject;
}

/** Decodes a session; undefined where there is no id to know it by. */
export function decodeSession(value: unknown): Session | undefined {
  const raw = asObject(value);
  const id = asText(field(raw, 'id'));
  if (raw === undefined || id === undefined) {
    return undefined;
  }
  const statusText = asText(field(raw, 'status'));
  return {
    id,
    title: asText(field(raw, 'title')),
    agent: decodeSessionAgent(field(raw, 'agent')),
    environmentId: asText(field(raw, 'environment_id')),
    status: decodeStatus(statusText),
    statusText,
    createdAt: parseTime(field(raw, 'created_at')),
    updatedAt: parseTime(field(raw, 'updated_at')),
    archivedAt: parseTime(field(raw, 'archived_at')),
    raw,
  };
}

function decodeSessionAgent(value: unknown): SessionAgent {
  const agent = asObject(value);
  return {
    id: asText(value) ?? asText(field(agent, 'id')),
    name: asText(field(agent, 'name')),
    model: decodeModel(field(agent, 'model')),
    version: decodeVersion(field(agent, 'version')),
  };
}

function decodeStatus(text: string | undefined): SessionStatus {
  switch (text) {
    case 'idle':
    case 'running':
    case 'terminated':
    case 'active': // Synth's documented word: alive, neither known to be busy nor ended
      return text;
    case 'rescheduling':
    case 'rescheduled':
      return 'rescheduling';
    default:
      return 'other';
  }
}

import { asNumber, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { parseTime } from './time.ts';

/**
 * One event of a session, from either dialect.
 * Anthropic's events are flat; Horizons may nest the fields under `payload` and number events by `sequence`.
 */
export interface SessionEvent {
  /** The event's type under its present name; `unknown` where the server gave none. */
  readonly type: string;
  /** The server's identity for it, where there is one: `id`, else `message_id`, else the sequence number. */
  readonly id: string | undefined;
  /** When the server processed it, in epoch milliseconds; undefined while it is queued or where no time is given. */
  readonly processedAt: number | undefined;
  /** True where the server says that it has accepted the event and not yet worked on it. */
  readonly queued: boolean;
  /** The event's fields, `payload` merged in. */
  readonly body: JsonObject;
  /** Exactly what arrived. */
  readonly raw: JsonObject;
}

/** Names that older or other servers use, and what they are called today. */
const aliases = new Map<string, string>([
  ['session.thread_idle', 'session.thread_status_idle'],
  ['session.outcome_evaluated', 'span.outcome_evaluation_end'],
  ['session.status_active', 'session.status_running'],
]);

/** Decodes an event; undefined where the value is no object at all. Unknown types and fields are kept. */
export function decodeEvent(value: unknown): SessionEvent | undefined {
  const raw = asObject(value);
  if (raw === undefined) {
    return undefined;
  }
  const payload = asObject(field(raw, 'payload'));
  const body = payload === undefined ? raw : { ...payload, ...raw };
  const type = asText(field(body, 'type')) ?? 'unknown';
  const processed = field(body, 'processed_at');
  return {
    type: aliases.get(type) ?? type,
    id: identity(body),
    processedAt:
      parseTime(processed) ?? parseTime(field(body, 'created_at')) ?? parseTime(field(body, 'timestamp')),
    queued: processed === null,
    body,
    raw,
  };
}

function identity(body: JsonObject): string | undefined {
  const named = asText(field(body, 'id')) ?? asText(field(body, 'message_id'));
  if (named !== undefined) {
    return named;
  }
  const sequence = asNumber(field(body, 'seq')) ?? asNumber(field(body, 'sequence'));
  return sequence === undefined ? undefined : `#${sequence}`;
}

import { asNumber, asObject, asText, type JsonObject } from '../../util/json.ts';
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

/** What a type is called today; older and other servers use other names for some. */
function presentName(type: string): string {
  switch (type) {
    case 'session.thread_idle':
      return 'session.thread_status_idle';
    case 'session.outcome_evaluated':
      return 'span.outcome_evaluation_end';
    case 'session.status_active':
      return 'session.status_running';
    default:
      return type;
  }
}

/** Decodes an event; undefined where the value is no object at all. Unknown types and fields are kept. */
export function decodeEvent(value: unknown): SessionEvent | undefined {
  const raw = asObject(value);
  if (raw === undefined) {
    return undefined;
  }
  // Hot: every event of a long history passes here, so fixed names are read plainly. No object has them but by
  // its own: JSON makes no prototypes, and the common one knows none of these names.
  const payload = asObject(raw['payload']);
  return new WireEvent(raw, payload === undefined ? raw : { ...payload, ...raw });
}

/**
 * An event over the JSON that came. What only some readers ask for is read when they ask: a session keeps hundreds
 * of thousands of these, and hardly ever shows more than the last of them.
 */
class WireEvent implements SessionEvent {
  readonly raw: JsonObject;
  readonly body: JsonObject;
  readonly type: string;
  readonly id: string | undefined;

  constructor(raw: JsonObject, body: JsonObject) {
    this.raw = raw;
    this.body = body;
    this.type = presentName(asText(body['type']) ?? 'unknown');
    this.id = asText(body['id']) ?? laterNames(body);
  }

  get queued(): boolean {
    return this.body['processed_at'] === null;
  }

  get processedAt(): number | undefined {
    const { body } = this;
    return parseTime(body['processed_at']) ?? parseTime(body['created_at']) ?? parseTime(body['timestamp']);
  }
}

/** The identity of an event that has no `id`. */
function laterNames(body: JsonObject): string | undefined {
  const named = asText(body['message_id']);
  if (named !== undefined) {
    return named;
  }
  const sequence = asNumber(body['seq']) ?? asNumber(body['sequence']);
  return sequence === undefined ? undefined : `#${sequence}`;
}

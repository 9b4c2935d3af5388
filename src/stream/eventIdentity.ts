import { createHash } from 'node:crypto';
import type { SessionEvent } from '../api/resources/event.ts';
import type { JsonObject, JsonValue } from '../util/json.ts';

/**
 * What an event without an identity of its own is known by: a digest of its type and body. The times are
 * left out, since the queued and the processed copy of one event differ in nothing else. Two equal events
 * have equal digests; telling them apart is the store's work.
 */
export function contentDigest(event: SessionEvent): string {
  const hash = createHash('sha1');
  hash.update(event.type);
  feed(hash, withoutTimes(event.body), 0);
  return hash.digest('base64url');
}

const TIME_FIELDS: ReadonlySet<string> = new Set(['type', 'processed_at', 'created_at', 'timestamp']);
/** Deeper values are taken as equal; nothing a server means to say is nested further. */
const MAX_DEPTH = 200;

function withoutTimes(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !TIME_FIELDS.has(name)));
}

/** Canonical JSON, fed piece by piece: keys in order, so that it does not matter how a server sorts them. */
function feed(hash: { update(text: string): unknown }, value: JsonValue | undefined, depth: number): void {
  if (typeof value !== 'object' || value === null) {
    hash.update(typeof value === 'string' ? `"${value.length}:${value}` : String(value));
    return;
  }
  if (depth > MAX_DEPTH) {
    return;
  }
  if (Array.isArray(value)) {
    hash.update('[');
    for (const item of value) {
      feed(hash, item, depth + 1);
    }
    hash.update(']');
    return;
  }
  hash.update('{');
  for (const name of Object.keys(value).sort()) {
    hash.update(`"${name.length}:${name}`);
    feed(hash, value[name], depth + 1);
  }
  hash.update('}');
}

/**
 * Which of two copies of one event is the later state. A processed copy beats a queued one, the later
 * processing time beats the earlier, and among equals the one that came last wins.
 */
export function laterOf(held: SessionEvent, incoming: SessionEvent): SessionEvent {
  if (held.queued !== incoming.queued) {
    return held.queued ? incoming : held;
  }
  const heldAt = held.processedAt ?? 0;
  const incomingAt = incoming.processedAt ?? 0;
  return incomingAt >= heldAt ? incoming : held;
}

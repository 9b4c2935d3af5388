import { decodeEvent, type SessionEvent } from '../../src/api/resources/event.ts';
import type { EventStore } from '../../src/stream/eventStore.ts';
import type { JsonObject } from '../../src/util/json.ts';

/** An event as the store takes it, from its JSON. */
export function event(json: JsonObject): SessionEvent {
  const decoded = decodeEvent(json);
  if (decoded === undefined) {
    throw new Error('not an event');
  }
  return decoded;
}

/** What a store holds, as the JSON that came, in its order. */
export function contents(store: EventStore): JsonObject[] {
  const all: JsonObject[] = [];
  for (let position = store.first; position < store.end; position++) {
    const entry = store.at(position);
    if (entry === undefined) {
      throw new Error(`a hole at ${position}`);
    }
    if (entry.position !== position) {
      throw new Error(`the entry at ${position} believes to be at ${entry.position}`);
    }
    all.push(entry.event.raw);
  }
  return all;
}

/** The moment of a test's `n`-th second, as servers write it. */
export function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
}

import type { SessionEvent } from '../api/resources/event.ts';
import { laterOf } from './eventIdentity.ts';

/**
 * Events without those that come again further on, each in its latest state and at its last place. While a session
 * grows, the pages of a list that counts from its newest event overlap by what has happened between two of them.
 */
export function withoutRepeats(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const latest = new Map<string | SessionEvent, SessionEvent>();
  for (const event of events) {
    // An event without an id is no other's repeat.
    const key = event.id ?? event;
    const earlier = latest.get(key);
    latest.delete(key); // so that it goes to the end
    latest.set(key, earlier === undefined ? event : laterOf(earlier, event));
  }
  return latest.size === events.length ? events : [...latest.values()];
}

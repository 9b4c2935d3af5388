import type { SessionEvent } from '../api/resources/event.ts';
import { laterOf } from './eventIdentity.ts';

/**
 * Events without those that come again further on, each in its latest state and at its last place. While a session
 * grows, the pages of a list that counts from its newest event overlap by what has happened between two of them.
 */
export function withoutRepeats(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const latest = new Map<string, SessionEvent>();
  let count = 0;
  for (const event of events) {
    if (event.id !== undefined) {
      const earlier = latest.get(event.id);
      count += earlier === undefined ? 0 : 1;
      latest.set(event.id, earlier === undefined ? event : laterOf(earlier, event));
    }
  }
  if (count === 0) {
    return events;
  }
  const kept: SessionEvent[] = [];
  for (const event of events.toReversed()) {
    const state = event.id === undefined ? event : latest.get(event.id);
    if (state !== undefined) {
      kept.push(state);
    }
    if (event.id !== undefined) {
      latest.delete(event.id);
    }
  }
  return kept.reverse();
}

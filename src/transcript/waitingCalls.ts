import type { SessionEvent } from '../api/resources/event.ts';
import { awaitedIds, confirmationOf, isStatus, resultOf } from './eventFacts.ts';

/**
 * The calls that a session waits for, from its newest events alone, for those who do not follow it.
 * @param newest the newest event first, without gaps.
 * @returns the ids of the calls' events; undefined where these events do not tell.
 */
export function waitingCalls(newest: readonly SessionEvent[]): readonly string[] | undefined {
  const answered = new Set<string>();
  for (const event of newest) {
    const answer = resultOf(event) ?? confirmationOf(event);
    if (answer !== undefined) {
      answered.add(answer);
    }
    if (isStatus(event)) {
      return awaitedIds(event).filter((id) => !answered.has(id));
    }
  }
  return undefined;
}

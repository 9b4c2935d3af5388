import type { SessionEvent } from '../../api/resources/event.ts';
import type { Session } from '../../api/resources/session.ts';
import type { EventStore } from '../../stream/eventStore.ts';
import { flushesQueue, stopReason } from '../../transcript/eventFacts.ts';
import { asObject, asText, field, type JsonObject } from '../../util/json.ts';

/** The stop reasons of a turn that was given up; the second is Horizons' word. */
const FAILED_REASONS: ReadonlySet<string | undefined> = new Set(['retries_exhausted', 'retry_exhausted']);
/** Fields by which Horizons says, on an event or on the session, that a turn failed. */
const FAILURE_FIELDS = ['failure_type', 'failure_reason', 'last_failure'];

/**
 * Whether the latest turn of a session failed. Anthropic says so by the stop reason of the idle event and by
 * an error that is not retried any more; Horizons by an error that says nothing of retries, or by fields.
 * @param description the server's, where it was what told that the turn is over.
 */
export function hasFailed(store: EventStore, description?: Session): boolean {
  if (description !== undefined && (hasFailureFields(description.raw) || stoppedBadly(description.raw))) {
    return true;
  }
  for (let position = store.end - 1; position >= store.first; position--) {
    const event = store.at(position)?.event;
    if (event === undefined || startsWork(event)) {
      return false;
    }
    if (saysFailure(event)) {
      return true;
    }
  }
  return false;
}

/** Whether an event is an error of Horizons' form, which says nothing of being retried, and ends the turn. */
export function isPlainError({ type, body }: SessionEvent): boolean {
  return type === 'session.error' && field(asObject(field(body, 'error')), 'retry_status') === undefined;
}

/** Whether a turn begins, or begins again, with an event. */
export function startsWork(event: SessionEvent): boolean {
  return (
    event.type === 'session.status_running' ||
    event.type === 'user.define_outcome' ||
    (event.type === 'user.message' && !event.queued)
  );
}

function saysFailure(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session.error':
      return isPlainError(event) || flushesQueue(event);
    case 'session.status_idle':
      return FAILED_REASONS.has(stopReason(event)) || hasFailureFields(event.body);
    case 'session.turn_released':
    case 'session.status_terminated':
      return hasFailureFields(event.body);
    default:
      return false;
  }
}

function hasFailureFields(body: JsonObject): boolean {
  return FAILURE_FIELDS.some((name) => {
    const value = field(body, name);
    return asText(value) !== undefined || asObject(value) !== undefined;
  });
}

function stoppedBadly(session: JsonObject): boolean {
  const reason = field(session, 'stop_reason');
  return FAILED_REASONS.has(asText(reason) ?? asText(field(asObject(reason), 'type')));
}

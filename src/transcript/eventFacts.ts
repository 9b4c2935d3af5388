import type { SessionEvent } from '../api/resources/event.ts';
import { asArray, asObject, asText, field } from '../util/json.ts';
import { answeredCall } from './toolCall.ts';

/** The events by which an agent uses a tool. */
export function isToolUse(event: SessionEvent): boolean {
  return (
    event.type === 'agent.tool_use' ||
    event.type === 'agent.mcp_tool_use' ||
    event.type === 'agent.custom_tool_use'
  );
}

/** Events that say nothing about others, and that change in their text or their place in the queue only. */
export function isPlain(event: SessionEvent): boolean {
  return (
    event.type === 'user.message' ||
    event.type === 'agent.message' ||
    event.type === 'agent.thinking' ||
    isToolUse(event)
  );
}

/** Names under which an answer to a tool call says which call it answers. */
const ANSWER_FIELDS = new Map<string, string>([
  ['agent.tool_result', 'tool_use_id'],
  ['agent.mcp_tool_result', 'mcp_tool_use_id'],
  ['user.custom_tool_result', 'custom_tool_use_id'],
  ['user.tool_result', 'tool_use_id'],
]);

/** The tool call whose result an event is, by the id that the server calls it by. */
export function resultOf(event: SessionEvent): string | undefined {
  const name = ANSWER_FIELDS.get(event.type);
  return name === undefined ? undefined : answeredCall(event.body, name);
}

/** The tool call that an event allows or denies. */
export function confirmationOf(event: SessionEvent): string | undefined {
  return event.type === 'user.tool_confirmation' ? answeredCall(event.body, 'tool_use_id') : undefined;
}

/** Why a session is idle: `end_turn`, `requires_action` and so on; a bare text or an object on the wire. */
export function stopReason(event: SessionEvent): string | undefined {
  const reason = field(event.body, 'stop_reason');
  return asText(reason) ?? asText(field(asObject(reason), 'type'));
}

/** Most calls that a session can wait for at once; more could not be decided about by a person. */
const MAX_AWAITED = 1_000;

/** The calls that an idle session waits for, by the ids of their events. */
export function awaitedIds(event: SessionEvent): readonly string[] {
  if (event.type !== 'session.status_idle' || stopReason(event) !== 'requires_action') {
    return [];
  }
  const ids = asArray(field(asObject(field(event.body, 'stop_reason')), 'event_ids')).slice(0, MAX_AWAITED);
  return [...new Set(ids.flatMap((id) => asText(id) ?? []))];
}

/** The events that say what a session is doing. */
export function isStatus(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session.status_running':
    case 'session.status_idle':
    case 'session.status_rescheduled':
    case 'session.status_terminated':
    case 'session.deleted':
    case 'session.turn_released':
      return true;
    default:
      return false;
  }
}

/** Whether a turn is over with an event. An idle session that waits for the user is in the middle of one. */
export function endsTurn(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session.status_idle':
      return stopReason(event) !== 'requires_action';
    case 'session.turn_released':
    case 'session.status_terminated':
    case 'session.deleted':
      return true;
    default:
      return false;
  }
}

/** Whether messages that were queued before an event will never be worked on. */
export function flushesQueue(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session.error': {
      const retry = asText(
        field(asObject(field(asObject(field(event.body, 'error')), 'retry_status')), 'type'),
      );
      return retry === 'exhausted' || retry === 'terminal';
    }
    case 'session.status_idle':
      return stopReason(event) === 'retries_exhausted';
    case 'session.status_terminated':
    case 'session.deleted':
      return true;
    default:
      return false;
  }
}

import type { SessionEvent } from '../api/resources/event.ts';
import { asObject, asText, field } from '../util/json.ts';

/** By what an event is known again: the server's identity, or all that it says where there is none. */
export function identityOf({ id, raw }: SessionEvent): string {
  return id ?? JSON.stringify(raw);
}

/** Whether the agent has done something that a person would call an answer. */
export function isReply({ type }: SessionEvent): boolean {
  return (
    type === 'agent.message' ||
    type === 'agent.tool_use' ||
    type === 'agent.mcp_tool_use' ||
    type === 'agent.custom_tool_use'
  );
}

/** Whether the turn is over, or goes on only when a person acts. */
export function isTurnEnd({ type }: SessionEvent): boolean {
  return (
    type === 'session.status_idle' ||
    type === 'session.turn_released' ||
    type === 'session.status_terminated' ||
    type === 'session.deleted'
  );
}

/** What the server says went wrong in a turn, or undefined where the event is no error. */
export function errorText({ type, body }: SessionEvent): string | undefined {
  if (type !== 'session.error') {
    return undefined;
  }
  const error = asObject(field(body, 'error'));
  return (
    asText(field(error, 'message')) ??
    asText(field(body, 'failure_reason')) ??
    asText(field(error, 'type')) ??
    asText(field(error, 'kind')) ??
    ''
  );
}

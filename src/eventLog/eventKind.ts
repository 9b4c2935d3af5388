import type { SessionEvent } from '../api/resources/event.ts';
import { type LogKind, logKinds } from '../protocol/logMessages.ts';
import { resultOf } from '../transcript/eventFacts.ts';
import { field } from '../util/json.ts';

/** The kind under which an event of this type is listed. */
export function kindOf(type: string): LogKind {
  const known = kinds.get(type);
  if (known !== undefined) {
    return known;
  }
  const prefix = prefixes.find(([start]) => type.startsWith(start));
  return /[._]error$/.test(type) ? 'errors' : (prefix?.[1] ?? 'other');
}

const kinds: ReadonlyMap<string, LogKind> = new Map<string, LogKind>([
  ['user.message', 'messages'],
  ['agent.message', 'messages'],
  ['system.message', 'messages'],
  ['user.interrupt', 'status'],
  ['agent.thinking', 'thinking'],
  ['agent.tool_use', 'tools'],
  ['agent.tool_result', 'tools'],
  ['agent.mcp_tool_use', 'tools'],
  ['agent.mcp_tool_result', 'tools'],
  ['agent.custom_tool_use', 'tools'],
  ['user.tool_confirmation', 'tools'],
  ['user.custom_tool_result', 'tools'],
  ['user.tool_result', 'tools'],
  ['user.define_outcome', 'outcomes'],
  ['session.deleted', 'status'],
  ['session.updated', 'status'],
  ['session.usage', 'status'],
  ['session.turn_released', 'status'],
  ['session.error', 'errors'],
  ['workflow_run.error', 'errors'],
]);

/** The first that fits counts. */
const prefixes: readonly (readonly [start: string, kind: LogKind])[] = [
  ['span.outcome_', 'outcomes'],
  ['span.', 'spans'],
  ['session.status_', 'status'],
  ['session.thread_', 'threads'],
  ['agent.thread_message_', 'threads'],
  ['workflow_run.', 'threads'],
];

/** Whether an event tells of a failure, whatever its kind: a tool or a request to the model that failed. */
export function isFailure(event: SessionEvent): boolean {
  const mayFail = () => event.type === 'span.model_request_end' || resultOf(event) !== undefined;
  return (field(event.body, 'is_error') === true && mayFail()) || kindOf(event.type) === 'errors';
}

/** A set of kinds as bits, in the order of `logKinds`. */
export function maskOf(chosen: readonly LogKind[]): number {
  return chosen.reduce((mask, kind) => mask | (1 << logKinds.indexOf(kind)), 0);
}

const bits = Object.fromEntries(logKinds.map((kind) => [kind, maskOf([kind])]));
const ERRORS = maskOf(['errors']);

/** The kinds that an event counts to: its own, and errors where it tells of a failure. */
export function kindMask(event: SessionEvent): number {
  return (bits[kindOf(event.type)] ?? 0) | (isFailure(event) ? ERRORS : 0);
}

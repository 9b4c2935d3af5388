import type { SessionEvent } from '../api/resources/event.ts';
import { asArray, asObject, asText, field, type JsonObject, type JsonValue } from '../util/json.ts';

/** A tool call as its event tells it. */
export interface ToolCall {
  readonly name: string | undefined;
  readonly server: string | undefined;
  readonly input: JsonValue | undefined;
  /** The object that holds these. */
  readonly fields: JsonObject;
  /** The id that the model gave the call. Some servers pair by it instead of by the id of the event. */
  readonly modelId: string | undefined;
}

/** Names under which an event beside its own id says the model's id of a call. */
const MODEL_ID_FIELDS = [
  'tool_use_id',
  'mcp_tool_use_id',
  'custom_tool_use_id',
  'tool_call_id',
  'call_id',
] as const;

/**
 * Reads a tool call. Most servers write its fields flat; some put the model's own block into `content`, or
 * beside the event's fields. What is shown, what is hashed and what is sent back all come from here.
 */
export function callOf(event: SessionEvent): ToolCall {
  const { body } = event;
  const isFlat = field(body, 'name') !== undefined || field(body, 'input') !== undefined;
  const fields = isFlat ? body : (blockOf(body, /tool_use$/) ?? asObject(field(body, 'tool_use')) ?? body);
  return {
    name: asText(field(fields, 'name')),
    server: asText(field(fields, 'mcp_server_name')),
    input: field(fields, 'input'),
    fields,
    modelId: firstText(body, MODEL_ID_FIELDS) ?? (fields === body ? undefined : asText(field(fields, 'id'))),
  };
}

/** A result as its event tells it: what came out, and whether that is an error. */
export function resultFields(body: JsonObject): {
  readonly content: JsonValue | undefined;
  readonly isError: boolean;
} {
  const block = blockOf(body, /tool_result$/);
  return {
    content: block === undefined ? field(body, 'content') : field(block, 'content'),
    isError: field(body, 'is_error') === true || field(block, 'is_error') === true,
  };
}

/** The call that a result is for, by the name under which its event type says it or any other. */
export function answeredCall(body: JsonObject, name: string): string | undefined {
  return (
    asText(field(body, name)) ??
    asText(field(body, 'tool_use_id')) ??
    asText(field(body, 'tool_call_id')) ??
    asText(field(blockOf(body, /tool_result$/), 'tool_use_id'))
  );
}

/** The only block of a content, where it is of such a type. */
function blockOf(body: JsonObject, type: RegExp): JsonObject | undefined {
  const content = asArray(field(body, 'content'));
  const block = content.length === 1 ? asObject(content[0]) : undefined;
  return type.test(asText(field(block, 'type')) ?? '') ? block : undefined;
}

function firstText(body: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = asText(field(body, name));
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

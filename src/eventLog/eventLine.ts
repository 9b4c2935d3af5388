import type { SessionEvent } from '../api/resources/event.ts';
import { plainText } from '../transcript/blocks.ts';
import { awaitedIds, isToolUse, resultOf, stopReason } from '../transcript/eventFacts.ts';
import { toolInput } from '../transcript/toolInput.ts';
import { assertNever } from '../util/assertNever.ts';
import {
  asArray,
  asObject,
  asText,
  field,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../util/json.ts';

const SEPARATOR = ' · ';

/**
 * What an event says, in the words of the wire. Untrusted; with line breaks and as long as what it quotes, but
 * made without writing out what is large: the caller cuts it.
 */
export function eventLine(event: SessionEvent): string {
  const { body } = event;
  if (isToolUse(event)) {
    return joined([text(body, 'mcp_server_name'), text(body, 'name') ?? 'tool'], '/') + toolLine(event);
  }
  if (resultOf(event) !== undefined) {
    return contentLine(body);
  }
  switch (event.type) {
    case 'user.message':
    case 'agent.message':
    case 'system.message':
    case 'agent.thinking':
      return text(body, 'thinking') ?? contentLine(body);
    case 'agent.thread_message_sent':
    case 'agent.thread_message_received':
      return joined([text(body, 'to_agent_name') ?? text(body, 'from_agent_name'), contentLine(body)]);
    case 'user.tool_confirmation':
      return joined([text(body, 'result'), text(body, 'deny_message')]);
    case 'user.define_outcome':
      return text(body, 'description') ?? fieldsLine(body);
    case 'span.outcome_evaluation_end':
      return joined([text(body, 'result'), text(body, 'explanation')]);
    case 'session.status_idle':
    case 'session.thread_status_idle': {
      const waits = awaitedIds(event).length;
      return joined([text(body, 'agent_name'), stopReason(event), waits > 0 ? `${waits}` : undefined]);
    }
    case 'session.error':
    case 'workflow_run.error':
      return errorLine(body);
    default:
      return fieldsLine(body);
  }
}

function toolLine({ type, body }: SessionEvent): string {
  const input = asObject(field(body, 'input'));
  const shown = type === 'agent.tool_use' ? toolInput(text(body, 'name') ?? '', input ?? {}) : undefined;
  const line = shown === undefined ? undefined : builtinLine(shown);
  const rest = line ?? fieldsLine(input ?? {});
  return rest === '' ? '' : ` ${rest}`;
}

function builtinLine(shown: ReturnType<typeof toolInput>): string | undefined {
  switch (shown.view) {
    case 'shell':
      return shown.command;
    case 'path':
      return joined([shown.path, shown.detail ?? undefined], ' ');
    case 'write':
    case 'edit':
      return shown.path;
    case 'search':
      return joined([shown.pattern, shown.path ?? undefined], ' ');
    case 'web':
      return shown.text;
    case 'json':
      return undefined;
    default:
      return assertNever(shown);
  }
}

/** The texts of a message, or else the kinds of what it holds. */
function contentLine(body: JsonObject): string {
  const content = field(body, 'content');
  const said = plainText(content);
  if (said !== '' || content === undefined) {
    return said;
  }
  return joined(
    asArray(content)
      .slice(0, 10)
      .map((block) => text(asObject(block), 'type')),
  );
}

function errorLine(body: JsonObject): string {
  const error = asObject(field(body, 'error'));
  return joined([
    text(error, 'type') ?? text(error, 'kind') ?? text(body, 'failure_type'),
    text(error, 'message') ?? text(body, 'failure_reason') ?? text(body, 'message'),
    text(asObject(field(error, 'retry_status')), 'type'),
  ]);
}

const ENVELOPE: ReadonlySet<string> = new Set(['type', 'id', 'processed_at', 'payload', 'sequence', 'seq']);
const MAX_FIELDS = 20;
const MAX_DEPTH = 2;

/** Fields and what they hold, those of nested objects with them; lists by their length. Ids say least: they come last. */
function fieldsLine(body: JsonObject): string {
  const pieces: string[] = [];
  const ids: string[] = [];
  const walk = (object: JsonObject, depth: number) => {
    for (const [name, value] of Object.entries(object)) {
      if (pieces.length + ids.length >= MAX_FIELDS) {
        return;
      }
      if (depth === 0 && ENVELOPE.has(name)) {
        continue;
      }
      if (isJsonObject(value) && depth < MAX_DEPTH) {
        walk(value, depth + 1);
      } else if (value !== null) {
        (name.endsWith('_id') ? ids : pieces).push(`${name} ${briefly(value)}`);
      }
    }
  };
  walk(body, 0);
  return joined([...pieces, ...ids]);
}

function briefly(value: Exclude<JsonValue, null>): string {
  if (typeof value === 'object') {
    return Array.isArray(value) ? `[${value.length}]` : '{…}';
  }
  return String(value);
}

function text(object: JsonObject | undefined, name: string): string | undefined {
  return asText(field(object, name));
}

function joined(parts: readonly (string | undefined)[], separator = SEPARATOR): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

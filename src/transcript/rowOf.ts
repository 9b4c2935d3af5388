import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import type { Outgoing } from '../stream/outbox.ts';
import type { Preview } from '../stream/previews.ts';
import { asObject, asText, field } from '../util/json.ts';
import { blocksOf, cut, MAX_BLOCK_TEXT } from './blocks.ts';
import { confirmationOf, isToolUse, resultOf } from './eventFacts.ts';
import { inputHash } from './inputHash.ts';
import { lonelyAnswerNotice, noticeOf } from './notice.ts';
import { prettyJson, writeJson } from './prettyJson.ts';
import type { AgentMessageRow, Block, Row, ThinkingRow, ToolRow, UserMessageRow } from './row.ts';
import { toolInput } from './toolInput.ts';

/** What a row needs to know beyond its own event. */
export interface RowContext {
  /** The result of a tool call, and the decision about it, by the id of the call's event. */
  readonly result: (useId: string) => SessionEvent | undefined;
  readonly confirmation: (useId: string) => SessionEvent | undefined;
  /** Whether the session waits for the user to decide or answer this call. */
  readonly isAwaited: (useId: string) => boolean;
  /** Whether the turn in which the event stands is over. */
  readonly isTurnOver: (event: StoredEvent) => boolean;
  /** The event right before one, as far as it is held. */
  readonly before: (event: StoredEvent) => SessionEvent | undefined;
  /** Whether a queued message was flushed by an error. */
  readonly isDropped: (event: StoredEvent) => boolean;
}

const MAX_JSON = 32_768;
const MAX_RESULT_TEXT = 8_192;

/** Whether an event is shown as a row of its own. Must be cheap: it is asked for every event that comes. */
export function makesRow(event: SessionEvent): boolean {
  switch (event.type) {
    case 'user.message':
    case 'agent.message':
    case 'agent.thinking':
    case 'agent.tool_use':
    case 'agent.mcp_tool_use':
    case 'agent.custom_tool_use':
      return true;
    default:
      return noticeOf(event) !== 'hidden';
  }
}

/** The row of a stored event. */
export function rowOf(stored: StoredEvent, context: RowContext): Row {
  const { event, key } = stored;
  const base = { key, at: event.processedAt ?? null, eventId: event.id ?? null };
  switch (event.type) {
    case 'user.message': {
      const state = !event.queued ? 'done' : context.isDropped(stored) ? 'dropped' : 'queued';
      return { ...base, kind: 'userMessage', blocks: blocksOf(field(event.body, 'content')), state };
    }
    case 'agent.message':
      return {
        ...base,
        kind: 'agentMessage',
        blocks: blocksOf(field(event.body, 'content')),
        streaming: false,
      };
    case 'agent.thinking': {
      const text = asText(field(event.body, 'thinking')) ?? textOf(blocksOf(field(event.body, 'content')));
      return {
        ...base,
        kind: 'thinking',
        text: text === undefined ? null : cut(text, MAX_BLOCK_TEXT),
        streaming: false,
        // The event marks the end of the thought; it began where the one before it ended.
        durationMs: timeBetween(context.before(stored), event),
      };
    }
    default:
      break;
  }
  if (isToolUse(event)) {
    return toolRow(stored, base, context);
  }
  const notice = noticeOf(event) ?? lonelyAnswerNotice(event);
  if (notice !== undefined && notice !== 'hidden') {
    return { ...base, kind: 'notice', ...notice };
  }
  const json = prettyJson(event.raw);
  return { ...base, kind: 'raw', type: event.type, json: cut(json, MAX_JSON), total: json.length };
}

/** The row of a message that the agent is still writing. */
export function previewRow(preview: Preview): AgentMessageRow | ThinkingRow {
  const base = { key: preview.eventId, at: null, eventId: preview.eventId };
  if (preview.type === 'agent.thinking') {
    return { ...base, kind: 'thinking', text: null, streaming: true, durationMs: null };
  }
  const blocks = preview.blocks.map((text): Block => ({
    type: 'text',
    text: cut(text, MAX_BLOCK_TEXT),
    total: text.length,
  }));
  return { ...base, kind: 'agentMessage', blocks, streaming: true };
}

/** The row of a message on its way to the server. */
export function outgoingRow(outgoing: Outgoing): UserMessageRow {
  const state = outgoing.state === 'sent' ? 'sending' : outgoing.state;
  const blocks = blocksOf(field(outgoing.event, 'content'));
  return { key: outgoing.key, at: outgoing.at, eventId: null, kind: 'userMessage', blocks, state };
}

function toolRow(
  stored: StoredEvent,
  base: Pick<ToolRow, 'key' | 'at' | 'eventId'>,
  context: RowContext,
): ToolRow {
  const { event } = stored;
  const id = event.id ?? stored.key;
  const name = cut(asText(field(event.body, 'name')) ?? 'tool', 200);
  const input = asObject(field(event.body, 'input')) ?? {};
  const { text: json, complete } = writeJson(field(event.body, 'input') ?? {});
  const family =
    event.type === 'agent.tool_use' ? 'builtin' : event.type === 'agent.mcp_tool_use' ? 'mcp' : 'custom';
  const result = context.result(id);
  return {
    ...base,
    kind: 'tool',
    family,
    name,
    server: asText(field(event.body, 'mcp_server_name')) ?? null,
    input: family === 'builtin' ? toolInput(name, input) : { view: 'json' },
    inputJson: cut(json, MAX_JSON),
    inputTotal: json.length,
    inputComplete: complete,
    inputHash: inputHash(event),
    status: toolStatus(stored, id, result, context),
    result: result === undefined ? null : blocksOf(field(result.body, 'content'), MAX_RESULT_TEXT),
    durationMs: durationOf(event, result, context.confirmation(id)),
  };
}

/** How long a call took. The time that it waited for a person is not the tool's, and a denied call took none. */
function durationOf(
  event: SessionEvent,
  result: SessionEvent | undefined,
  confirmation: SessionEvent | undefined,
): number | null {
  if (result === undefined || (confirmation !== undefined && isDenial(confirmation))) {
    return null;
  }
  return timeBetween(confirmation ?? event, result);
}

function isDenial(confirmation: SessionEvent): boolean {
  return field(confirmation.body, 'result') === 'deny';
}

function toolStatus(
  stored: StoredEvent,
  id: string,
  result: SessionEvent | undefined,
  context: RowContext,
): ToolRow['status'] {
  const confirmation = context.confirmation(id);
  const isDenied = confirmation !== undefined && isDenial(confirmation);
  if (result !== undefined) {
    return isDenied ? 'denied' : field(result.body, 'is_error') === true ? 'failed' : 'done';
  }
  if (context.isAwaited(id)) {
    return stored.event.type === 'agent.custom_tool_use' ? 'needsResult' : 'needsApproval';
  }
  if (isDenied) {
    return 'denied';
  }
  return context.isTurnOver(stored) ? 'interrupted' : 'running';
}

function timeBetween(from: SessionEvent | undefined, to: SessionEvent): number | null {
  const ms = (to.processedAt ?? Number.NaN) - (from?.processedAt ?? Number.NaN);
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

function textOf(blocks: readonly Block[]): string | undefined {
  const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Whether an event only completes another row, and has one of its own only while that is missing. */
export function completes(event: SessionEvent): string | undefined {
  return resultOf(event) ?? confirmationOf(event);
}

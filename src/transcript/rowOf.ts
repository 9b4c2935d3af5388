import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import type { Outgoing } from '../stream/outbox.ts';
import type { Preview } from '../stream/previews.ts';
import { asObject, asText, field } from '../util/json.ts';
import { blocksOf, cut, MAX_BLOCK_TEXT } from './blocks.ts';
import { decisionOf } from './decision.ts';
import { confirmationOf, isToolUse, resultOf } from './eventFacts.ts';
import { inputHash } from './inputHash.ts';
import { threadName } from './mentions.ts';
import { isFolded, lonelyAnswerNotice, type Notice, noticeOf, type Told } from './notice.ts';
import { writeJson } from './prettyJson.ts';
import type { AgentMessageRow, Block, Decision, Row, ThinkingRow, ToolRow, UserMessageRow } from './row.ts';
import { callOf, resultFields, type ToolCall } from './toolCall.ts';
import { toolInput } from './toolInput.ts';
import type { TurnFacts } from './turnFacts.ts';

/** What a row needs to know beyond its own event. */
export interface RowContext {
  /** The result of a tool call, and the decision about it, by the key of the call. */
  readonly result: (callKey: string) => SessionEvent | undefined;
  readonly confirmation: (callKey: string) => SessionEvent | undefined;
  /** Whether the session waits for the user to decide or answer this call. */
  readonly isAwaited: (callKey: string) => boolean;
  /** Whether the turn in which the event stands is over. */
  readonly isTurnOver: (event: StoredEvent) => boolean;
  /** What the turn came to that the event ends. */
  readonly turnFacts: (event: StoredEvent) => TurnFacts;
  /** What other events say of a thread or a workflow run. */
  readonly told: Told;
  /** The event right before one, as far as it is held. */
  readonly before: (event: StoredEvent) => SessionEvent | undefined;
  /** Whether a queued message was flushed by an error. */
  readonly isDropped: (event: StoredEvent) => boolean;
}

const MAX_JSON = 32_768;
const MAX_RESULT_TEXT = 8_192;
const MAX_NAME = 200;

/** Whether a page gets only the beginning of an input, by its whole JSON. */
export function isInputCut(json: string): boolean {
  return json.length > MAX_JSON;
}

/** Whether a page gets only the beginning of the name of a tool or of its server. */
export function isNameCut({ name = '', server = '' }: Pick<ToolCall, 'name' | 'server'>): boolean {
  return name.length > MAX_NAME || server.length > MAX_NAME;
}

/** Whether an event is shown as a row of its own. Must be cheap: it is asked for every event that comes. */
export function makesRow(event: SessionEvent): boolean {
  return !isFolded(event);
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
  const notice = noticeOf(event, context.told) ?? lonelyAnswerNotice(event);
  if (notice !== undefined && notice !== 'hidden') {
    const told = notice.code === 'idle.endTurn' ? turnNotice(context.turnFacts(stored)) : notice;
    return { ...base, kind: 'notice', ...told };
  }
  const { text, total } = writeJson(event.raw, MAX_JSON);
  return { ...base, kind: 'raw', type: event.type, json: text, total };
}

/** The quiet line at the end of a turn, with what the turn came to where that is known. */
function turnNotice({ durationMs, inputTokens, outputTokens, interrupted }: TurnFacts): Notice {
  const code = interrupted ? 'turn.interrupted' : durationMs === undefined ? 'idle.endTurn' : 'turn.ended';
  const number = (name: string, value: number | undefined) =>
    value === undefined ? {} : { [name]: String(value) };
  const args = {
    ...number('durationMs', durationMs),
    ...number('input', inputTokens),
    ...number('output', outputTokens),
  };
  return { code, tone: 'quiet', args: code === 'idle.endTurn' ? {} : args };
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
  const { event, key } = stored;
  const call = callOf(event);
  const name = cut(call.name ?? 'tool', MAX_NAME);
  const isAwaited = context.isAwaited(key);
  // Whoever decides must be able to read all of it; otherwise the beginning is enough.
  const written = writeJson(call.input ?? {}, isAwaited ? undefined : MAX_JSON);
  const family =
    event.type === 'agent.tool_use' ? 'builtin' : event.type === 'agent.mcp_tool_use' ? 'mcp' : 'custom';
  const result = context.result(key);
  const confirmation = context.confirmation(key);
  const decision = decisionOf(event, confirmation);
  const said = result && resultFields(result.body);
  const thread = asText(field(event.body, 'session_thread_id'));
  return {
    ...base,
    kind: 'tool',
    family,
    name,
    server: call.server === undefined ? null : cut(call.server, MAX_NAME),
    input: family === 'builtin' ? toolInput(name, asObject(call.input) ?? {}) : { view: 'json' },
    inputJson: cut(written.text, MAX_JSON),
    inputTotal: written.total,
    inputComplete: written.complete && !isNameCut(call),
    inputHash: inputHash(event),
    status: toolStatus(stored, said?.isError, decision, context),
    result: said === undefined ? null : blocksOf(said.content, MAX_RESULT_TEXT),
    resultBy: resultGiver(result),
    resultAt: result?.processedAt ?? null,
    durationMs: decision?.allowed === false ? null : durationOf(event, result, confirmation),
    decision,
    thread: thread === undefined ? null : threadAgent(thread, context),
  };
}

function threadAgent(thread: string, { told }: RowContext): string {
  return cut(asText(field(told(threadName(thread))?.body, 'agent_name')) ?? '', 200);
}

function resultGiver(result: SessionEvent | undefined): ToolRow['resultBy'] {
  switch (result?.type) {
    case 'user.custom_tool_result':
      return 'user';
    case 'user.tool_result':
      return 'environment';
    default:
      return 'agent';
  }
}

/** How long a call took. The time that it waited for a person is not the tool's, and a person who answers is none. */
function durationOf(
  event: SessionEvent,
  result: SessionEvent | undefined,
  confirmation: SessionEvent | undefined,
): number | null {
  return result === undefined || result.type === 'user.custom_tool_result'
    ? null
    : timeBetween(confirmation ?? event, result);
}

/** @param isError whether the result is an error; undefined while there is none. */
function toolStatus(
  stored: StoredEvent,
  isError: boolean | undefined,
  decision: Decision | null,
  context: RowContext,
): ToolRow['status'] {
  const { event, key } = stored;
  const isDenied = decision?.allowed === false;
  if (isError !== undefined) {
    return isDenied ? 'denied' : isError ? 'failed' : 'done';
  }
  if (context.isAwaited(key)) {
    return event.type === 'agent.custom_tool_use' ? 'needsResult' : 'needsApproval';
  }
  if (isDenied) {
    return 'denied';
  }
  if (asText(field(event.body, 'session_thread_id')) !== undefined) {
    return 'inThread';
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

import type { SessionEvent } from '../api/resources/event.ts';
import { asObject, asText, field, type JsonObject } from '../util/json.ts';
import { cut, plainText } from './blocks.ts';
import { stopReason } from './eventFacts.ts';
import type { NoticeCode, NoticeRow } from './row.ts';

/** What a quiet line says: which text, what fills it, and how loud it is. */
export type Notice = Pick<NoticeRow, 'code' | 'tone' | 'args'>;

/**
 * The quiet line for an event, or `hidden` where a reader loses nothing without it (spans, usage, the twin
 * events of threads), or undefined where the event is none of these.
 */
export function noticeOf(event: SessionEvent): Notice | 'hidden' | undefined {
  const make = noticeMakers.get(event.type);
  if (make !== undefined) {
    return make(event);
  }
  if (event.type.startsWith('workflow_run.')) {
    return quiet('workflow', {
      what: event.type.slice('workflow_run.'.length),
      name: short(event.body, 'name'),
    });
  }
  return hiddenTypes.has(event.type) ? 'hidden' : undefined;
}

const hiddenTypes: ReadonlySet<string> = new Set([
  'session.status_running',
  'session.turn_released',
  'session.usage',
  'session.thread_status_running',
  'session.thread_status_idle',
  'session.thread_status_rescheduled',
  'session.thread_status_terminated',
  'span.model_request_start',
  'span.model_request_end',
  'span.outcome_evaluation_start',
  'span.outcome_evaluation_ongoing',
]);

const noticeMakers = new Map<string, (event: SessionEvent) => Notice | 'hidden'>([
  ['session.status_idle', idleNotice],
  ['session.error', errorNotice],
  ['workflow_run.error', errorNotice],
  ['session.status_rescheduled', () => quiet('rescheduled')],
  ['session.status_terminated', () => ({ code: 'terminated', tone: 'warning', args: {} })],
  ['session.deleted', () => ({ code: 'deleted', tone: 'warning', args: {} })],
  ['session.updated', (event) => quiet('updated', { title: short(event.body, 'title') })],
  ['user.interrupt', () => quiet('interrupt')],
  [
    'user.define_outcome',
    (event) => quiet('outcome.defined', { description: short(event.body, 'description') }),
  ],
  [
    'system.message',
    (event) => quiet('systemMessage', { text: cut(plainText(field(event.body, 'content')), 500) }),
  ],
  ['agent.thread_context_compacted', () => quiet('compacted')],
  ['session.thread_created', (event) => quiet('thread.created', { agent: short(event.body, 'agent_name') })],
  [
    'agent.thread_message_sent',
    (event) => quiet('thread.message.sent', threadMessage(event, 'to_agent_name')),
  ],
  [
    'agent.thread_message_received',
    (event) => quiet('thread.message.received', threadMessage(event, 'from_agent_name')),
  ],
  ['span.outcome_evaluation_end', outcomeNotice],
]);

/** An answer to a tool call that is not held (yet): said in a line until the call itself is here. */
export function lonelyAnswerNotice(event: SessionEvent): Notice | undefined {
  if (event.type === 'user.tool_confirmation') {
    return quiet(short(event.body, 'result') === 'deny' ? 'confirmation.deny' : 'confirmation.allow');
  }
  return event.type === 'user.custom_tool_result' ? quiet('customResult') : undefined;
}

function idleNotice(event: SessionEvent): Notice | 'hidden' {
  const reason = stopReason(event);
  switch (reason) {
    case undefined:
    case 'end_turn':
    case 'completed':
    case 'requires_action': // the waiting calls say it themselves
      return 'hidden';
    case 'retries_exhausted':
      return { code: 'idle.retriesExhausted', tone: 'error', args: {} };
    case 'budget_reached':
      return { code: 'idle.budgetReached', tone: 'warning', args: {} };
    case 'refusal': {
      const details = asObject(field(event.body, 'stop_details'));
      const args = { category: short(details, 'category'), explanation: short(details, 'explanation') };
      return { code: 'idle.refusal', tone: 'warning', args };
    }
    default:
      return quiet('idle.other', { reason: cut(reason, 100) });
  }
}

/** Anthropic nests the error and says whether it is being retried; Horizons says `kind` and no more. */
function errorNotice(event: SessionEvent): Notice {
  const error = asObject(field(event.body, 'error'));
  const type =
    asText(field(error, 'type')) ?? asText(field(error, 'kind')) ?? asText(field(event.body, 'failure_type'));
  const message =
    asText(field(error, 'message')) ??
    asText(field(event.body, 'failure_reason')) ??
    asText(field(event.body, 'message'));
  const args = { type: cut(type ?? '', 100), message: cut(message ?? type ?? '', 2_000).replace(/\.+$/, '') };
  switch (asText(field(asObject(field(error, 'retry_status')), 'type'))) {
    case 'retrying':
      return { code: 'error.retrying', tone: 'warning', args };
    case 'exhausted':
      return { code: 'error.exhausted', tone: 'error', args };
    case 'terminal':
      return { code: 'error.terminal', tone: 'error', args };
    default:
      return { code: 'error.plain', tone: 'error', args };
  }
}

function outcomeNotice(event: SessionEvent): Notice {
  const result = short(event.body, 'result');
  const args = { result, explanation: short(event.body, 'explanation') };
  return { code: 'outcome.evaluated', tone: result === 'satisfied' ? 'good' : 'quiet', args };
}

function threadMessage(event: SessionEvent, nameField: string): Readonly<Record<string, string>> {
  return { agent: short(event.body, nameField), text: cut(plainText(field(event.body, 'content')), 500) };
}

function quiet(code: NoticeCode, args: Readonly<Record<string, string>> = {}): Notice {
  return { code, tone: 'quiet', args };
}

function short(body: JsonObject | undefined, name: string): string {
  return cut(asText(field(body, name)) ?? '', 500);
}

import type { SessionEvent } from '../api/resources/event.ts';
import { asNumber, asObject, asText, field, type JsonObject, type JsonValue } from '../util/json.ts';
import { blocksOf, cut, plainText } from './blocks.ts';
import { errorNotice } from './errorNotice.ts';
import { stopReason } from './eventFacts.ts';
import { threadName, threadState } from './mentions.ts';
import type { Block, NoticeCode, NoticeRow, NoticeText } from './row.ts';
import { resultFields } from './toolCall.ts';
import { workflowNotice } from './workflowNotice.ts';

/** What a quiet line says: which text, what fills it, how loud it is, and what is folded away behind it. */
export type Notice = Pick<NoticeRow, 'code' | 'tone' | 'args' | 'more' | 'blocks'>;

/** What other events say of a subject; see {@link Mentions}. */
export type Told = (subject: string) => SessionEvent | undefined;

/** Longest text of a line itself; what is longer is folded away behind it. */
const MAX_EXCERPT = 200;
/** Longest text that is folded away behind a line. */
const MAX_FOLDED = 16_384;

/** The agent name under which a consultation of the advisor shows. */
const ADVISOR = 'anthropic.advisor';

/**
 * Whether a reader loses nothing where an event has no line of its own: it is a twin of another event, it
 * only completes one, or another row sums it up. The event log has all of them. Cheap, and by the event alone.
 */
export function isFolded(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session.status_running': // the end of the turn says how long it ran
    case 'session.usage': // in the session's header
    case 'session.thread_status_running': // the thread's own row says what it does
    case 'session.thread_status_idle':
    case 'session.thread_status_rescheduled':
    case 'session.thread_status_terminated':
    case 'span.model_request_start': // the end of the turn has the sums
    case 'span.model_request_end':
    case 'span.outcome_evaluation_ongoing': // a heartbeat
      return true;
    case 'session.turn_released':
      return event.processedAt === undefined;
    case 'session.status_idle': {
      const reason = stopReason(event);
      // A pause to ask is said by the call that waits; an end without a time has nothing to tell.
      return reason === 'requires_action' || (isPlainEnd(reason) && event.processedAt === undefined);
    }
    default:
      return false;
  }
}

/** Whether a turn ended as turns do. */
function isPlainEnd(reason: string | undefined): boolean {
  return reason === undefined || reason === 'end_turn' || reason === 'completed';
}

/**
 * The quiet line for an event, or `hidden` where it has none of its own, or undefined where the event is of
 * no kind that is told in a line.
 */
export function noticeOf(event: SessionEvent, told: Told = () => undefined): Notice | 'hidden' | undefined {
  if (isFolded(event)) {
    return 'hidden';
  }
  const { body } = event;
  switch (event.type) {
    case 'session.status_idle':
      return idleNotice(event);
    case 'session.turn_released':
      return quiet('idle.endTurn');
    case 'session.error':
    case 'workflow_run.error':
      return errorNotice(body);
    case 'session.status_rescheduled':
      return quiet('rescheduled');
    case 'session.status_terminated':
      return { code: 'terminated', tone: 'warning', args: {} };
    case 'session.deleted':
      return { code: 'deleted', tone: 'warning', args: {} };
    case 'session.updated':
      return updatedNotice(body);
    case 'user.interrupt':
      return quiet('interrupt');
    case 'user.define_outcome':
      return definedNotice(body);
    case 'system.message':
      return withText('systemMessage', {}, field(body, 'content'));
    case 'agent.thread_context_compacted':
      return quiet('compacted');
    case 'session.thread_created':
      return threadNotice(body, told);
    case 'agent.thread_message_sent':
      return threadMessage('thread.message.sent', body, 'to', told);
    case 'agent.thread_message_received':
      return threadMessage('thread.message.received', body, 'from', told);
    case 'span.outcome_evaluation_start':
      return quiet('outcome.started', { iteration: numberText(body, 'iteration') });
    case 'span.outcome_evaluation_end':
      return outcomeNotice(body);
    default:
      return event.type.startsWith('workflow_run.') ? workflowNotice(event, told) : undefined;
  }
}

/** An answer to a tool call that is not held (yet): said in a line until the call itself is here. */
export function lonelyAnswerNotice(event: SessionEvent): Notice | undefined {
  const { body } = event;
  switch (event.type) {
    case 'user.tool_confirmation':
      return short(body, 'result') === 'deny'
        ? quiet('confirmation.deny', { reason: short(body, 'deny_message') })
        : quiet('confirmation.allow');
    case 'user.custom_tool_result':
      return withBlocks(quiet('customResult'), resultFields(body).content);
    case 'agent.tool_result':
    case 'agent.mcp_tool_result':
    case 'user.tool_result':
      return withBlocks(quiet('toolResult'), resultFields(body).content);
    default:
      return undefined;
  }
}

function idleNotice(event: SessionEvent): Notice {
  const reason = stopReason(event);
  if (isPlainEnd(reason)) {
    return quiet('idle.endTurn');
  }
  switch (reason) {
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
      return quiet('idle.other', { reason: cut(reason ?? '', 100) });
  }
}

/** Only what has changed is in the event; each change is said by itself. */
function updatedNotice(body: JsonObject): Notice {
  const changes: NoticeText[] = [];
  const title = field(body, 'title');
  if (title !== undefined) {
    changes.push(
      asText(title) === undefined
        ? { code: 'updated.titleRemoved', args: {} }
        : { code: 'updated.title', args: { title: short(body, 'title') } },
    );
  }
  const agent = field(body, 'agent');
  if (agent !== undefined) {
    const named = asObject(agent);
    const name = asText(field(named, 'name')) ?? asText(field(named, 'id')) ?? asText(agent) ?? '';
    changes.push({ code: 'updated.agent', args: { agent: cut(name, 200) } });
  }
  const budget = field(body, 'budget');
  if (budget !== undefined) {
    changes.push(
      budget === null
        ? { code: 'updated.budgetRemoved', args: {} }
        : { code: 'updated.budget', args: costArgs(asObject(field(asObject(budget), 'max_list_cost'))) },
    );
  }
  const metadata = field(body, 'metadata');
  if (metadata !== undefined) {
    const names = Object.keys(asObject(metadata) ?? {});
    changes.push({ code: 'updated.metadata', args: { names: cut(names.slice(0, 20).join(', '), 200) } });
  }
  const [first, ...more] = changes;
  return {
    ...quiet(first?.code ?? 'updated', first?.args),
    ...(more.length > 0 && { more }),
  };
}

/** Money comes as whole cents in a text, or as a number. */
function costArgs(cost: JsonObject | undefined): Readonly<Record<string, string>> {
  const amount = field(cost, 'amount');
  const cents = typeof amount === 'string' && /^\d{1,15}$/.test(amount) ? Number(amount) : asNumber(amount);
  return { cents: cents === undefined ? '' : String(cents), currency: short(cost, 'currency') };
}

function definedNotice(body: JsonObject): Notice {
  const rubric = asObject(field(body, 'rubric'));
  const content = asText(field(rubric, 'content'));
  const notice = quiet('outcome.defined', {
    description: cut(oneLine(plainText(field(body, 'description'))), 500),
    iterations: numberText(body, 'max_iterations'),
  });
  return content === undefined ? notice : withBlocks(notice, content);
}

const outcomes = new Map<string, readonly [code: NoticeCode, tone: NoticeRow['tone']]>([
  ['satisfied', ['outcome.satisfied', 'good']],
  ['needs_revision', ['outcome.needsRevision', 'quiet']],
  ['max_iterations_reached', ['outcome.maxIterations', 'warning']],
  ['failed', ['outcome.failed', 'warning']],
  ['interrupted', ['outcome.interrupted', 'quiet']],
]);

function outcomeNotice(body: JsonObject): Notice {
  const result = short(body, 'result');
  const [code, tone] = outcomes.get(result) ?? ['outcome.evaluated', 'quiet'];
  const explanation = asText(field(body, 'explanation')) ?? '';
  const args = { result, iteration: numberText(body, 'iteration'), explanation: excerpt(explanation) };
  const notice: Notice = { code, tone, args };
  return excerpt(explanation) === explanation ? notice : withBlocks(notice, explanation);
}

function threadNotice(body: JsonObject, told: Told): Notice {
  const agent = short(body, 'agent_name');
  const state = told(threadState(short(body, 'session_thread_id')))?.type.slice(
    'session.thread_status_'.length,
  );
  return agent === ADVISOR
    ? quiet('thread.advisor', { state: state ?? '' })
    : quiet('thread.created', { agent, state: state ?? '' });
}

function threadMessage(code: NoticeCode, body: JsonObject, side: 'to' | 'from', told: Told): Notice {
  const thread = told(threadName(short(body, `${side}_session_thread_id`)));
  const agent = asText(field(body, `${side}_agent_name`)) ?? asText(field(thread?.body, 'agent_name')) ?? '';
  return withText(code, { agent: cut(agent, 200) }, field(body, 'content'));
}

/** A line that begins with what a content says, the whole of it folded away where the line cannot hold it. */
function withText(
  code: NoticeCode,
  args: Readonly<Record<string, string>>,
  content: JsonValue | undefined,
): Notice {
  const text = plainText(content);
  const short = excerpt(text);
  const notice = quiet(code, { ...args, text: short });
  const blocks = blocksOf(content, MAX_FOLDED);
  const isAllSaid = short === text && blocks.every(({ type }) => type === 'text');
  return isAllSaid ? notice : { ...notice, blocks };
}

function withBlocks(notice: Notice, content: JsonValue | undefined): Notice {
  const blocks: readonly Block[] = blocksOf(content, MAX_FOLDED);
  return blocks.length === 0 ? notice : { ...notice, blocks };
}

/** The beginning of a text in one line. */
function excerpt(text: string): string {
  const line = oneLine(cut(text, 4 * MAX_EXCERPT));
  return line.length <= MAX_EXCERPT ? line : `${cut(line, MAX_EXCERPT - 1)}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function quiet(code: NoticeCode, args: Readonly<Record<string, string>> = {}): Notice {
  return { code, tone: 'quiet', args };
}

function short(body: JsonObject | undefined, name: string): string {
  return cut(asText(field(body, name)) ?? '', 500);
}

function numberText(body: JsonObject, name: string): string {
  const value = asNumber(field(body, name));
  return value === undefined ? short(body, name) : String(value);
}

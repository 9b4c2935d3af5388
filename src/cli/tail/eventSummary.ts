import type { SessionEvent } from '../../api/resources/event.ts';
import { plainText } from '../../transcript/blocks.ts';
import { awaitedIds, isToolUse, resultOf, stopReason } from '../../transcript/eventFacts.ts';
import { noticeOf } from '../../transcript/notice.ts';
import { prettyJson } from '../../transcript/prettyJson.ts';
import { asNumber, asObject, asText, field, type JsonValue } from '../../util/json.ts';

/** What an event says, for one line of a log. Untrusted and uncut. */
export function eventSummary(event: SessionEvent): string {
  const { body } = event;
  if (isToolUse(event)) {
    const name = asText(field(body, 'name')) ?? 'tool';
    const asks = field(body, 'evaluated_permission') === 'ask' ? ' (asks)' : '';
    return `${name}${asks} ${compact(field(body, 'input'))}`;
  }
  if (resultOf(event) !== undefined) {
    return `${field(body, 'is_error') === true ? 'error: ' : ''}${contentOf(event)}`;
  }
  switch (event.type) {
    case 'user.message':
      return `${event.queued ? '(queued) ' : ''}${contentOf(event)}`;
    case 'agent.message':
    case 'agent.thinking':
      return contentOf(event);
    case 'session.status_idle': {
      const waits = awaitedIds(event).length;
      return `${stopReason(event) ?? ''}${waits > 0 ? ` (${waits})` : ''}`;
    }
    case 'user.tool_confirmation':
      return `${asText(field(body, 'result')) ?? ''} ${asText(field(body, 'deny_message')) ?? ''}`;
    case 'session.usage': {
      const usage = asObject(field(body, 'usage'));
      const count = (name: string) => asNumber(field(usage, name)) ?? '?';
      return `input ${count('input_tokens')}, output ${count('output_tokens')}`;
    }
    case 'span.model_request_end':
      return field(body, 'is_error') === true ? 'error' : '';
    default:
      return noticeSummary(event) ?? fieldsOf(event);
  }
}

/** The texts of a message, or what else it holds. */
function contentOf({ body }: SessionEvent): string {
  const content = field(body, 'content');
  const text = plainText(content);
  return text !== '' || content === undefined ? text : compact(content);
}

function noticeSummary(event: SessionEvent): string | undefined {
  const notice = noticeOf(event);
  if (notice === 'hidden') {
    return asText(field(event.body, 'agent_name')) ?? '';
  }
  const args = Object.values(notice?.args ?? {});
  const said = args.filter((text) => text !== '');
  return said.length === 0 ? undefined : said.join(': ');
}

const ENVELOPE = new Set(['type', 'id', 'processed_at']);

function fieldsOf({ body }: SessionEvent): string {
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !ENVELOPE.has(name)));
  return Object.keys(rest).length === 0 ? '' : compact(rest);
}

function compact(value: JsonValue | undefined): string {
  return value === undefined ? '' : prettyJson(value).replace(/\n */g, ' ');
}

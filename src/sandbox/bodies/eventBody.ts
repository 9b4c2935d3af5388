import { asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { invalid } from '../errors.ts';
import type { SessionRecord } from '../records.ts';
import { Checker } from '../validation.ts';

/** Events that a client may send to a session. */
const clientEventTypes = [
  'user.message',
  'user.interrupt',
  'user.tool_confirmation',
  'user.custom_tool_result',
  'user.define_outcome',
  'system.message',
] as const;

type ClientEventType = (typeof clientEventTypes)[number];

export interface ClientEvent {
  readonly type: ClientEventType;
  readonly fields: JsonObject;
}

const contentTypes = {
  message: ['text', 'image', 'document'],
  result: ['text', 'image', 'document', 'search_result'],
  system: ['text'],
} as const;

/**
 * Checks the `events` of a request against the session, all before any of them takes effect.
 * @throws SandboxError of kind `validation`, or `invalid` for an event that does not fit the session's state.
 */
export function readEvents(body: JsonObject, session: SessionRecord): ClientEvent[] {
  const checker = new Checker();
  checker.required(body, 'events');
  const given = checker.objects(body, 'events') ?? [];
  if (given.length === 0) {
    checker.fail(['body', 'events'], 'ensure this value has at least 1 items', 'value_error.list.min_items');
  }
  const events = given.flatMap((event, index) => readEvent(event, ['body', 'events', index], checker));
  checker.finish();
  checkState(events, session);
  return events;
}

/** Checks the `initial_events` of a new session. @throws SandboxError of kind `validation`. */
export function readInitialEvents(events: readonly JsonObject[]): ClientEvent[] {
  const checker = new Checker();
  const read = events.flatMap((event, index) => readEvent(event, ['body', 'initial_events', index], checker));
  checker.finish();
  return read;
}

type Location = readonly (string | number)[];

function readEvent(event: JsonObject, at: Location, checker: Checker): ClientEvent[] {
  const type = checker.oneOf(event, 'type', clientEventTypes, { required: true, at });
  switch (type) {
    case 'user.message':
      return [{ type, fields: { content: readContent(event, at, checker, contentTypes.message) } }];
    case 'system.message':
      return [{ type, fields: { content: readContent(event, at, checker, contentTypes.system) } }];
    case 'user.interrupt':
      return [{ type, fields: {} }];
    case 'user.tool_confirmation': {
      const toolUseId = checker.text(event, 'tool_use_id', { required: true, min: 1, at });
      const result = checker.oneOf(event, 'result', ['allow', 'deny'], { required: true, at });
      const denyMessage = checker.nullableText(event, 'deny_message', { at });
      if (result === 'allow' && typeof denyMessage === 'string') {
        checker.fail([...at, 'deny_message'], 'only goes with a denial', 'value_error');
      }
      return [
        {
          type,
          fields: {
            tool_use_id: toolUseId ?? '',
            result: result ?? 'deny',
            ...(typeof denyMessage === 'string' ? { deny_message: denyMessage } : {}),
          },
        },
      ];
    }
    case 'user.custom_tool_result': {
      const toolUseId = checker.text(event, 'custom_tool_use_id', { required: true, min: 1, at });
      const content =
        field(event, 'content') === undefined ? [] : readContent(event, at, checker, contentTypes.result);
      return [
        {
          type,
          fields: {
            custom_tool_use_id: toolUseId ?? '',
            content,
            is_error: field(event, 'is_error') === true,
          },
        },
      ];
    }
    case 'user.define_outcome':
      return [{ type, fields: readOutcome(event, at, checker) }];
    case undefined:
      return [];
  }
}

function readOutcome(event: JsonObject, at: Location, checker: Checker): JsonObject {
  const description = checker.text(event, 'description', { required: true, min: 1, at });
  const rubric = asObject(checker.required(event, 'rubric', at));
  const iterations = field(event, 'max_iterations') ?? 3;
  if (typeof iterations !== 'number' || iterations < 1 || iterations > 20) {
    checker.fail([...at, 'max_iterations'], 'must be a whole number from 1 to 20', 'value_error.number');
  }
  return { description: description ?? '', rubric: rubric ?? {}, max_iterations: iterations };
}

function readContent(
  event: JsonObject,
  at: Location,
  checker: Checker,
  allowed: readonly string[],
): JsonObject[] {
  checker.required(event, 'content', at);
  const blocks = checker.objects(event, 'content', { at }) ?? [];
  if (blocks.length === 0 && field(event, 'content') !== undefined) {
    checker.fail([...at, 'content'], 'ensure this value has at least 1 items', 'value_error.list.min_items');
  }
  blocks.forEach((block, index) => {
    const here = [...at, 'content', index];
    const type = checker.oneOf(block, 'type', allowed, { required: true, at: here });
    if (type === 'text') {
      checker.text(block, 'text', { required: true, min: 1, at: here });
    } else if (type !== undefined) {
      checker.required(block, type === 'search_result' ? 'content' : 'source', here);
    }
  });
  return blocks;
}

/** Answers must name a call that waits, once; a system message closes the request, after what it goes with. */
function checkState(events: readonly ClientEvent[], session: SessionRecord): void {
  const answered = new Set<string>();
  events.forEach((event, index) => {
    if (event.type === 'user.tool_confirmation' || event.type === 'user.custom_tool_result') {
      const confirms = event.type === 'user.tool_confirmation';
      const id = asText(event.fields[confirms ? 'tool_use_id' : 'custom_tool_use_id']) ?? '';
      const pending = session.pending.get(id);
      if (pending?.kind !== (confirms ? 'confirmation' : 'customResult') || answered.has(id)) {
        const what = confirms ? 'confirmation' : 'custom tool result';
        throw invalid(`events.${String(index)}: no tool call '${id.slice(0, 100)}' waits for a ${what}`);
      }
      answered.add(id);
    }
    if (event.type === 'system.message') {
      const before = events[index - 1]?.type;
      const fits = before === 'user.message' || before === 'user.custom_tool_result';
      if (index !== events.length - 1 || !fits) {
        throw invalid(
          `events.${String(index)}: a system.message comes last, right after the message or result it goes with`,
        );
      }
    }
  });
}

import assert from 'node:assert/strict';
import {
  attachmentAt,
  editBodies,
  inputBody,
  messageBody,
  rawBody,
  resultBody,
} from '../../../src/transcript/bodies.ts';
import { inputHash } from '../../../src/transcript/inputHash.ts';
import type { JsonObject, JsonValue } from '../../../src/util/json.ts';
import { between, seededRandom } from '../../support/random.ts';
import { TestSession } from './transcriptSetup.ts';

const EVENTS = 20_000;
const PER_SESSION = 200;

const types = [
  'user.message',
  'user.interrupt',
  'user.tool_confirmation',
  'user.custom_tool_result',
  'user.tool_result',
  'user.define_outcome',
  'system.message',
  'agent.message',
  'agent.thinking',
  'agent.tool_use',
  'agent.tool_result',
  'agent.mcp_tool_use',
  'agent.mcp_tool_result',
  'agent.custom_tool_use',
  'agent.thread_context_compacted',
  'agent.thread_message_sent',
  'agent.thread_message_received',
  'session.status_running',
  'session.status_idle',
  'session.status_rescheduled',
  'session.status_terminated',
  'session.deleted',
  'session.updated',
  'session.error',
  'session.usage',
  'session.thread_created',
  'session.thread_status_idle',
  'span.model_request_end',
  'span.outcome_evaluation_end',
  'workflow_run.created',
  'workflow_run.status_ended',
  'workflow_run.phase_started',
  'span.outcome_evaluation_start',
  'session.thread_status_running',
  'workflow_run.error',
  'event_start',
  'event_delta',
  'session.thread_idle',
  'session.turn_released',
  'future.thing',
  '__proto__',
  'toString',
  '',
];
const names = [
  'id',
  'message_id',
  'sequence',
  'processed_at',
  'created_at',
  'content',
  'text',
  'type',
  'name',
  'input',
  'command',
  'path',
  'file_path',
  'old_string',
  'new_string',
  'view_range',
  'tool_use_id',
  'custom_tool_use_id',
  'mcp_tool_use_id',
  'stop_reason',
  'stop_details',
  'event_ids',
  'error',
  'message',
  'retry_status',
  'payload',
  'source',
  'data',
  'media_type',
  'result',
  'is_error',
  'usage',
  'event',
  'event_id',
  'delta',
  'index',
  'thinking',
  'session_thread_id',
  'to_session_thread_id',
  'agent_name',
  'workflow_run_id',
  'workflow_run_phase_id',
  'phases',
  'evaluation',
  'evaluated_permission',
  'budget',
  'agent',
  'metadata',
  'rubric',
  'explanation',
  'model_usage',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toJSON',
  '',
  '\ud800',
];
const texts = [
  '',
  'a',
  'id1',
  'id2',
  'id3',
  'allow',
  'deny',
  'requires_action',
  'end_turn',
  'text',
  'image',
  'bash',
  'edit',
  'write',
  '\ud800',
  '\udc00\ud800',
  '\u0000\u001b[2J',
  '\u202e',
  '__proto__',
  '2026-01-01T00:00:00Z',
  'x'.repeat(40_000),
];
const numbers = [0, -0, 1, -1, 0.5, 1e15, 1e400, -1e400, 2 ** 53, Number.MIN_VALUE];

function value(random: () => number, depth: number): JsonValue {
  const pick = <T>(items: readonly T[], other: T) => items[between(random, 0, items.length)] ?? other;
  const dice = random() * (depth > 5 ? 0.6 : 1);
  if (dice < 0.35) {
    return pick(texts, '');
  }
  if (dice < 0.45) {
    return pick(numbers, 0);
  }
  if (dice < 0.6) {
    return pick([true, false, null, null], null);
  }
  if (dice < 0.8) {
    return Array.from({ length: between(random, 0, 4) }, () => value(random, depth + 1));
  }
  return object(random, depth + 1, between(random, 0, 6));
}

function object(random: () => number, depth: number, count: number): JsonObject {
  const made: JsonObject = {};
  for (let index = 0; index < count; index++) {
    const name = names[between(random, 0, names.length)] ?? '';
    Object.defineProperty(made, name, {
      value: name === 'type' ? (types[between(random, 0, types.length)] ?? '') : value(random, depth),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}

/** Everything that is ever asked of an event. */
function useAll(session: TestSession): void {
  for (const row of session.rows()) {
    assert.equal(typeof row.key, 'string');
    assert.ok(JSON.stringify(row).length > 0);
  }
  const { store, transcript } = session;
  for (let position = store.first; position < store.end; position++) {
    const stored = store.at(position);
    assert.ok(stored !== undefined);
    for (const body of [messageBody(stored), inputBody(stored), rawBody(stored), resultBody(stored.event)]) {
      assert.equal(typeof body.text, 'string');
    }
    editBodies(stored);
    attachmentAt(stored.event.body, 0);
    inputHash(stored.event);
    transcript.resultOf(stored.key);
  }
  assert.ok(Array.isArray(transcript.pending));
}

describe('events of any shape', () => {
  it('never throw, and never reach a prototype', function () {
    this.timeout(60_000);
    for (let seed = 0; seed < EVENTS / PER_SESSION; seed++) {
      const random = seededRandom(seed);
      const session = new TestSession();
      for (let index = 0; index < PER_SESSION; index++) {
        const type = types[between(random, 0, types.length)] ?? '';
        const json = { ...object(random, 0, between(random, 0, 10)), ...(random() < 0.9 && { type }) };
        if (random() < 0.2) {
          session.older(json);
        } else {
          session.arrive(json);
        }
      }
      useAll(session);
    }
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal(({} as Record<string, unknown>)['command'], undefined);
  });

  it('may be nested 100,000 deep, anywhere', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"text":', '}'],
      ['[{"type":"text","content":', '}]'],
    ] as const) {
      const deep = JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`) as JsonValue;
      const session = new TestSession();
      for (const type of types) {
        session.arrive({ type, content: deep, error: deep, stop_reason: deep, tool_use_id: deep });
        session.arrive({ type, payload: { content: deep, result: deep, event_ids: deep }, id: deep });
        session.arrive({ type, id: type, content: deep });
        session.arrive({ type, id: type, content: [deep] });
      }
      session.arrive({ type: 'agent.tool_use', id: 'deep', name: deep, input: deep });
      useAll(session);
    }
  });

  it('may be as large as a server likes', () => {
    const huge = 'y'.repeat(8_000_000);
    const session = new TestSession();
    for (const type of types) {
      session.arrive({
        type,
        id: `${type} 1`,
        content: huge,
        name: huge,
        input: { command: huge },
        message: huge,
      });
      session.arrive({
        type,
        id: `${type} 2`,
        error: { type: huge, message: huge },
        title: huge,
        description: huge,
      });
    }
    for (const row of session.rows()) {
      assert.ok(JSON.stringify(row).length < 200_000, row.kind);
    }
    const many = Array.from({ length: 500_000 }, (): JsonValue => ({ type: 'text', text: 'x' }));
    session.arrive({ type: 'agent.message', id: 'many', content: many });
    assert.ok(JSON.stringify(session.row('many')).length < 200_000);
  });
});

import assert from 'node:assert/strict';
import { errorTypes } from '../../../src/protocol/readingStrings.ts';
import { everyKind } from '../../../src/sandbox/every/everyKind.ts';
import type { Row } from '../../../src/transcript/row.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';
import { at } from '../../support/storeEvents.ts';
import { asks, says, TestSession, use } from './transcriptSetup.ts';

/** How an event is read: as a row of a kind, as a part of another event's row, or summed up elsewhere. */
type Rendering = Row['kind'] | `part of ${Row['kind']}` | `summed up: ${string}`;

const hi: JsonObject[] = [{ type: 'text', text: 'hi' }];
const thread = { session_thread_id: 'sthr_a', agent_name: 'A' };
const run = { workflow_run_id: 'wrun_a' };

/** Every event type of the API, with an example and how it is to be read. */
const table: readonly (readonly [example: JsonObject & { type: string }, rendering: Rendering])[] = [
  [{ type: 'user.message', content: hi }, 'userMessage'],
  [{ type: 'user.interrupt' }, 'notice'],
  [{ type: 'user.tool_confirmation', tool_use_id: 'call', result: 'allow' }, 'part of tool'],
  [{ type: 'user.custom_tool_result', custom_tool_use_id: 'call', content: hi }, 'part of tool'],
  [{ type: 'user.tool_result', tool_use_id: 'call', content: hi }, 'part of tool'],
  [{ type: 'user.define_outcome', description: 'd', rubric: { type: 'text', content: 'r' } }, 'notice'],
  [{ type: 'system.message', content: hi }, 'notice'],
  [{ type: 'agent.message', content: hi }, 'agentMessage'],
  [{ type: 'agent.thinking' }, 'thinking'],
  [{ type: 'agent.tool_use', name: 'bash', input: { command: 'ls' } }, 'tool'],
  [{ type: 'agent.tool_result', tool_use_id: 'call', content: hi }, 'part of tool'],
  [{ type: 'agent.mcp_tool_use', mcp_server_name: 's', name: 'n', input: {} }, 'tool'],
  [{ type: 'agent.mcp_tool_result', mcp_tool_use_id: 'call', content: hi }, 'part of tool'],
  [{ type: 'agent.custom_tool_use', name: 'n', input: {} }, 'tool'],
  [{ type: 'agent.thread_context_compacted' }, 'notice'],
  [{ type: 'agent.thread_message_sent', to_session_thread_id: 'sthr_a', content: hi }, 'notice'],
  [{ type: 'agent.thread_message_received', from_session_thread_id: 'sthr_a', content: hi }, 'notice'],
  [{ type: 'session.status_running' }, 'summed up: the end of the turn says how long it took'],
  [{ type: 'session.status_idle', stop_reason: { type: 'end_turn' }, stop_details: null }, 'notice'],
  [{ type: 'session.status_rescheduled' }, 'notice'],
  [{ type: 'session.status_terminated' }, 'notice'],
  [{ type: 'session.deleted' }, 'notice'],
  [{ type: 'session.updated', title: 't' }, 'notice'],
  [{ type: 'session.error', error: { type: 'unknown_error', message: 'm' } }, 'notice'],
  [{ type: 'session.usage', usage: { input_tokens: 1 }, budget: null }, 'summed up: in the header'],
  [{ type: 'session.thread_created', ...thread, workflow_run_id: null }, 'notice'],
  [{ type: 'session.thread_status_running', ...thread }, 'part of notice'],
  [{ type: 'session.thread_status_rescheduled', ...thread }, 'part of notice'],
  [{ type: 'session.thread_status_terminated', ...thread }, 'part of notice'],
  [{ type: 'session.thread_status_idle', ...thread, stop_reason: { type: 'end_turn' } }, 'part of notice'],
  [{ type: 'span.model_request_start' }, 'summed up: at the end of the turn'],
  [
    { type: 'span.model_request_end', model_usage: { input_tokens: 7, output_tokens: 3 } },
    'summed up: at the end of the turn',
  ],
  [{ type: 'span.outcome_evaluation_start', outcome_id: 'o', iteration: 1 }, 'notice'],
  [{ type: 'span.outcome_evaluation_ongoing', outcome_id: 'o', iteration: 1 }, 'summed up: a heartbeat'],
  [{ type: 'span.outcome_evaluation_end', outcome_id: 'o', iteration: 1, result: 'satisfied' }, 'notice'],
  [{ type: 'workflow_run.created', ...run, name: 'w', description: null, phases: [] }, 'notice'],
  [{ type: 'workflow_run.status_running', ...run }, 'notice'],
  [{ type: 'workflow_run.status_idle', ...run }, 'notice'],
  [{ type: 'workflow_run.status_ended', ...run, result: { type: 'completed' } }, 'notice'],
  [{ type: 'workflow_run.phase_started', ...run, workflow_run_phase_id: 'p' }, 'notice'],
  [{ type: 'workflow_run.phase_ended', ...run, workflow_run_phase_id: 'p' }, 'notice'],
  [{ type: 'workflow_run.error', ...run, error: { type: 'timeout_error', message: 'm' } }, 'notice'],
  // older and foreign names
  [{ type: 'session.thread_idle', ...thread }, 'part of notice'],
  [{ type: 'session.outcome_evaluated', result: 'satisfied' }, 'notice'],
  [{ type: 'session.turn_released' }, 'notice'],
  [{ type: 'session.status_active' }, 'summed up: the end of the turn says how long it took'],
  // what nobody knows yet
  [{ type: 'future.thing' }, 'raw'],
];

/** A session in which every other event finds what it belongs to. */
function surroundings(): TestSession {
  const session = new TestSession();
  session.arrive(
    asks('question', { processed_at: at(1) }),
    { type: 'session.thread_created', id: 'thread', ...thread, processed_at: at(1) },
    use('call', { processed_at: at(2) }),
    says('answer'),
  );
  return session;
}

describe('the events of the API', () => {
  for (const [example, rendering] of table) {
    it(`reads ${example.type} as ${rendering}`, () => {
      const session = surroundings();
      const before = session.rows();
      session.arrive({ id: 'it', processed_at: at(9), ...example });
      const after = session.rows();
      const own = after.find(({ key }) => key === 'it');
      if (rendering.startsWith('part of ') || rendering.startsWith('summed up')) {
        assert.equal(own, undefined);
        const changed = after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]));
        const kinds = rendering.startsWith('part of ') ? [rendering.slice('part of '.length)] : [];
        assert.deepEqual(
          changed.map(({ kind }) => kind),
          kinds,
        );
      } else {
        assert.equal(own?.kind, rendering);
        assert.equal(after.length, before.length + 1);
      }
    });
  }

  it('has words for every line and every error that can be shown', () => {
    for (const [code, text] of Object.entries(pageStringsEn.notice)) {
      assert.ok(text.length > 0, code);
    }
    for (const type of errorTypes) {
      assert.ok(pageStringsEn.reading.error.what[type].length > 10, type);
    }
  });

  it('are all in the story that the sandbox tells, but for those that end a session', () => {
    const told = new Set<string>();
    const story = everyKind();
    for (let step = story.next(); step.done !== true; step = story.next('sevt_x')) {
      told.add(step.value.type);
    }
    const known = table.map(([{ type }]) => type);
    const elsewhere = ['user.message', 'session.status_terminated', 'session.deleted'];
    const older = known.slice(known.indexOf('session.thread_idle'));
    assert.deepEqual(
      known.filter((type) => !told.has(type) && !older.includes(type)),
      elsewhere,
    );
    const strange = [...told].filter((type) => !known.includes(type));
    assert.deepEqual(strange, ['future.telepathy']);
  });
});

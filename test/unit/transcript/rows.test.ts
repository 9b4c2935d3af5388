import assert from 'node:assert/strict';
import type { Row } from '../../../src/transcript/row.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { at } from '../../support/storeEvents.ts';
import { TestSession } from './transcriptSetup.ts';

/** The only row of a single event, without what all rows have; undefined where the event has none. */
function rowFor(json: JsonObject): unknown {
  const session = new TestSession();
  session.arrive(json);
  const rows = session.rows();
  assert.ok(rows.length <= 1);
  const row: Partial<Row> | undefined = rows[0] && { ...rows[0] };
  if (row !== undefined) {
    assert.equal(row.key, session.store.at(session.store.first)?.key);
    delete (row as Partial<Record<string, unknown>>)['key'];
    delete (row as Partial<Record<string, unknown>>)['at'];
    delete (row as Partial<Record<string, unknown>>)['eventId'];
  }
  return row;
}

const text = (value: string) => ({ type: 'text', text: value, total: value.length });
const notice = (code: string, args: Record<string, string> = {}, tone = 'quiet') => ({
  kind: 'notice',
  code,
  tone,
  args,
});
const retrying = (type: string): JsonObject => ({
  type: 'mcp_connection_failed_error',
  message: 'no way',
  mcp_server_name: 'x',
  retry_status: { type },
});
const failure = { type: 'mcp_connection_failed_error', message: 'no way', about: 'x' };
const hi: JsonObject[] = [{ type: 'text', text: 'hi' }];

const shown: readonly (readonly [what: string, event: JsonObject, row: unknown])[] = [
  // what the user sends
  [
    'a message',
    { type: 'user.message', content: hi },
    { kind: 'userMessage', blocks: [text('hi')], state: 'done' },
  ],
  [
    'a queued message',
    { type: 'user.message', content: hi, processed_at: null },
    { kind: 'userMessage', blocks: [text('hi')], state: 'queued' },
  ],
  ['an interrupt', { type: 'user.interrupt' }, notice('interrupt')],
  [
    'an approval alone',
    { type: 'user.tool_confirmation', tool_use_id: 'x', result: 'allow' },
    notice('confirmation.allow'),
  ],
  [
    'a refusal alone',
    { type: 'user.tool_confirmation', tool_use_id: 'x', result: 'deny', deny_message: 'no' },
    notice('confirmation.deny', { reason: 'no' }),
  ],
  [
    'a client result alone',
    { type: 'user.custom_tool_result', custom_tool_use_id: 'x' },
    notice('customResult'),
  ],
  ['a result alone', { type: 'agent.tool_result', tool_use_id: 'x', content: [] }, notice('toolResult')],
  [
    "a result of an MCP server's tool alone",
    { type: 'agent.mcp_tool_result', mcp_tool_use_id: 'x', content: 'r' },
    { ...notice('toolResult'), blocks: [text('r')] },
  ],
  ['a result of an environment alone', { type: 'user.tool_result', tool_use_id: 'x' }, notice('toolResult')],
  [
    'an outcome',
    {
      type: 'user.define_outcome',
      description: 'd',
      max_iterations: 3,
      rubric: { type: 'text', content: '- a\n- b' },
    },
    { ...notice('outcome.defined', { description: 'd', iterations: '3' }), blocks: [text('- a\n- b')] },
  ],
  ['a system message', { type: 'system.message', content: hi }, notice('systemMessage', { text: 'hi' })],
  // what the agent does
  [
    'a reply',
    { type: 'agent.message', content: hi },
    { kind: 'agentMessage', blocks: [text('hi')], streaming: false },
  ],
  [
    'a thought',
    { type: 'agent.thinking' },
    { kind: 'thinking', text: null, streaming: false, durationMs: null },
  ],
  [
    'a thought told in content',
    { type: 'agent.thinking', content: hi },
    { kind: 'thinking', text: 'hi', streaming: false, durationMs: null },
  ],
  [
    'a thought told in a field',
    { type: 'agent.thinking', thinking: 'hm' },
    { kind: 'thinking', text: 'hm', streaming: false, durationMs: null },
  ],
  ['compaction', { type: 'agent.thread_context_compacted' }, notice('compacted')],
  [
    'a message to a thread',
    { type: 'agent.thread_message_sent', to_session_thread_id: 't', to_agent_name: 'b', content: hi },
    notice('thread.message.sent', { agent: 'b', text: 'hi' }),
  ],
  [
    'a message from a thread',
    {
      type: 'agent.thread_message_received',
      from_session_thread_id: 't',
      from_agent_name: 'b',
      content: 'hi',
    },
    notice('thread.message.received', { agent: 'b', text: 'hi' }),
  ],
  // the session
  ['rescheduling', { type: 'session.status_rescheduled' }, notice('rescheduled')],
  ['the end', { type: 'session.status_terminated' }, notice('terminated', {}, 'warning')],
  ['deletion', { type: 'session.deleted' }, notice('deleted', {}, 'warning')],
  ['an update', { type: 'session.updated', title: 't' }, notice('updated.title', { title: 't' })],
  ['an update of nothing', { type: 'session.updated' }, notice('updated')],
  [
    'an update of everything',
    {
      type: 'session.updated',
      title: null,
      agent: { id: 'agent_a', name: 'A' },
      budget: { type: 'limit', max_list_cost: { amount: '500', currency: 'USD' } },
      metadata: { a: '1', b: '2' },
    },
    {
      ...notice('updated.titleRemoved'),
      more: [
        { code: 'updated.agent', args: { agent: 'A' } },
        { code: 'updated.budget', args: { cents: '500', currency: 'USD' } },
        { code: 'updated.metadata', args: { names: 'a, b' } },
      ],
    },
  ],
  ['a budget taken away', { type: 'session.updated', budget: null }, notice('updated.budgetRemoved')],
  [
    'an error retried',
    { type: 'session.error', error: retrying('retrying') },
    notice('error.retrying', failure, 'warning'),
  ],
  [
    'an error given up',
    { type: 'session.error', error: retrying('exhausted') },
    notice('error.exhausted', failure, 'error'),
  ],
  [
    'a fatal error',
    { type: 'session.error', error: retrying('terminal') },
    notice('error.terminal', failure, 'error'),
  ],
  [
    'an error of another kind',
    { type: 'session.error', error: retrying('new') },
    notice('error.plain', failure, 'error'),
  ],
  [
    'an error without words',
    { type: 'session.error', error: { type: 'billing_error' } },
    notice('error.plain', { type: 'billing_error', message: 'billing_error' }, 'error'),
  ],
  [
    'an error without anything',
    { type: 'session.error' },
    notice('error.plain', { type: '', message: '' }, 'error'),
  ],
  [
    'an error in the Horizons shape',
    {
      type: 'session.error',
      sequence: 17,
      payload: { error: { kind: 'provider_empty_response', message: 'm' } },
    },
    notice('error.plain', { type: 'provider_empty_response', message: 'm' }, 'error'),
  ],
  [
    'an error by its reason',
    { type: 'session.error', payload: { failure_type: 'f', failure_reason: 'r' } },
    notice('error.plain', { type: 'f', message: 'r' }, 'error'),
  ],
  [
    'retries used up',
    { type: 'session.status_idle', stop_reason: { type: 'retries_exhausted' } },
    notice('idle.retriesExhausted', {}, 'error'),
  ],
  [
    'a budget used up',
    { type: 'session.status_idle', stop_reason: 'budget_reached' },
    notice('idle.budgetReached', {}, 'warning'),
  ],
  [
    'a refusal of the model',
    {
      type: 'session.status_idle',
      stop_reason: { type: 'refusal' },
      stop_details: { type: 'refusal', category: 'cyber', explanation: null },
    },
    notice('idle.refusal', { category: 'cyber', explanation: '' }, 'warning'),
  ],
  [
    'an unknown pause',
    { type: 'session.status_idle', stop_reason: { type: 'moon' } },
    notice('idle.other', { reason: 'moon' }),
  ],
  [
    'a thread',
    { type: 'session.thread_created', agent_name: 'a' },
    notice('thread.created', { agent: 'a', state: '' }),
  ],
  [
    'an outcome reached',
    { type: 'span.outcome_evaluation_end', result: 'satisfied', explanation: 'e', iteration: 2 },
    notice('outcome.satisfied', { result: 'satisfied', iteration: '2', explanation: 'e' }, 'good'),
  ],
  [
    'an outcome under its old name',
    { type: 'session.outcome_evaluated', result: 'failed' },
    notice('outcome.failed', { result: 'failed', iteration: '', explanation: '' }, 'warning'),
  ],
  [
    'an outcome with an end of its own',
    { type: 'span.outcome_evaluation_end', result: 'moon' },
    notice('outcome.evaluated', { result: 'moon', iteration: '', explanation: '' }),
  ],
  [
    'the beginning of an evaluation',
    { type: 'span.outcome_evaluation_start', iteration: 1 },
    notice('outcome.started', { iteration: '1' }),
  ],
  ['a workflow', { type: 'workflow_run.created', name: 'w' }, notice('workflow.created', { name: 'w' })],
  [
    "a workflow's phases",
    { type: 'workflow_run.created', description: 'd', phases: [{ id: 'p', name: 'P', description: 'q' }, 7] },
    { ...notice('workflow.created', { name: '' }), blocks: [text('d\n\n1. **P**: q')] },
  ],
  ["a workflow's work", { type: 'workflow_run.status_running' }, notice('workflow.running', { name: '' })],
  ["a workflow's rest", { type: 'workflow_run.status_idle' }, notice('workflow.idle', { name: '' })],
  [
    "a workflow's success",
    { type: 'workflow_run.status_ended', result: { type: 'completed' } },
    notice('workflow.completed', { name: '' }, 'good'),
  ],
  [
    "a workflow's stop",
    { type: 'workflow_run.status_ended', result: 'stopped' },
    notice('workflow.stopped', { name: '' }),
  ],
  [
    "a workflow's failure",
    { type: 'workflow_run.status_ended', result: { type: 'error', error: { type: 't', message: 'm' } } },
    notice('workflow.failed', { name: '', message: 'm' }, 'warning'),
  ],
  [
    "a workflow's end without words",
    { type: 'workflow_run.status_ended' },
    notice('workflow.ended', { name: '', result: '' }),
  ],
  [
    'a phase that begins',
    { type: 'workflow_run.phase_started', workflow_run_phase_id: 'p' },
    notice('workflow.phaseStarted', { name: '', phase: 'p' }),
  ],
  [
    'a phase that ends',
    { type: 'workflow_run.phase_ended', workflow_run_phase_id: 'p' },
    notice('workflow.phaseEnded', { name: '', phase: 'p' }),
  ],
  [
    'what else a workflow may do',
    { type: 'workflow_run.dreams' },
    notice('workflow', { name: '', what: 'dreams' }),
  ],
  [
    'an error of a workflow',
    { type: 'workflow_run.error', error: { type: 'timeout_error', message: 'late' } },
    notice('error.plain', { type: 'timeout_error', message: 'late' }, 'error'),
  ],
];

const hidden: readonly JsonObject[] = [
  { type: 'session.status_running' },
  { type: 'session.status_active' },
  { type: 'session.turn_released' },
  { type: 'session.usage', usage: {} },
  { type: 'session.status_idle', stop_reason: { type: 'end_turn' }, stop_details: null },
  { type: 'session.status_idle', stop_reason: 'completed' },
  { type: 'session.status_idle' },
  { type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: ['x'] } },
  { type: 'session.thread_status_running' },
  { type: 'session.thread_status_idle' },
  { type: 'session.thread_idle' },
  { type: 'session.thread_status_rescheduled' },
  { type: 'session.thread_status_terminated' },
  { type: 'span.model_request_start' },
  { type: 'span.model_request_end', is_error: null },
  { type: 'span.outcome_evaluation_ongoing' },
];

const unknown: readonly JsonObject[] = [
  { type: 'future.thing', a: 1 },
  { type: 'session.new_thing' },
  { type: 'span.new_thing' },
  { type: 'agent.new_thing' },
  { type: '__proto__' },
  { type: 'constructor' },
  { no: 'type' },
  {},
];

describe('rows of events', () => {
  for (const [what, json, row] of shown) {
    it(`shows ${what}`, () => assert.deepEqual(rowFor(json), row));
  }

  it('hides what a reader loses nothing without', () => {
    for (const json of hidden) {
      assert.equal(rowFor(json), undefined, JSON.stringify(json));
    }
  });

  it('shows everything else as it is', () => {
    for (const json of unknown) {
      const pretty = JSON.stringify(json, undefined, 2);
      const type = typeof json['type'] === 'string' ? json['type'] : 'unknown';
      assert.deepEqual(rowFor(json), { kind: 'raw', type, json: pretty, total: pretty.length });
    }
  });

  it('shows approvals and client results as nothing of their own where they do not say for what', () => {
    assert.deepEqual(rowFor({ type: 'user.tool_confirmation' }), notice('confirmation.allow'));
    assert.deepEqual(rowFor({ type: 'user.custom_tool_result' }), notice('customResult'));
  });

  it('takes fields from a payload, and times and ids from where there are any', () => {
    const session = new TestSession();
    session.arrive(
      { type: 'agent.message', sequence: 4, created_at: at(9), payload: { content: 'nested' } },
      { type: 'agent.message', message_id: 'm' },
      { type: 'agent.message' },
      { type: 'user.message', id: 'q', processed_at: null },
    );
    const [first, second, third, fourth] = session.rows();
    assert.deepEqual(first, {
      kind: 'agentMessage',
      key: '#4',
      eventId: '#4',
      at: Date.parse(at(9)),
      blocks: [text('nested')],
      streaming: false,
    });
    assert.deepEqual([second?.eventId, second?.at], ['m', null]);
    assert.equal(third?.eventId, null);
    assert.deepEqual([fourth?.eventId, fourth?.at], ['q', null]);
  });

  it('says how long a thought took, as its neighbour tells', () => {
    const session = new TestSession();
    const duration = () => {
      const row = session.row('t');
      return row.kind === 'thinking' ? row.durationMs : undefined;
    };
    session.arrive({ type: 'agent.thinking', id: 't', processed_at: at(10) });
    assert.equal(duration(), null);
    session.older({ type: 'span.model_request_start', id: 's', processed_at: at(7) });
    assert.equal(duration(), 3_000);
    session.store.trim(1);
    assert.equal(duration(), null);
  });
});

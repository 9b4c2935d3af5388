import type { JsonObject } from '../../../src/util/json.ts';
import { NOW } from './rows.ts';

const text = (value: string) => [{ type: 'text', text: value }];

/** Each `[seconds before now, type, fields]`. */
const tour: readonly (readonly [seconds: number, type: string, fields?: JsonObject])[] = [
  [7_200, 'user.message', { content: text('Which tests cover the billing client?') }],
  [7_199.8, 'session.status_running'],
  [7_190, 'agent.message', { content: text('Two files: retry.test.ts and client.test.ts.') }],
  [7_189.9, 'session.status_idle', { stop_reason: { type: 'end_turn' } }],
  [
    190,
    'user.message',
    { content: text('Retries on the billing client fire twice after a timeout.\nFind out why.') },
  ],
  [189.824, 'session.status_running'],
  [189.802, 'span.model_request_start'],
  [183.549, 'agent.thinking', { thinking: 'The double call suggests that two handlers schedule a retry.' }],
  [183.5, 'agent.message', { content: text("I'll look at how the retry timer is cleared first.") }],
  [183.494, 'agent.tool_use', { name: 'bash', input: { command: 'rg -n "scheduleRetry" src/billing' } }],
  [
    183.4,
    'span.model_request_end',
    {
      is_error: false,
      model_usage: { input_tokens: 14_211, output_tokens: 318, cache_read_input_tokens: 9_000 },
    },
  ],
  [
    183.085,
    'agent.tool_result',
    { tool_use_id: 'sevt_09', content: text('src/billing/retry.ts:48:    this.timer = setTimeout(') },
  ],
  [174.2, 'agent.mcp_tool_use', { name: 'get_issue', mcp_server_name: 'tracker', input: { number: 4182 } }],
  [
    173,
    'agent.mcp_tool_result',
    { mcp_tool_use_id: 'sevt_12', content: text('{"title":"Retries fire twice"}') },
  ],
  [
    170,
    'agent.tool_use',
    { name: 'edit', input: { file_path: 'src/billing/retry.ts', old_string: 'a', new_string: 'b' } },
  ],
  [169, 'agent.tool_result', { tool_use_id: 'sevt_14', content: text('ok') }],
  [160, 'agent.tool_use', { name: 'bash', input: { command: 'npm test -- retry' } }],
  [
    151.8,
    'agent.tool_result',
    { tool_use_id: 'sevt_16', is_error: true, content: text('1 failing: expected 2 to equal 1') },
  ],
  [
    140,
    'session.error',
    {
      error: {
        type: 'model_overloaded_error',
        message: 'The model is overloaded',
        retry_status: { type: 'retrying' },
      },
    },
  ],
  [139, 'session.thread_created', { agent_name: 'Reviewer', session_thread_id: 'sth_1' }],
  [
    138,
    'agent.thread_message_sent',
    { to_agent_name: 'Reviewer', content: text('Please review the retry fix.') },
  ],
  [90, 'session.thread_status_idle', { agent_name: 'Reviewer', stop_reason: { type: 'end_turn' } }],
  [88, 'user.define_outcome', { description: 'One attempt is counted per failure, and a test proves it.' }],
  [80, 'span.outcome_evaluation_start', { outcome_id: 'out_1', iteration: 1 }],
  [
    75,
    'span.outcome_evaluation_end',
    { outcome_id: 'out_1', result: 'needs_revision', explanation: 'No test for timeouts.' },
  ],
  [60, 'agent.thread_context_compacted'],
  [50, 'future.kind_of_event', { payload: { mood: 'hopeful', weight: 7 } }],
  [40, 'agent.tool_use', { name: 'bash', input: { command: 'git push origin fix/billing-retries' } }],
  [39.9, 'session.usage', { usage: { input_tokens: 48_213, output_tokens: 9_122 } }],
  [
    39.8,
    'session.status_idle',
    { stop_reason: { type: 'requires_action', event_ids: ['sevt_27', 'sevt_28'] } },
  ],
  [
    30,
    'agent.message',
    { content: text('<img src=x onerror=alert(1)> \u202eright to left\u202c z\u200bero') },
  ],
];

/** Events of every kind, as a server sends them. */
export const tourEvents: readonly JsonObject[] = [
  ...tour.map(([seconds, type, fields], index) => ({
    type,
    id: `sevt_${String(index).padStart(2, '0')}`,
    processed_at: new Date(NOW - seconds * 1_000).toISOString(),
    ...fields,
  })),
  {
    type: 'user.message',
    id: 'sevt_queued',
    processed_at: null,
    content: text('And add a line to the changelog.'),
  },
];

const types = [
  'user.message',
  'agent.message',
  'agent.tool_use',
  'agent.tool_result',
  'span.model_request_end',
  'session.status_idle',
];

/** An event of a long session; its id tells its position. */
export function syntheticEvent(position: number): JsonObject {
  const type = types[((position % types.length) + types.length) % types.length] ?? 'x';
  return {
    type: position % 997 === 0 ? 'session.compile_error' : type,
    id: `sevt_${position}`,
    processed_at: new Date(NOW - 3_600_000 + position * 10).toISOString(),
    ...(type.startsWith('agent.tool') && { name: 'bash', tool_use_id: `sevt_${position - 1}` }),
    ...(/^(span|session)\./.test(type)
      ? { what: `Event number ${position}` }
      : { content: text(`Event number ${position}`), input: { command: `Event number ${position}` } }),
  };
}

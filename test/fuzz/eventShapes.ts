import type { JsonObject } from '../../src/util/json.ts';
import { mutate, pick, type Random } from './mutate.ts';

const block = { type: 'text', text: 'Some **bold** text with `code` and [a link](https://example.com/a).' };
const when = '2026-01-01T00:00:00Z';

/** One well-formed event of each kind; ids repeat, so that events meet each other. */
const shapes: readonly JsonObject[] = [
  {
    type: 'user.message',
    content: [
      block,
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
    ],
  },
  { type: 'user.interrupt' },
  { type: 'user.tool_confirmation', tool_use_id: 'e1', result: 'allow' },
  { type: 'user.custom_tool_result', custom_tool_use_id: 'e2', content: [block], is_error: false },
  { type: 'user.define_outcome', description: 'Do it', rubric: { type: 'text', content: 'well' } },
  { type: 'system.message', content: [block] },
  { type: 'agent.message', content: [block, block] },
  { type: 'agent.thinking', thinking: 'So it is.' },
  {
    type: 'agent.tool_use',
    name: 'bash',
    input: { command: 'ls -la', timeout: 10 },
    evaluated_permission: 'ask',
  },
  {
    type: 'agent.tool_use',
    name: 'edit',
    input: { file_path: '/a/b.ts', old_string: 'a\nb', new_string: 'a\nc' },
  },
  {
    type: 'agent.tool_result',
    tool_use_id: 'e1',
    content: [block, { type: 'search_result', title: 't', source: 'https://example.com', content: [block] }],
  },
  { type: 'agent.mcp_tool_use', name: 'find', mcp_server_name: 'docs', input: { query: 'x' } },
  { type: 'agent.mcp_tool_result', mcp_tool_use_id: 'e3', content: [block], is_error: true },
  { type: 'agent.custom_tool_use', name: 'ask', input: { question: 'Which?' } },
  { type: 'agent.thread_context_compacted' },
  { type: 'agent.thread_message_sent', to_session_thread_id: 't1', content: [block] },
  { type: 'session.status_running' },
  { type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: ['e1', 'e2', 'e3'] } },
  { type: 'session.status_idle', stop_reason: { type: 'end_turn' } },
  { type: 'session.status_rescheduled' },
  { type: 'session.status_terminated' },
  {
    type: 'session.error',
    error: { type: 'overloaded_error', message: 'Try later', retry_status: { type: 'retrying' } },
  },
  { type: 'session.updated', title: 'New', metadata: { a: 'b' }, budget: { type: 'limit' } },
  { type: 'session.usage', usage: { input_tokens: 1, output_tokens: 2 } },
  { type: 'session.thread_created', session_thread_id: 't1', agent_name: 'helper' },
  {
    type: 'span.model_request_end',
    model_request_start_id: 'e4',
    is_error: false,
    model_usage: { input_tokens: 1 },
  },
  { type: 'span.outcome_evaluation_end', evaluation: { result: 'satisfied', explanation: 'fine' } },
  { type: 'workflow_run.created', workflow_run_id: 'w1', phases: [{ name: 'a' }] },
  { type: 'event_start', event: { type: 'agent.message', id: 'e5' } },
  { type: 'event_delta', event_id: 'e5', index: 0, delta: { type: 'text_delta', text: 'more' } },
  { type: 'future.thing', payload: { content: [block], sequence: 4 } },
];

/** An event as a hostile server would write it: nearly right, or hardly. */
export function hostileEvent(random: Random): JsonObject {
  const shape = pick(random, shapes);
  const id = `e${Math.floor(random() * 12)}`;
  const made = mutate(random, { ...shape, id, processed_at: random() < 0.1 ? null : when });
  return typeof made === 'object' && made !== null && !Array.isArray(made) ? made : { made };
}

import type { JsonObject } from '../../../src/util/json.ts';
import { seededRandom } from '../random.ts';
import { NOW } from './rows.ts';

const tools = ['bash', 'read', 'edit', 'grep', 'tracker/get_issue'];

/**
 * The events of an agent at work, as many as asked for, the last one just now: turns with requests to the
 * model, tools one by one and several at a time, some that fail, waits for the user, threads, and pauses.
 */
export function busyEvents(count: number, seed = 7): readonly JsonObject[] {
  const random = seededRandom(seed);
  const made: { readonly at: number; readonly json: JsonObject }[] = [];
  let time = 0;
  let thread = 0;
  const add = (type: string, fields: JsonObject = {}): string => {
    const id = `sevt_${made.length}`;
    made.push({ at: time, json: { type, id, ...fields } });
    return id;
  };
  const pass = (ms: number) => {
    time += Math.round(ms * (0.4 + random() * 1.2));
  };
  const request = () => {
    const start = add('span.model_request_start');
    pass(4_500);
    return () => {
      add('span.model_request_end', {
        model_request_start_id: start,
        is_error: random() < 0.04,
        model_usage: {
          input_tokens: Math.round(400 + random() * 2_000),
          output_tokens: Math.round(60 + random() * 700),
          cache_read_input_tokens: Math.round(9_000 + random() * 40_000),
          cache_creation_input_tokens: Math.round(random() * 900),
        },
      });
    };
  };
  while (made.length < count) {
    add('session.status_running');
    add('user.message', { content: [{ type: 'text', text: `Step ${made.length}` }] });
    pass(300);
    for (let round = 0; round < 2 + random() * 4 && made.length < count; round++) {
      const end = request();
      const calls = Array.from({ length: random() < 0.3 ? 3 : 1 }, () => {
        const tool = tools[Math.floor(random() * tools.length)] ?? 'bash';
        const [name = tool, server] = tool.split('/').toReversed();
        const id = add(server === undefined ? 'agent.tool_use' : 'agent.mcp_tool_use', {
          name,
          ...(server !== undefined && { mcp_server_name: server }),
          input: { command: `npm test -- ${made.length}` },
        });
        pass(40);
        return { id, type: server === undefined ? 'agent.tool_result' : 'agent.mcp_tool_result' };
      });
      end();
      if (random() < 0.12) {
        const name = `Reviewer ${++thread}`;
        add('session.thread_created', { session_thread_id: `sth_${thread}`, agent_name: name });
        pass(9_000);
        add('session.thread_status_idle', { session_thread_id: `sth_${thread}`, agent_name: name });
      }
      if (random() < 0.15) {
        const waits = calls.map(({ id }) => id);
        add('session.status_idle', { stop_reason: { type: 'requires_action', event_ids: waits } });
        pass(12_000);
        for (const id of waits) {
          add('user.tool_confirmation', { tool_use_id: id, result: 'allow' });
        }
        add('session.status_running');
      }
      for (const { id, type } of calls) {
        pass(2_500);
        const isError = random() < 0.12;
        add(type, {
          ...(type === 'agent.tool_result' ? { tool_use_id: id } : { mcp_tool_use_id: id }),
          is_error: isError,
          content: [{ type: 'text', text: isError ? '1 failing' : 'ok' }],
        });
      }
    }
    add('agent.message', { content: [{ type: 'text', text: 'Done so far.' }] });
    add('session.status_idle', { stop_reason: { type: 'end_turn' } });
    pass(20_000);
  }
  const events = made.slice(0, count);
  const end = events.at(-1)?.at ?? 0;
  return events.map(({ at, json }) => ({ ...json, processed_at: new Date(NOW + at - end).toISOString() }));
}

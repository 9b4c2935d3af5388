import { introduction } from '../turn.ts';
import { type Story, tell, text } from './step.ts';
import { builtInTools, decidedCalls, foreignTools } from './tools.ts';
import { errors, outcome, threads, workflow } from './work.ts';

/**
 * A turn with every kind of event that a server can send, but for those that end a session. It begins where
 * the session runs already and stops where the turn would end.
 */
export function* everyKind(): Story {
  yield* request(function* () {
    yield* tell('agent.thinking', {}, 6);
    yield* tell('agent.message', {
      content: [text(`${introduction}Here comes **every kind of event** that a session can have.`)],
    });
    yield* builtInTools();
  });
  yield* request(function* () {
    yield* tell('agent.message', { content: [text('These tools are run by others.'), { type: 'redacted' }] });
    yield* foreignTools();
    yield* decidedCalls();
  });
  yield* threads();
  yield* tell('agent.thread_context_compacted');
  yield* outcome();
  yield* workflow();
  yield* errors();
  yield* tell('session.status_rescheduled');
  yield* tell('session.status_running', {}, 3);
  yield* tell('session.updated', {
    title: 'Every kind of event',
    budget: { type: 'limit', max_list_cost: { amount: '500', currency: 'USD' } },
    metadata: { ticket: 'WEB-4182' },
  });
  yield* tell('session.updated', {
    agent: { type: 'agent', id: 'agent_reviewer', name: 'Code reviewer', version: 2 },
  });
  yield* tell('system.message', { content: [text('Answer in short sentences from now on.')] });
  yield* tell('future.telepathy', { thought: 'the number is 7', nested: { deep: [1, 2, 3] } });
  yield* tell('user.interrupt');
  yield* request(function* () {
    yield* tell('agent.message', { content: [text('That was all of it.')] });
  });
}

function* request(inside: () => Story): Story {
  const start = yield* tell('span.model_request_start');
  yield* inside();
  yield* tell('span.model_request_end', {
    model_request_start_id: start,
    is_error: false,
    model_usage: {
      input_tokens: 640,
      output_tokens: 210,
      cache_creation_input_tokens: 320,
      cache_read_input_tokens: 9_000,
    },
  });
}

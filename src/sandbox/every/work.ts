import type { JsonObject } from '../../util/json.ts';
import { type Story, tell, text } from './step.ts';
import { use } from './tools.ts';

/** Threads of other agents, one of which asks for approval, and the advisor. */
export function* threads(): Story {
  const helper = { session_thread_id: 'sthr_helper', agent_name: 'Researcher' };
  const advisor = { session_thread_id: 'sthr_advisor', agent_name: 'anthropic.advisor' };
  yield* tell('session.thread_created', { ...helper, workflow_run_id: null });
  yield* tell('session.thread_status_running', helper);
  yield* tell('agent.thread_message_sent', {
    to_session_thread_id: helper.session_thread_id,
    to_agent_name: helper.agent_name,
    content: [
      text(
        'Find out how others bound their retries.\n\n- libraries\n- services\n\nA table is best. Two sources each.',
      ),
    ],
  });
  const asked = yield* tell('agent.tool_use', {
    ...use('bash', { command: 'curl https://example.com/robots.txt' }, 'ask'),
    session_thread_id: helper.session_thread_id,
  });
  yield* tell('session.thread_status_idle', {
    ...helper,
    stop_reason: { type: 'requires_action', event_ids: [asked] },
    stop_details: null,
  });
  yield* tell('session.status_idle', {
    stop_reason: { type: 'requires_action', event_ids: [asked] },
    stop_details: null,
  });
  yield* tell('user.tool_confirmation', {
    tool_use_id: asked,
    result: 'allow',
    session_thread_id: helper.session_thread_id,
  });
  yield* tell('session.status_running');
  yield* tell('session.thread_status_running', helper);
  yield* tell('session.thread_status_rescheduled', helper);
  yield* tell('session.thread_created', { ...advisor, workflow_run_id: null });
  yield* tell('session.thread_status_running', advisor);
  yield* tell('session.thread_status_terminated', advisor);
  yield* tell('agent.thread_message_received', {
    from_session_thread_id: helper.session_thread_id,
    from_agent_name: helper.agent_name,
    content: [text('Three tries, with jitter.')],
  });
  yield* tell('session.thread_status_idle', {
    ...helper,
    stop_reason: { type: 'end_turn' },
    stop_details: null,
  });
}

/** An outcome that takes two tries, and the other ends that an evaluation may have. */
export function* outcome(): Story {
  const shared = { outcome_id: 'outc_retries' };
  yield* tell('user.define_outcome', {
    ...shared,
    description: 'One failure counts once, and a test proves it.',
    rubric: { type: 'text', content: '- the test fails without the fix\n- no other test changes' },
    max_iterations: 3,
  });
  const verdicts = [
    ['needs_revision', 'The test passes without the fix.'],
    ['satisfied', 'Every point of the rubric is met.'],
    ['max_iterations_reached', 'The third try was the last.'],
    ['failed', 'The environment is gone.'],
    ['interrupted', null],
  ] as const;
  for (const [index, [verdict, explanation]] of verdicts.entries()) {
    const iteration = index + 1;
    const start = yield* tell('span.outcome_evaluation_start', { ...shared, iteration });
    yield* tell('span.outcome_evaluation_ongoing', { ...shared, iteration });
    yield* tell('span.outcome_evaluation_end', {
      ...shared,
      iteration,
      outcome_evaluation_start_id: start,
      result: verdict,
      explanation,
      usage: { input_tokens: 420, output_tokens: 60 },
    });
  }
}

/** A workflow run from its beginning to its end, and the errors it may have. */
export function* workflow(): Story {
  const run = { workflow_run_id: 'wrun_release' };
  const phases = [
    { id: 'build', name: 'Build', description: 'compile and pack' },
    { id: 'check', name: 'Check', description: 'run every test' },
  ];
  yield* tell('workflow_run.created', {
    ...run,
    name: 'Release',
    description: 'Builds and checks a release.',
    phases,
  });
  yield* tell('workflow_run.status_running', run);
  for (const phase of phases) {
    const place = { ...run, workflow_run_phase_id: phase.id };
    const start = yield* tell('workflow_run.phase_started', place);
    yield* tell('workflow_run.phase_ended', { ...place, phase_started_id: start }, 5);
  }
  yield* tell('workflow_run.status_idle', run);
  yield* tell('workflow_run.error', {
    ...run,
    error: { type: 'thread_limit_error', message: 'The run wanted 30 threads; 25 are allowed.' },
  });
  yield* tell('workflow_run.status_ended', { ...run, result: { type: 'completed' } });
}

/** Errors with every retry status. None of them ends the session by itself. */
export function* errors(): Story {
  const cases: readonly (readonly [string, string, string, JsonObject?])[] = [
    ['model_overloaded_error', 'Overloaded', 'retrying'],
    ['mcp_connection_failed_error', 'connect ECONNREFUSED', 'retrying', { mcp_server_name: 'tracker' }],
    [
      'repository_not_found_error',
      'Repository not found',
      'retrying',
      { repository_url: 'https://example.com/shop.git' },
    ],
    ['model_request_failed_error', 'The model request failed after all retries.', 'exhausted'],
    ['billing_error', 'The organization has no credit left.', 'terminal'],
    ['quantum_error', 'Something that this version has no words for.', 'exhausted'],
  ];
  for (const [type, message, retry, more] of cases) {
    yield* tell('session.error', { error: { type, message, retry_status: { type: retry }, ...more } });
  }
}

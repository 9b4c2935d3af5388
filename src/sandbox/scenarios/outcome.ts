import { asText, type JsonObject } from '../../util/json.ts';
import type { StoredEvent } from '../records.ts';
import type { Turn } from '../turn.ts';
import type { TurnEnd } from './scenario.ts';

/** Works towards an outcome: one attempt that needs revision, and a second that satisfies. */
export async function playOutcome(turn: Turn, event: StoredEvent): Promise<TurnEnd> {
  const outcomeId = asText(event.fields['outcome_id']) ?? '';
  const description = asText(event.fields['description']) ?? '';
  const attempts = Math.min(2, Number(event.fields['max_iterations']));
  const record: JsonObject = {
    type: 'outcome_evaluation',
    outcome_id: outcomeId,
    description,
    iteration: 0,
    result: 'running',
    explanation: null,
    completed_at: null,
  };
  turn.session.outcomes.push(record);
  for (let iteration = 1; iteration <= attempts; iteration += 1) {
    const result = iteration === attempts ? 'satisfied' : 'needs_revision';
    await turn.say(`Attempt ${String(iteration)} at the outcome: ${description}`);
    await evaluate(turn, outcomeId, iteration, result);
    Object.assign(record, { iteration, result: result === 'satisfied' ? result : 'evaluating' });
  }
  record['explanation'] = 'The script always satisfies its rubric in the end.';
  record['completed_at'] = new Date(turn.now()).toISOString();
  return 'end_turn';
}

async function evaluate(turn: Turn, outcomeId: string, iteration: number, result: string): Promise<void> {
  const shared = { outcome_id: outcomeId, iteration };
  const start = turn.emit('span.outcome_evaluation_start', shared);
  turn.emit('span.outcome_evaluation_ongoing', shared);
  await turn.pause();
  turn.emit('span.outcome_evaluation_end', {
    ...shared,
    outcome_evaluation_start_id: start.id,
    result,
    explanation: result === 'satisfied' ? 'Every point of the rubric is met.' : 'One point is still missing.',
    usage: {
      input_tokens: 420,
      output_tokens: 60,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 900,
    },
  });
}

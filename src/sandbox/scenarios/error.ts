import type { Turn } from '../turn.ts';
import type { Scenario } from './scenario.ts';

export const error: Scenario = {
  name: 'error',
  usage: '/error retrying|exhausted|terminal',
  summary: 'Fail: and recover, or give up, or end the session',
  play: async (turn, argument) => {
    switch (argument) {
      case 'exhausted':
        fail(turn, 'model_request_failed_error', 'The model request failed after all retries.', argument);
        return 'retries_exhausted';
      case 'terminal':
        fail(turn, 'billing_error', 'The organization has no credit left.', argument);
        return 'terminated';
      default:
        fail(turn, 'model_overloaded_error', 'The model is overloaded. Retrying.', 'retrying');
        turn.reschedule();
        await turn.pause();
        turn.runAgain();
        await turn.say('The second try went well.');
        return 'end_turn';
    }
  },
};

function fail(turn: Turn, type: string, message: string, retryStatus: string): void {
  turn.emit('session.error', { error: { type, message, retry_status: { type: retryStatus } } });
}

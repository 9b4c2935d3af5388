import { textOf } from '../turn.ts';
import type { Scenario } from './scenario.ts';

export const custom: Scenario = {
  name: 'custom',
  usage: '/custom',
  summary: 'Call a tool that the client runs, and use its result',
  play: async (turn) => {
    const answer = await turn.useCustomTool('I need a number that only you can look up.', {
      name: 'lookup_order',
      input: { order_id: 'A-1042', fields: ['status', 'total'] },
    });
    const text = answer === undefined ? '' : textOf(answer);
    const failed = answer?.fields['is_error'] === true;
    const opening = failed ? 'Your tool reported an error' : 'Your tool answered';
    await turn.say(`${opening}: ${text === '' ? '*(no text)*' : text}`);
    return 'end_turn';
  },
};

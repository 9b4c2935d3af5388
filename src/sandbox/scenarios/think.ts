import type { Scenario } from './scenario.ts';

export const think: Scenario = {
  name: 'think',
  usage: '/think',
  summary: 'Think twice, then answer',
  play: async (turn) => {
    await turn.request({ think: true });
    await turn.request({
      think: true,
      text: 'I thought about it twice. A script always comes to the same end.',
    });
    return 'end_turn';
  },
};

import type { Turn } from '../turn.ts';
import type { Scenario, TurnEnd } from './scenario.ts';

/** `/help`, and what an unknown command gets. */
export async function playHelp(turn: Turn, scenarios: readonly Scenario[], name: string): Promise<TurnEnd> {
  const rows = [
    ...scenarios.map(({ usage, summary }) => ({ usage, summary })),
    { usage: '/help', summary: 'Show this table' },
  ].map(({ usage, summary }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${summary} |`);
  const opening =
    name === 'help' ? 'This script can play:' : `This script does not know that command. It can play:`;
  await turn.say(
    [
      opening,
      '',
      '| Command | What happens |',
      '| --- | --- |',
      ...rows,
      '',
      'Any other text gets a short streamed answer with one tool call.',
    ].join('\n'),
  );
  return 'end_turn';
}

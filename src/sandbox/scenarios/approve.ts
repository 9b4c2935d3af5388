import { asText } from '../../util/json.ts';
import type { StoredEvent } from '../records.ts';
import type { ToolCall, ToolOutcome, Turn } from '../turn.ts';
import { countOf, type Scenario, type TurnEnd } from './scenario.ts';

const commands = [
  'npm publish --access public',
  'git push --force origin main',
  'rm -rf build',
  'npm install left-pad',
];

export const approve: Scenario = {
  name: 'approve',
  usage: '/approve [N|long]',
  summary: 'Ask for approval of a tool call, of N at once, or of a very long one',
  play: async (turn, argument) => {
    const count = countOf(argument, 1, 20);
    const isLong = argument === 'long';
    const calls = isLong ? [longCall()] : Array.from({ length: count }, (_, index) => callFor(index));
    return acknowledge(
      turn,
      await turn.useTools({ text: 'This needs your approval before I go on.', calls }),
    );
  },
};

function callFor(index: number): ToolCall {
  const command = commands[index % commands.length] ?? 'true';
  return { name: 'bash', input: { command }, result: `$ ${command}\ndone`, ask: true };
}

/** More than a client can show in a card: the last line is what matters. */
function longCall(): ToolCall {
  const lines = Array.from({ length: 1_500 }, (_, index) => `echo "step ${String(index + 1)} of 1500"`);
  return {
    name: 'bash',
    input: { command: [...lines, 'rm -rf build'].join('\n') },
    result: 'done',
    ask: true,
  };
}

/** Goes on where a seeded session waits: the call and the idle event are already in its history. */
export async function continueApproval(turn: Turn, use: StoredEvent, call: ToolCall): Promise<TurnEnd> {
  return acknowledge(turn, await turn.finishTools([use], [call], { alreadyIdle: true }));
}

async function acknowledge(turn: Turn, outcomes: readonly ToolOutcome[]): Promise<TurnEnd> {
  const lines = outcomes.map(({ call, denied }) => {
    const written = asText(call.input['command']) ?? call.name;
    const command = `\`${written.length > 200 ? (written.split('\n').at(-1) ?? '') : written}\``;
    if (denied === undefined) {
      return `- ${command} was allowed and has run.`;
    }
    return `- ${command} was denied${denied === '' ? '' : ` (“${denied}”)`}, so I leave it.`;
  });
  await turn.say(['Thank you for deciding:', '', ...lines].join('\n'));
  return 'end_turn';
}

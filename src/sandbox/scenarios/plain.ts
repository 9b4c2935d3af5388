import type { Turn } from '../turn.ts';
import type { TurnEnd } from './scenario.ts';

const quotedLength = 200;

/** What a message without a command gets: text, one tool call with its result, and a summary. */
export async function playPlain(turn: Turn, text: string): Promise<TurnEnd> {
  const outcomes = await turn.useTools({
    think: true,
    text: `I read your message (${String(text.length)} characters). Let me look around the workspace first.`,
    calls: [
      {
        name: 'bash',
        input: { command: 'ls -la && git status --short' },
        result: [
          'total 24',
          'drwxr-xr-x 4 agent agent 4096 README.md',
          'drwxr-xr-x 2 agent agent 4096 src',
          'drwxr-xr-x 2 agent agent 4096 test',
          ' M src/server.ts',
        ].join('\n'),
      },
    ],
  });
  const denied = outcomes[0]?.denied;
  await turn.say(
    [
      '## What I found',
      '',
      denied === undefined
        ? 'The workspace has **two folders** and one changed file, `src/server.ts`.'
        : `The command was not allowed${denied === '' ? '' : `: ${denied}`}. I go on without it.`,
      '',
      '1. You wrote:',
      '',
      ...quote(text),
      '',
      '2. A real agent would now do the work. This script only shows how its turn looks:',
      '',
      '```ts',
      'export function answer(question: string): string {',
      '  return `scripted: ${question}`;',
      '}',
      '```',
      '',
      'Send `/help` for the other scenes.',
    ].join('\n'),
  );
  return 'end_turn';
}

function quote(text: string): string[] {
  const shown = Array.from(text).slice(0, quotedLength).join('');
  const lines = (shown.length < text.length ? `${shown}…` : shown).split('\n');
  return lines.map((line) => `   > ${line}`);
}

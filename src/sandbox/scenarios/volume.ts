import { countOf, type Scenario } from './scenario.ts';

/** Events sent before the event loop gets a turn, so that readers can keep up. */
const burstBatch = 200;

export const slow: Scenario = {
  name: 'slow',
  usage: '/slow N',
  summary: 'Work for N seconds, with a short message every second',
  play: async (turn, argument) => {
    const count = countOf(argument, 10, 3_600);
    for (let second = 1; second <= count; second += 1) {
      await turn.say(`Second ${String(second)} of ${String(count)}.`);
      await turn.pause(turn.pace.secondMs);
    }
    return 'end_turn';
  },
};

export const long: Scenario = {
  name: 'long',
  usage: '/long N',
  summary: 'Write N paragraphs of markdown',
  play: async (turn, argument) => {
    const count = countOf(argument, 10, 500);
    const parts = Array.from({ length: count }, (_, index) => longPart(index + 1));
    await turn.say(parts.join('\n\n'));
    return 'end_turn';
  },
};

export const burst: Scenario = {
  name: 'burst',
  usage: '/burst N',
  summary: 'Send N events as fast as possible',
  play: async (turn, argument) => {
    const count = countOf(argument, 500, 100_000);
    for (let index = 1; index <= count; index += 1) {
      const text = `Burst event ${String(index)} of ${String(count)}.`;
      turn.emit('agent.message', { content: [{ type: 'text', text }] });
      if (index % burstBatch === 0) {
        await turn.pause(0);
      }
    }
    await turn.say(`These were ${String(count)} events.`);
    return 'end_turn';
  },
};

function longPart(number: number): string {
  const title = `## Part ${String(number)}`;
  const paragraph =
    'A session is a conversation with an agent that works in an environment of its own. ' +
    'Its history is a list of **events**: messages, tool calls with their results, and changes of status. ' +
    'This paragraph is scripted; it is here to be *long enough to wrap* and to scroll.';
  switch (number % 4) {
    case 1:
      return `${title}\n\n${paragraph}`;
    case 2:
      return `${title}\n\n${paragraph}\n\n- first point, with \`code\`\n- second point\n  - a point below it\n- third point`;
    case 3:
      return `${title}\n\n${paragraph}\n\n\`\`\`ts\nconst part = ${String(number)};\nconsole.log(\`part \${part}\`);\n\`\`\``;
    default:
      return `${title}\n\n${paragraph}\n\n| Step | Seconds |\n| --- | ---: |\n| read | 1.2 |\n| write | ${String(number)} |`;
  }
}

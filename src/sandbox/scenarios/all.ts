import { everyKind } from '../every/everyKind.ts';
import type { Turn } from '../turn.ts';
import type { Scenario } from './scenario.ts';

export const all: Scenario = {
  name: 'all',
  usage: '/all [end]',
  summary: 'Send every kind of event; with `end`, those that end the session too',
  play: async (turn, argument) => {
    await tellLive(turn);
    if (argument !== 'end') {
      return 'end_turn';
    }
    turn.emit('session.deleted');
    return 'terminated';
  },
};

async function tellLive(turn: Turn): Promise<void> {
  const story = everyKind();
  for (let step = story.next(); step.done !== true;) {
    const { type, fields } = step.value;
    await turn.pause(turn.pace.pieceMs);
    step = story.next(turn.emit(type, fields).id);
  }
}

import type { StoredEvent } from '../records.ts';
import { type Turn, textOf } from '../turn.ts';
import { all } from './all.ts';
import { approve } from './approve.ts';
import { custom } from './custom.ts';
import { error } from './error.ts';
import { files } from './files.ts';
import { playHelp } from './help.ts';
import { playOutcome } from './outcome.ts';
import { playPlain } from './plain.ts';
import type { Scenario, TurnEnd } from './scenario.ts';
import { text } from './text.ts';
import { think } from './think.ts';
import { edit, tool } from './tools.ts';
import { burst, long, slow } from './volume.ts';

const scenarios: readonly Scenario[] = [
  tool,
  approve,
  custom,
  edit,
  files,
  think,
  slow,
  long,
  burst,
  error,
  text,
  all,
];

/** The script for a message or an outcome: by its command, else the plain answer. */
export function chooseScenario(event: StoredEvent): (turn: Turn) => Promise<TurnEnd> {
  if (event.type === 'user.define_outcome') {
    return (turn) => playOutcome(turn, event);
  }
  const said = textOf(event).trim();
  const command = /^\/(\S*)\s*([^]*)$/.exec(said);
  if (command === null) {
    return (turn) => playPlain(turn, said);
  }
  const [, name = '', argument = ''] = command;
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) {
    return (turn) => playHelp(turn, scenarios, name);
  }
  return (turn) => scenario.play(turn, argument.trim());
}

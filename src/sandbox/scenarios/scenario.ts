import type { Turn } from '../turn.ts';

/** How a turn ends once its script is done. */
export type TurnEnd = 'end_turn' | 'retries_exhausted' | 'terminated';

/** Something that the scripted agent can play on a command. */
export interface Scenario {
  /** The command without its slash. */
  readonly name: string;
  /** What to type, with its argument. */
  readonly usage: string;
  /** What then happens, in a few words. */
  readonly summary: string;
  play(turn: Turn, argument: string): Promise<TurnEnd>;
}

/** A whole number of an argument, kept within its limits. */
export function countOf(argument: string, standard: number, max: number): number {
  const value = /^\d{1,9}$/.test(argument) ? Number(argument) : standard;
  return Math.min(Math.max(value, 1), max);
}

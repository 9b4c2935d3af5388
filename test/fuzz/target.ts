import type { Random } from './mutate.ts';

/** What a round was given and what it made of that, counted and not timed. */
export interface Work {
  /** Inputs that were fed. */
  readonly inputs: number;
  /** Their size, in bytes or UTF-16 units. */
  readonly size: number;
  /** What was made of them: frames, rows, tokens, templates, characters. */
  readonly made: number;
}

/** Something that takes untrusted input. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs of one round: what they leave behind is looked at together. */
  readonly perRound: number;
  /** Part of all inputs, in percent. */
  readonly share: number;
  /**
   * Feeds a fresh subject with inputs made from `random`, and nothing else, so that a round can be had again.
   * @throws where the subject throws past its layer, makes more than the input warrants, or grows without end.
   */
  round(random: Random): Work | Promise<Work>;
}

/** @throws Error where more came of an input than its size warrants. */
export function assertWarranted(
  what: string,
  made: number,
  size: number,
  factor: number,
  beside: number,
): void {
  const most = factor * size + beside;
  if (made > most) {
    throw new Error(`${what}: ${made} from an input of ${size}, where ${most} is the most`);
  }
}

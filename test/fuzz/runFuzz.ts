import { seededRandom } from '../support/random.ts';
import type { FuzzTarget } from './target.ts';
import { events } from './targets/events.ts';
import { exports } from './targets/exports.ts';
import { frames } from './targets/frames.ts';
import { keptStates } from './targets/keptStates.ts';
import { markdown } from './targets/markdown.ts';
import { pageMessages } from './targets/pageMessages.ts';
import { settings } from './targets/settings.ts';

export const targets: readonly FuzzTarget[] = [
  events,
  frames,
  pageMessages,
  settings,
  keptStates,
  markdown,
  exports,
];

export interface FuzzResult {
  readonly name: string;
  readonly inputs: number;
  readonly size: number;
  readonly made: number;
  /** The first rounds that broke a promise, with how to have one again. */
  readonly failures: readonly string[];
}

const MOST_FAILURES = 5;

/** Feeds a target with its part of `count` inputs; the same seed makes the same inputs on every machine. */
export async function fuzz(target: FuzzTarget, count: number, seed: number): Promise<FuzzResult> {
  const rounds = Math.ceil((count * target.share) / 100 / target.perRound);
  const total = { inputs: 0, size: 0, made: 0 };
  const failures: string[] = [];
  for (let round = 0; round < rounds && failures.length < MOST_FAILURES; round++) {
    try {
      const { inputs, size, made } = await target.round(seededRandom(seed + round));
      total.inputs += inputs;
      total.size += size;
      total.made += made;
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push(`${target.name}, seed ${String(seed + round)}: ${why}`);
    }
  }
  return { name: target.name, ...total, failures };
}

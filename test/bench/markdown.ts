import { MarkdownCache } from '../../media/session/markdown.ts';
import { markdownCases } from '../support/markdownCases.ts';
import { markdownContext } from '../support/markdownContext.ts';
import { renderMarkdown } from '../support/renderMarkdown.ts';

/** Length of the longer text of each pair, in UTF-16 units. */
const LONG = 262_144;
const ROUNDS = 3;
/** Less than this many milliseconds the clock of the processor cannot count. */
const COUNTABLE = 10;

export interface MarkdownTimes {
  readonly name: string;
  /** Reading and rendering all of a text of half the length, and of the whole, in milliseconds. */
  readonly ms: number;
  readonly msDouble: number;
  /** What the page does at once with the whole text: it draws the first part of it. */
  readonly msFirstPart: number;
}

/**
 * How long texts take that are made to take long: the best of some rounds, since all else only adds. Time of the
 * processor on this thread: what else the machine does is no part of it.
 */
export async function markdownBench(): Promise<readonly MarkdownTimes[]> {
  const { context } = markdownContext();
  const times: MarkdownTimes[] = [];
  for (const [name, make] of Object.entries(markdownCases)) {
    const half = make(LONG / 2);
    const whole = make(LONG);
    const best = bestOf({
      ms: () => renderMarkdown(half, context),
      msDouble: () => renderMarkdown(whole, context),
      msFirstPart: () => new MarkdownCache(() => undefined).render('row\n0', whole, context),
    });
    times.push({ name, ...best });
    // The other benchmarks' timers get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return times;
}

/**
 * The best times of some pieces of work, which are done by turns: what one leaves behind for the collector of memory
 * is paid for by another as often as by itself.
 */
function bestOf<Name extends string>(works: Record<Name, () => unknown>): Record<Name, number> {
  const states = Object.entries<() => unknown>(works).map(([name, work]) => ({
    name,
    work,
    repeats: 1,
    least: Infinity,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const state of round % 2 === 0 ? states : states.toReversed()) {
      let spent = spentOn(state.work, state.repeats);
      for (; spent < COUNTABLE; spent = spentOn(state.work, state.repeats)) {
        state.repeats *= 4;
      }
      state.least = Math.min(state.least, spent / state.repeats);
    }
  }
  return Object.fromEntries(states.map(({ name, least }) => [name, least])) as Record<Name, number>;
}

function spentOn(work: () => unknown, repeats: number): number {
  const start = process.threadCpuUsage();
  for (let count = 0; count < repeats; count += 1) {
    work();
  }
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000;
}

import type { Bench } from './benchmark.ts';
import { markdownBench, type MarkdownTimes } from './markdown.ts';

/** Faster than this, in milliseconds, a ratio says more about the clock than about the text. */
const MEASURABLE_MS = 1;

/** Markdown that is made to take long: twice the text may take twice the time, and nothing may freeze the page. */
export const longTexts: Bench = {
  name: 'p13',
  title: 'Markdown made to take long',
  inEditor: false,
  async run() {
    const times = await markdownBench();
    const measurable = times.filter(({ msDouble }) => msDouble >= MEASURABLE_MS);
    const ratio = worstOf(measurable, ({ ms, msDouble }) => msDouble / ms);
    const atOnce = worstOf(times, ({ msFirstPart }) => msFirstPart);
    const whole = worstOf(times, ({ msDouble }) => msDouble);
    return [
      { what: '256 Ki / 128 Ki characters', ...ratio, unit: '×', bound: { most: 2.2 } },
      { what: 'what the page does at once of 256 Ki', ...atOnce, unit: 'ms', bound: { most: 50 } },
      { what: 'all of 256 Ki', ...whole, unit: 'ms' },
    ];
  },
};

function worstOf(times: readonly MarkdownTimes[], measure: (times: MarkdownTimes) => number) {
  const [worst] = [...times].sort((a, b) => measure(b) - measure(a));
  if (worst === undefined) {
    throw new Error('There is no text to measure.');
  }
  return { value: measure(worst), note: `the worst of ${times.length}: ${worst.name}` };
}

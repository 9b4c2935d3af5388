import type { IntegrationResult, TestOutcome } from './integrationResult.ts';

/** The lines a finished test adds to a spec-like report, given the test before it. */
export function describeTest(test: TestOutcome, before: TestOutcome | undefined): string[] {
  const blocks = test.path.slice(0, -1);
  const same = commonBlocks(blocks, before?.path.slice(0, -1) ?? []);
  const headings = blocks.slice(same).map((title, index) => `${indent(same + index)}${title}`);
  const title = test.path.at(-1) ?? '';
  const mark = { passed: '✔', failed: '✖', pending: '-' }[test.state];
  const slow = test.duration >= 200 ? ` (${Math.round(test.duration)} ms)` : '';
  return [...headings, `${indent(blocks.length)}${mark} ${title}${slow}`];
}

/** The end of the report: every failure with its stack, then the count, alone on its line. */
export function describeEnd(result: IntegrationResult): string[] {
  const failed = result.tests.filter((test) => test.state === 'failed');
  const passed = result.tests.filter((test) => test.state === 'passed').length;
  const pending = result.tests.length - failed.length - passed;
  const details = failed.flatMap((test, index) => [
    '',
    `${index + 1}) ${test.path.join(' › ')}`,
    ...(test.error ?? 'no reason given').split('\n').map((line) => `   ${line}`),
  ]);
  const skipped = pending === 0 ? [] : [`${pending} pending`];
  // A suite that could not run to its end is a failure too, and the count must not hide it.
  const broken = failed.length === 0 && findFault(result) !== undefined ? 1 : 0;
  return [...details, '', ...skipped, `${passed} passed, ${failed.length + broken} failed`];
}

/** Why a result does not count as a success; undefined when it does. */
export function findFault(result: IntegrationResult): string | undefined {
  if (result.failure !== undefined) {
    return `The suite could not run: ${result.failure}`;
  }
  if (!result.finished) {
    return `The extension host ended before the suite did, during: ${result.running ?? 'the start'}`;
  }
  if (result.tests.length === 0) {
    return 'The suite holds no tests.';
  }
  return result.tests.some((test) => test.state === 'failed') ? 'Tests failed.' : undefined;
}

function commonBlocks(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < left.length && left[count] === right[count]) {
    count += 1;
  }
  return count;
}

function indent(depth: number): string {
  return '  '.repeat(depth + 1);
}

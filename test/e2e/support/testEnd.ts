import { noteTestEnd } from './editor.ts';

const noted = new WeakSet<object>();

/**
 * For the hooks: a test has ended, or one try of it. Suites that tidy up after a failure call it before they do, so that
 * the picture shows the failure; the hooks of the run come later and find it noted.
 */
export async function noteEndOf(test: Mocha.Test | undefined): Promise<void> {
  if (test === undefined || noted.has(test)) {
    return;
  }
  noted.add(test);
  // A try that is followed by another has no state: its picture is the one that shows the cause.
  const hasFailed = test.state === 'failed' || (test.state === undefined && !test.isPending());
  await noteTestEnd(hasFailed ? `${test.fullTitle()} try ${triesBefore(test) + 1}` : undefined);
}

/** Mocha counts the tries of a test, but its types keep the count to itself. */
export function triesBefore(test: object | undefined): number {
  return test !== undefined && '_currentRetry' in test ? Number(test._currentRetry) : 0;
}

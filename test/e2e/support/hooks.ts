import { clearTheWay, endAll, noteTestEnd } from './editor.ts';
import { forgetFailures } from './traces.ts';

/** Loaded by mocha before the suites. */
export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll() {
    await forgetFailures();
  },
  // On a busy machine the editor can draw the tree anew between the pointer and the click. Such a test gets a
  // second try, from a clear window; one that fails twice has failed.
  async beforeEach(this: Mocha.Context) {
    if (triesBefore(this.currentTest) > 0) {
      await clearTheWay();
    }
  },
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    // A try that is followed by another has no state: its picture is the one that shows the cause.
    const hasFailed = test?.state === 'failed' || (test?.state === undefined && test?.isPending() === false);
    await noteTestEnd(hasFailed ? `${test.fullTitle()} try ${triesBefore(test) + 1}` : undefined);
  },
  async afterAll() {
    await endAll();
  },
};

/** Mocha counts the tries of a test, but its types keep the count to itself. */
function triesBefore(test: object | undefined): number {
  return test !== undefined && '_currentRetry' in test ? Number(test._currentRetry) : 0;
}

import { clearTheWay, endAll } from './editor.ts';
import { noteEndOf, triesBefore } from './testEnd.ts';
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
    await noteEndOf(this.currentTest);
  },
  async afterAll() {
    await endAll();
  },
};

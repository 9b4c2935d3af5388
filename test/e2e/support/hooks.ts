import { endAll, noteTestEnd } from './editor.ts';
import { forgetFailures } from './traces.ts';

/** Loaded by mocha before the suites. */
export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll() {
    await forgetFailures();
  },
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    await noteTestEnd(test?.state === 'failed' ? test.fullTitle() : undefined);
  },
  async afterAll() {
    await endAll();
  },
};

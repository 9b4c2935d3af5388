import { clearTheWay, endAll } from '../../e2e/support/editor.ts';
import { noteEndOf, triesBefore } from '../../e2e/support/testEnd.ts';
import { forgetFailures } from '../../e2e/support/traces.ts';
import { endArenas } from './arena.ts';
import { packagedExtension } from './packaged.ts';

/** Packaging is a build from nothing. */
const PACKAGING_MS = 600_000;
const ENDING_MS = 60_000;

/**
 * Loaded by mocha before the suites. As in the flows of the user interface, a test gets a second try, since a busy
 * machine can draw the editor anew between the pointer and the click; what an attack must not reach fails twice.
 */
export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(PACKAGING_MS);
    await forgetFailures();
    await packagedExtension();
  },
  async beforeEach(this: Mocha.Context) {
    if (triesBefore(this.currentTest) > 0) {
      await clearTheWay();
    }
  },
  async afterEach(this: Mocha.Context) {
    await noteEndOf(this.currentTest);
  },
  // What cannot be ended in that time is ended with this process, which mocha does not wait for ("exit").
  async afterAll(this: Mocha.Context) {
    this.timeout(ENDING_MS);
    try {
      await endArenas();
    } finally {
      await endAll();
    }
  },
};

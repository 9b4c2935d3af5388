/** What the suite inside the extension host tells the launcher, as a file that is written anew after every test. */
export interface IntegrationResult {
  /** VS Code's own version and where its extension host runs. */
  readonly editor: string;
  readonly node: string;
  readonly tests: readonly TestOutcome[];
  /** The test that was going on when the file was written. */
  readonly running?: string;
  /** True once the last test is done. A file that stays false is the trace of a crash or a hang. */
  readonly finished: boolean;
  /** Why the suite could not be run at all: a module that does not load, for example. */
  readonly failure?: string;
}

export interface TestOutcome {
  /** The titles of the blocks around the test, outermost first, then its own. */
  readonly path: readonly string[];
  readonly state: 'passed' | 'failed' | 'pending';
  /** Milliseconds. */
  readonly duration: number;
  /** Message and stack of a failure. */
  readonly error?: string;
}

/** The environment variable that tells the suite where its result file goes. */
export const resultFileVariable = 'MANAGED_AGENTS_TEST_RESULT';

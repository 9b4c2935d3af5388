import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { describeTest } from './integrationReport.ts';
import type { IntegrationResult } from './integrationResult.ts';

export interface Following {
  readonly resultFile: string;
  /** Resolves with words about it when the editor ends, whether or not the suite is done. */
  readonly ended: Promise<string>;
  readonly print: (line: string) => void;
  /** How long one test may go on with nothing heard of it, in milliseconds. */
  readonly patienceMs?: number;
}

/**
 * Prints a suite's tests as they finish and gives its result once it is complete.
 * Rejects when the editor ends with no result, or when nothing is heard for too long.
 * An editor that ends in the middle gives the result so far, which says that it is unfinished.
 */
export async function followIntegration(following: Following): Promise<IntegrationResult> {
  const { resultFile, ended, print, patienceMs = 120_000 } = following;
  let ending: string | undefined;
  void ended.then((how) => (ending = how));
  let latest: IntegrationResult | undefined;
  let printed = 0;
  let lastNews = performance.now();

  for (;;) {
    // Looked at before the file, so that what was written just before the end is read.
    const over = ending;
    latest = (await readResult(resultFile)) ?? latest;
    const tests = latest?.tests ?? [];
    for (; printed < tests.length; printed += 1) {
      lastNews = performance.now();
      const test = tests[printed];
      if (test !== undefined) {
        describeTest(test, tests[printed - 1]).forEach(print);
      }
    }
    if (latest?.finished === true || latest?.failure !== undefined) {
      return latest;
    }
    if (over !== undefined) {
      if (latest === undefined) {
        throw new Error(`The suite left no result: ${over}.`);
      }
      return latest;
    }
    if (performance.now() - lastNews > patienceMs) {
      const where = latest?.running ?? 'the start of the editor';
      throw new Error(`Nothing was heard for ${patienceMs / 1000} s, during: ${where}.`);
    }
    await pause(100);
  }
}

/** Our own file, replaced in one step by our own suite: what is there is complete. */
async function readResult(file: string): Promise<IntegrationResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as IntegrationResult;
  } catch {
    return undefined;
  }
}

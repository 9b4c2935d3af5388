import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha/lib/mocha.cjs';
import * as vscode from 'vscode';
import { type IntegrationResult, resultFileVariable, type TestOutcome } from '../host/integrationResult.ts';

/**
 * What VS Code calls inside its extension host. Runs every suite that lies next to this file and writes the
 * result to a file after each test, so that a crash leaves a trace. Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const results = new ResultFile();
  try {
    const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: Mocha.reporters.Base });
    const names = await readdir(__dirname, { recursive: true });
    for (const name of names.filter((each) => each.endsWith('.test.cjs')).sort()) {
      mocha.addFile(path.join(__dirname, name));
    }
    await mocha.loadFilesAsync();
    const failures = await new Promise<number>((resolve) => results.follow(mocha.run(resolve)));
    results.finish();
    if (failures > 0) {
      throw new Error(`${failures} tests failed.`);
    }
  } catch (error) {
    results.giveUp(error);
    throw error;
  }
}

/** Keeps the file with the result up to date while the suite runs. */
class ResultFile {
  private readonly file =
    process.env[resultFileVariable] ??
    path.join(__dirname, '../../..', '.vscode-test/results/integration.json');
  private readonly tests: TestOutcome[] = [];
  private running: string | undefined;
  private finished = false;
  private failure: string | undefined;

  follow(runner: Mocha.Runner): void {
    runner.on('test', (test) => {
      this.running = test.fullTitle();
      this.write();
    });
    runner.on('pass', (test) => this.add(test, 'passed'));
    runner.on('pending', (test) => this.add(test, 'pending'));
    // A hook that fails arrives here too, under its own title.
    runner.on('fail', (test, error: unknown) => this.add(test, 'failed', describeError(error)));
  }

  finish(): void {
    this.finished = true;
    this.running = undefined;
    this.write();
  }

  /** Notes that the suite could not be run. Tests that failed are no reason to give up. */
  giveUp(error: unknown): void {
    if (!this.finished) {
      this.failure = describeError(error);
      this.write();
    }
  }

  private add(test: Mocha.Runnable, state: TestOutcome['state'], error?: string): void {
    this.tests.push({
      path: test.titlePath(),
      state,
      duration: test.duration ?? 0,
      ...(error === undefined ? {} : { error }),
    });
    this.write();
  }

  private write(): void {
    const result: IntegrationResult = {
      editor: `${vscode.version} (${vscode.env.appHost})`,
      node: process.version,
      tests: this.tests,
      finished: this.finished,
      ...(this.running === undefined ? {} : { running: this.running }),
      ...(this.failure === undefined ? {} : { failure: this.failure }),
    };
    // Written at once and renamed, so that a reader never sees half a file and a crash loses nothing.
    const unfinished = `${this.file}.unfinished`;
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(unfinished, JSON.stringify(result, undefined, 2));
    renameSync(unfinished, this.file);
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

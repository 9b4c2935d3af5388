import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { type SmokeCheckId, smokeChecks, type SmokeLevel } from '../../smoke/checks.ts';
import type { SmokeResult } from '../../smoke/smokeReport.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { visible } from '../../text/visible.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';
import type { ChecksController } from './checksController.ts';
import type { SmokeRunner } from './smokeRunner.ts';

/**
 * The smoke checks in the Testing view: one item per connection, one below it per check. The ordinary run only
 * reads; the full one, which says so, creates a session and archives it.
 */
export class ChecksView implements Disposable {
  private readonly shell: Shell;
  private readonly runner: SmokeRunner;
  private readonly controller: vscode.TestController;
  private readonly owned = new DisposableStore();

  constructor(shell: Shell, runner: SmokeRunner, { controller }: ChecksController) {
    this.shell = shell;
    this.runner = runner;
    this.controller = controller;
    this.owned.add(shell.connections.onDidChange(() => this.list()));
    this.list();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** One item per connection that there is. */
  private list(): void {
    const { l10n, connections } = this.shell;
    const roots = connections.all.map((connection) => {
      // No descriptions: the editor would read those to a screen reader instead of the labels.
      const label = `${visible(connection.name, 60)} · ${new URL(connection.origin).host}`;
      const root = this.controller.createTestItem(connection.id, label);
      smokeChecks.forEach(({ id, title }, index) => {
        const item = this.controller.createTestItem(id, title(l10n));
        item.sortText = String(index).padStart(2, '0');
        root.children.add(item);
      });
      return root;
    });
    this.controller.items.replace(roots);
  }

  /** Runs what a request means. */
  async run(
    request: vscode.TestRunRequest,
    level: SmokeLevel,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const testRun = this.controller.createTestRun(request);
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      for (const [, root] of this.controller.items) {
        const only = wantedOf(root, request);
        const connection = this.shell.connections.byId(root.id);
        if (only.size > 0 && connection !== undefined && !stop.signal.aborted) {
          await this.runOne(testRun, root, { connection, level, only, signal: stop.signal });
        }
      }
    } finally {
      testRun.end();
    }
  }

  private async runOne(
    testRun: vscode.TestRun,
    root: vscode.TestItem,
    wish: {
      readonly connection: Connection;
      readonly level: SmokeLevel;
      readonly only: ReadonlySet<SmokeCheckId>;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    const { connection, only } = wish;
    const itemOf = (id: SmokeCheckId) => (only.has(id) ? root.children.get(id) : undefined);
    only.forEach((id) => ifThere(itemOf(id), (item) => testRun.enqueued(item)));
    try {
      const report = await this.runner.run({
        ...wish,
        onProgress: (progress) => {
          if (progress.kind === 'started') {
            ifThere(itemOf(progress.id), (item) => testRun.started(item));
          } else {
            testRun.appendOutput(`${outputLine(progress.result)}\r\n`);
          }
        },
      });
      // Only the whole run knows the cause for certain.
      for (const result of report.checks) {
        ifThere(itemOf(result.id), (item) => this.settle(testRun, item, result));
      }
    } catch (error) {
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      const place = { connection: connection.name, origin: connection.origin };
      const { title, why, next } = describeError(known, place, this.shell.l10n);
      const words = this.shell.redactor.redact(visible(sentences(title, why, next), 1_000));
      const message = new vscode.TestMessage(words);
      only.forEach((id) => ifThere(itemOf(id), (item) => testRun.errored(item, message)));
    }
  }

  private settle(testRun: vscode.TestRun, item: vscode.TestItem, result: SmokeResult): void {
    switch (result.status) {
      case 'passed':
        return testRun.passed(item, result.ms);
      case 'skipped':
      case 'cancelled':
        return testRun.skipped(item);
      case 'failed':
        return testRun.failed(item, this.messageOf(result), result.ms);
    }
  }

  private messageOf(result: SmokeResult): vscode.TestMessage {
    const { l10n } = this.shell;
    const { diagnosis, requestId, serverSaid } = result;
    const lines = [
      ...(diagnosis === undefined ? [] : [diagnosis.likelyCause, diagnosis.nextStep, '']),
      `${result.method} ${result.path}: ${result.came}`,
      l10n.t('Expected: {expected}', { expected: result.expected }),
      ...(serverSaid === undefined ? [] : [l10n.t('The server said: {words}', { words: serverSaid })]),
      ...(requestId === undefined ? [] : [l10n.t('Request id: {id}', { id: requestId })]),
    ];
    return new vscode.TestMessage(lines.map((line) => visible(line, 1_000)).join('\n'));
  }
}

/** The checks below a connection's item that a request means, by itself or through the item. */
function wantedOf(root: vscode.TestItem, request: vscode.TestRunRequest): ReadonlySet<SmokeCheckId> {
  const isIn = (items: readonly vscode.TestItem[] | undefined, item: vscode.TestItem) =>
    items?.includes(item) === true;
  const isWhole = request.include === undefined || isIn(request.include, root);
  const ids = smokeChecks.flatMap(({ id }) => {
    const item = root.children.get(id);
    const isWanted = item !== undefined && (isWhole || isIn(request.include, item));
    return isWanted && !isIn(request.exclude, item) && !isIn(request.exclude, root) ? [id] : [];
  });
  return new Set(ids);
}

function ifThere<T>(value: T | undefined, use: (value: T) => void): void {
  if (value !== undefined) {
    use(value);
  }
}

function outputLine({ title, status, came, ms }: SmokeResult): string {
  return visible(`${status.padEnd(9)} ${title} (${String(Math.round(ms))} ms): ${came}`, 1_000);
}

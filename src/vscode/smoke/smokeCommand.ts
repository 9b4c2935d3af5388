import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { smokeChecks, type SmokeLevel } from '../../smoke/checks.ts';
import { reportMarkdown } from '../../smoke/report.ts';
import type { SmokeReport } from '../../smoke/smokeReport.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { Disposable } from '../../util/disposable.ts';
import { commands } from '../ids.ts';
import { askChoice } from '../input/askChoice.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import type { Shell } from '../shell.ts';
import type { ReportDocuments } from './reportDocuments.ts';
import type { SmokeRunner } from './smokeRunner.ts';

/** A session that the user has open. */
export interface OpenSession {
  readonly sessionId: string;
  readonly title: string;
}

/** Runs the smoke checks from the editor: asks how far they may go, shows progress, opens the report. */
export class SmokeCommand implements Disposable {
  private readonly shell: Shell;
  private readonly openSession: (connection: Connection) => OpenSession | undefined;
  private readonly runner: SmokeRunner;
  private readonly documents: ReportDocuments;
  /** One run per connection; a second one would only disturb the first. */
  private readonly running = new Map<string, AbortController>();

  constructor(
    shell: Shell,
    runner: SmokeRunner,
    documents: ReportDocuments,
    openSession: (connection: Connection) => OpenSession | undefined,
  ) {
    this.shell = shell;
    this.openSession = openSession;
    this.runner = runner;
    this.documents = documents;
  }

  /** @param sessionId a session to look at; without one the user chooses whether the run may create its own. */
  async run(connection: Connection, sessionId?: string): Promise<void> {
    const { keys, l10n, notify } = this.shell;
    if (this.running.has(connection.id)) {
      notify.info(l10n.t('The smoke checks of {name} are running already.', { name: connection.name }));
      return;
    }
    const controller = new AbortController();
    this.running.set(connection.id, controller);
    try {
      if ((await keys.presence(connection)) === 'absent') {
        const retry = () => void this.run(connection, sessionId);
        void notify.error(new ApiError('noKey', { sent: false }), { connection, retry });
        return;
      }
      const open = this.openSession(connection);
      const level = sessionId === undefined ? await this.askLevel(connection, open) : 'session';
      if (level === undefined) {
        return;
      }
      // Somebody's own session is read, and gets no message.
      const isSession = level === 'session';
      const id = sessionId ?? (isSession ? open?.sessionId : undefined);
      const report = await this.runWithProgress(connection, isSession ? 'quick' : level, id, controller);
      await this.present(connection, report);
    } catch (error) {
      void notify.error(error, { connection, what: l10n.t('Smoke checks') });
    } finally {
      this.running.delete(connection.id);
    }
  }

  dispose(): void {
    for (const controller of this.running.values()) {
      controller.abort();
    }
  }

  /** A full run leaves traces on the server, so that it is never started without saying so. */
  private async askLevel(
    connection: Connection,
    open: OpenSession | undefined,
  ): Promise<SmokeLevel | 'session' | undefined> {
    const { l10n, connections } = this.shell;
    const full = isReadOnly(connections, connection)
      ? []
      : [
          {
            label: l10n.t('Full'),
            detail: l10n.t('Creates a session, “Smoke check …”, sends it one message, and archives it'),
            icon: 'beaker',
            value: 'full' as const,
          },
        ];
    const answer = await askChoice<SmokeLevel | 'session'>(
      { title: l10n.t('Smoke Checks: {name}', { name: visible(connection.name, 60) }) },
      {
        placeholder:
          full.length === 0
            ? l10n.t('This connection is read-only: the checks that create a session are left out')
            : l10n.t('How far may the checks go?'),
        choices: [
          {
            label: l10n.t('Quick'),
            detail: l10n.t('Health, key and lists: only reads, and leaves out events and the stream'),
            icon: 'zap',
            value: 'quick',
          },
          ...full,
          ...(open === undefined
            ? []
            : [
                {
                  label: l10n.t('This Session'),
                  detail: l10n.t('Reads events and both streams of “{title}”, sends nothing', {
                    title: visible(open.title, 40),
                  }),
                  icon: 'comment-discussion',
                  value: 'session' as const,
                },
              ]),
        ],
      },
    );
    return answer.kind === 'value' ? answer.value : undefined;
  }

  private async runWithProgress(
    connection: Connection,
    level: SmokeLevel,
    sessionId: string | undefined,
    controller: AbortController,
  ): Promise<SmokeReport> {
    const { l10n } = this.shell;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(l10n.t('Smoke checks: {name}', { name: visible(connection.name, 60) })),
      cancellable: true,
    };
    return await vscode.window.withProgress(options, async (progress, token) => {
      const cancelled = token.onCancellationRequested(() => controller.abort());
      try {
        return await this.runner.run({
          connection,
          level,
          sessionId,
          signal: controller.signal,
          onProgress: (step) =>
            progress.report(
              step.kind === 'started' ? { message: step.title } : { increment: 100 / smokeChecks.length },
            ),
        });
      } finally {
        cancelled.dispose();
      }
    });
  }

  private async present(connection: Connection, report: SmokeReport): Promise<void> {
    const { l10n, notify } = this.shell;
    const name = l10n.t('Smoke checks of {name}', { name: connection.name });
    const uri = this.documents.hold(name, reportMarkdown(report, l10n));
    await this.documents.show(uri);
    if (report.outcome === 'failed') {
      // The run is over when the report is there, whenever the message is answered.
      this.offerHelp(connection, report, uri).catch((error: unknown) => {
        void notify.error(error, { connection });
      });
    }
  }

  private async offerHelp(connection: Connection, report: SmokeReport, uri: vscode.Uri): Promise<void> {
    const { l10n, log, redactor } = this.shell;
    const showReport = l10n.t('Show Report');
    const copyReport = l10n.t('Copy Redacted Report');
    const showLog = l10n.t('Show Log');
    const setKey = l10n.t('Set API Key');
    const isAboutKey = report.checks.some(
      ({ diagnosis }) => diagnosis?.cause === 'edgeAuth' || diagnosis?.cause === 'noKey',
    );
    const pressed = await vscode.window.showErrorMessage(
      withoutLinks(redactor.redact(visible(report.verdict, 400))),
      showReport,
      copyReport,
      ...(isAboutKey ? [setKey] : []),
      showLog,
    );
    switch (pressed) {
      case showReport:
        await this.documents.show(uri);
        break;
      case copyReport:
        await this.documents.copyLast();
        break;
      case setKey:
        await vscode.commands.executeCommand(commands.setKey, { connectionId: connection.id });
        break;
      case showLog:
        log.show();
        break;
      case undefined:
        break;
    }
  }
}

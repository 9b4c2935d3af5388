import type { TemplateResult } from 'lit/html.js';
import type { LogHostMessage } from '../../../src/protocol/logMessages.ts';
import type { PageContext } from '../view/context.ts';
import { LogController } from './logController.ts';
import type { DetailEvents } from './logDetailView.ts';
import { createLogFormat, type LogFormat } from './logFormat.ts';
import type { KeptLog, LogPorts } from './logPorts.ts';
import { logView } from './logView.ts';

/** The event log as the page sees it. Loaded after the first paint, which does not need it. */
export class LogPanel {
  private readonly ports: LogPorts;
  private readonly log: LogController;
  private format: { readonly locale: string; readonly made: LogFormat } | undefined;

  constructor(ports: LogPorts, kept: KeptLog) {
    this.ports = ports;
    this.log = new LogController(ports);
    this.log.restore(kept);
  }

  get kept(): KeptLog {
    return this.log.kept;
  }

  get total(): number | undefined {
    return this.log.store.total;
  }

  show(): void {
    this.log.show();
  }

  hide(): void {
    this.log.hide();
  }

  reopen(): void {
    this.log.reopen();
  }

  reveal(name: string): void {
    this.log.reveal(name);
  }

  receive(message: Extract<LogHostMessage, { type: 'logRows' | 'logDetail' | 'logCount' }>): void {
    this.log.receive(message);
  }

  /** Before drawing. */
  prepare(): void {
    this.log.prepare();
  }

  /** After drawing. */
  settle(): void {
    this.log.settle();
  }

  view(context: PageContext): TemplateResult {
    return logView(this.log, this.detailEvents(context), this.formatFor(context), context);
  }

  private detailEvents(context: PageContext): DetailEvents {
    const { post, ask, announce } = this.ports;
    const { details } = this.log;
    return {
      copy: ({ row }, part) => {
        post({ type: 'logCopy', name: row.name, part });
        announce(context.strings.copied);
      },
      openJson: ({ row }) => post({ type: 'logOpenJson', name: row.name }),
      showInConversation: ({ row }) => {
        const failure = context.strings.log.failedToShow;
        void ask((id) => ({ type: 'logReveal', id, name: row.name })).then((outcome) =>
          details.failed(outcome.ok ? undefined : outcome.message === '' ? failure : outcome.message),
        );
      },
    };
  }

  private formatFor(context: PageContext): LogFormat {
    const locale = document.documentElement.lang;
    if (this.format?.locale !== locale) {
      this.format = { locale, made: createLogFormat(locale, (ms) => context.format.duration(ms)) };
    }
    return this.format.made;
  }
}

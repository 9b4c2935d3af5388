import type * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import type { CallRecord } from '../../api/http/caller.ts';
import type { Redactor } from '../../api/http/redact.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { ShellLog } from '../shell.ts';

const MAX_LINE = 4_000;
const MAX_CAUSES = 5;

/** The log of the extension: one channel, opened at the first line, redacted line by line. */
export class Log implements ShellLog, Disposable {
  private channel: vscode.LogOutputChannel | undefined;
  private readonly open: () => vscode.LogOutputChannel;
  private readonly redactor: Redactor;

  constructor(open: () => vscode.LogOutputChannel, redactor: Redactor) {
    this.open = open;
    this.redactor = redactor;
  }

  trace(message: string): void {
    this.output.trace(this.clean(message));
  }

  debug(message: string): void {
    this.output.debug(this.clean(message));
  }

  info(message: string): void {
    this.output.info(this.clean(message));
  }

  warn(message: string): void {
    this.output.warn(this.clean(message));
  }

  error(message: string, error?: unknown): void {
    const why = error === undefined ? '' : `: ${describeThrown(error)}`;
    this.output.error(this.clean(`${message}${why}`));
  }

  /** Writes the one line that every request leaves. */
  call(connectionName: string, record: CallRecord): void {
    const { method, path, status, ms, requestId, reason } = record;
    const line = [
      `[${connectionName}]`,
      method,
      path,
      status ?? '-',
      `${Math.round(ms)} ms`,
      requestId ?? '-',
      reason ?? '',
    ]
      .join(' ')
      .trim();
    if (reason === undefined || reason === 'cancelled') {
      this.info(line);
    } else {
      this.warn(line);
    }
  }

  show(): void {
    this.output.show(true);
  }

  dispose(): void {
    this.channel?.dispose();
  }

  private get output(): vscode.LogOutputChannel {
    return (this.channel ??= this.open());
  }

  /** Redacts, and takes the control characters out, which could forge lines or colours. */
  private clean(message: string): string {
    // Redaction comes before the cut: half a key is still a secret.
    const text = this.redactor.redact(message).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, ' ');
    return text.length <= MAX_LINE ? text : `${text.slice(0, MAX_LINE - 1)}…`;
  }
}

/**
 * A thrown value as text: messages and causes, and the stack of what should never have been thrown.
 * Never the value's own fields, since the errors of HTTP libraries hold requests with their headers.
 */
function describeThrown(error: unknown): string {
  const parts: string[] = [];
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined; depth++) {
    if (!(current instanceof Error)) {
      parts.push(typeof current === 'string' ? current : `a thrown ${typeof current}`);
      break;
    }
    const isSurprise = depth === 0 && !ApiError.is(current);
    parts.push(
      isSurprise
        ? (current.stack ?? `${current.name}: ${current.message}`)
        : `${current.name}: ${current.message}`,
    );
    current = current.cause;
  }
  return parts.join('; caused by ');
}

import * as vscode from 'vscode';
import { withoutLinks } from '../../text/visible.ts';

/** What a task says of itself while it runs; `increment` is in percent. */
export type Report = (step: { readonly message?: string; readonly increment?: number }) => void;

/**
 * Shows that something runs, and lets it be stopped: that aborts the signal, and what the task makes of it is what
 * comes back. The title may hold names from a server.
 */
export async function withCancel<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => stop.abort());
      try {
        return await task(stop.signal, (step) => progress.report(step));
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** The same for a task of which nothing is to be said where it was stopped: then undefined comes back. */
export async function unlessCancelled<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T | undefined> {
  return await withCancel(title, async (signal, report) => {
    try {
      return await task(signal, report);
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    }
  });
}

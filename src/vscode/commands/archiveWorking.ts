import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { CommandContext } from './commandContext.ts';
import { interruptAndWait, waitUntilIdle } from './interruptFirst.ts';
import type { SessionRef } from './sessionRef.ts';

/**
 * Archives a session whose agent is at work, which servers refuse to do at once: interrupts it, or waits until
 * the agent is done. Waiting is shown and can be cancelled; then nothing has changed.
 */
export async function archiveWorking(
  context: CommandContext,
  ref: SessionRef,
  done: () => void,
): Promise<void> {
  const { l10n } = context.shell;
  const interrupt = l10n.t('Interrupt and Archive');
  const wait = l10n.t('Wait Until Idle, Then Archive');
  const name = visible(ref.title ?? ref.sessionId);
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Archive “{name}” on {connection}?', { name, connection: ref.connection.name }),
    {
      modal: true,
      detail: [
        l10n.t(
          'The agent is at work. If you interrupt it, what it is doing is not finished; you can also wait for it.',
        ),
        l10n.t(
          'The session ends and takes no more messages. Its history can still be read. There is no way back.',
        ),
      ].join('\n\n'),
    },
    interrupt,
    wait,
  );
  if (pressed !== undefined) {
    await run(context, ref, pressed === interrupt ? 'interrupt' : 'wait', done);
  }
}

async function run(
  context: CommandContext,
  ref: SessionRef,
  how: 'interrupt' | 'wait',
  done: () => void,
): Promise<void> {
  const { l10n, clients, notify } = context.shell;
  const { connection, sessionId } = ref;
  const name = visible(ref.title ?? sessionId, 60);
  const words =
    how === 'interrupt'
      ? l10n.t('Interrupting “{name}”, then archiving it', { name })
      : l10n.t('Waiting until “{name}” is idle, then archiving it', { name });
  // A title of a notification is read for links.
  const title = withoutLinks(words);
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_, token) => {
        const abort = new AbortController();
        const subscription = token.onCancellationRequested(() => abort.abort(new ApiError('cancelled')));
        try {
          await (how === 'interrupt'
            ? interruptAndWait(context, ref, abort.signal)
            : waitUntilIdle(context, ref, { signal: abort.signal }));
          abort.signal.throwIfAborted();
          await clients.for(connection).archiveSession(sessionId);
        } finally {
          subscription.dispose();
        }
      },
    );
    done();
  } catch (error) {
    if (ApiError.is(error, 'notFound')) {
      done();
    }
    void notify.error(error, {
      connection,
      what: l10n.t('Archive Session'),
      retry: () => void run(context, ref, how, done),
    });
  }
}

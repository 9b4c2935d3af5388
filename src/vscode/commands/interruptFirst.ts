import type { Session } from '../../api/resources/session.ts';
import { ApiError } from '../../api/errors.ts';
import { sleep } from '../../util/clock.ts';
import type { CommandContext } from './commandContext.ts';
import type { SessionRef } from './sessionRef.ts';

/** How often it is asked whether the agent has stopped, and how long. */
const ASK_MS = 500;
const PATIENCE_MS = 30_000;
const PATIENT_ASK_MS = 5_000;

/**
 * Whether the agent of a session works now: as its panel knows it, else as the server says. An answer that
 * fails says no; what follows then fails for the same reason, and says so.
 */
export async function isSessionAtWork(context: CommandContext, ref: SessionRef): Promise<boolean> {
  const { connection, sessionId } = ref;
  const shown = context.panels.find(connection, sessionId)?.header?.activity;
  if (shown !== undefined && shown !== 'unknown') {
    return shown === 'running' || shown === 'stopping' || shown === 'rescheduling';
  }
  try {
    return works(await context.shell.clients.for(connection).getSession(sessionId));
  } catch (error) {
    if (ApiError.is(error)) {
      return false;
    }
    throw error;
  }
}

/** Asks the agent to stop and waits until the server says that it has. */
export async function interruptAndWait(
  context: CommandContext,
  ref: SessionRef,
  signal?: AbortSignal,
): Promise<void> {
  const client = context.shell.clients.for(ref.connection);
  await client.sendEvents(ref.sessionId, [{ type: 'user.interrupt' }], signal);
  await waitUntilIdle(context, ref, { signal, atMostMs: PATIENCE_MS });
}

/** Waits until the server says that the agent has stopped, or for so long at most. Rejects when it is given up. */
export async function waitUntilIdle(
  { shell }: CommandContext,
  { connection, sessionId }: SessionRef,
  { signal, atMostMs }: { readonly signal?: AbortSignal | undefined; readonly atMostMs?: number },
): Promise<void> {
  const { clock, clients } = shell;
  const client = clients.for(connection);
  const began = clock.now();
  while (works(await client.getSession(sessionId, signal))) {
    const waited = clock.now() - began;
    if (atMostMs !== undefined && waited >= atMostMs) {
      return;
    }
    // Who waits for a person's long task asks less often.
    await sleep(clock, waited > PATIENCE_MS ? PATIENT_ASK_MS : ASK_MS, signal);
  }
}

function works({ status }: Session): boolean {
  return status === 'running' || status === 'rescheduling';
}

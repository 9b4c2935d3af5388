import type { Connection } from '../../api/connection.ts';
import type { Session } from '../../api/resources/session.ts';
import { newestEvents } from '../../browse/newestEvents.ts';
import { visible } from '../../text/visible.ts';
import { waitingCalls } from '../../transcript/waitingCalls.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { askChoice } from '../input/askChoice.ts';
import { withCancel } from '../input/withCancel.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import type { CommandContext } from './commandContext.ts';
import { activeSession, givenSession, type SessionRef } from './sessionRef.ts';

/** How many sessions are looked at side by side. */
const AT_ONCE = 6;

/** A session that waits, and for how many calls. */
interface WaitingSession extends SessionRef {
  readonly count: number;
}

/**
 * Opens the panel of a session at exactly the call that waits, with the keyboard on it.
 * @param argument a row of the tree, or `{ sessionId, connectionId?, title?, eventId? }`; without `eventId` it is
 *   the call that waits longest. Without a session: that of the active panel if it waits, else one that is asked for.
 */
export async function reviewSession(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const given = givenSession(context, argument);
  const eventId = asText(field(asObject(argument), 'eventId'));
  const ref = given ?? activeIfWaiting(context) ?? (await askForWaiting(context));
  if (ref === 'none') {
    notify.info(l10n.t('No session waits for you.'));
  } else if (ref !== undefined) {
    const { connection, sessionId, title } = ref;
    await context.openSession(connection, sessionId, {
      ...(title !== undefined && { title }),
      reveal: eventId === undefined ? 'waiting' : { key: eventId },
    });
  }
}

function activeIfWaiting(context: CommandContext): SessionRef | undefined {
  return context.panels.active?.header?.activity === 'needsYou' ? activeSession(context) : undefined;
}

async function askForWaiting(context: CommandContext): Promise<SessionRef | 'none' | undefined> {
  const { l10n, connections } = context.shell;
  const title = l10n.t('Review');
  const found = await withCancel(
    l10n.t('Looking for sessions that wait for you…'),
    async (signal) => await findWaiting(context, connections.active, signal),
  );
  if (found.length === 0) {
    return 'none';
  }
  const answer = await askChoice<SessionRef>(
    { title },
    {
      placeholder: l10n.t('Choose a session that waits for you'),
      choices: found.map((session) => ({
        label: visible(session.title ?? session.sessionId),
        description:
          session.count === 1 ? l10n.t('1 call') : l10n.t('{count} calls', { count: session.count }),
        detail: session.connection.name,
        icon: 'bell-dot',
        value: session,
      })),
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

/** What open panels know, and what the newest sessions of a connection say when they are asked. */
async function findWaiting(
  context: CommandContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly WaitingSession[]> {
  const known = context.panels.recent.flatMap(({ connection: place, sessionId, header }): WaitingSession[] =>
    header?.activity === 'needsYou'
      ? [{ connection: place, sessionId, title: header.title, count: header.pending.length }]
      : [],
  );
  const client = context.shell.clients.for(connection);
  const { items } = await client.listSessions({ limit: PAGE_SIZE, signal });
  const unknown = items.filter(
    (session) => mayWait(session) && context.panels.find(connection, session.id) === undefined,
  );
  const asked: WaitingSession[] = [];
  const queue = unknown.values();
  const look = async () => {
    for (const { id, title } of queue) {
      const count = (await newestWaiting(context, connection, id, signal)).length;
      if (count > 0) {
        asked.push({ connection, sessionId: id, title, count });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return [...known, ...asked];
}

/** A session that runs, has ended or is archived waits for nobody. */
function mayWait({ status, archivedAt }: Session): boolean {
  return archivedAt === undefined && (status === 'idle' || status === 'active' || status === 'other');
}

async function newestWaiting(
  { shell }: CommandContext,
  connection: Connection,
  sessionId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const newest = await newestEvents(shell.clients.for(connection), sessionId, signal);
  return newest === undefined ? [] : (waitingCalls(newest) ?? []);
}

import type { ManagedAgentsClient } from '../api/client.ts';
import { CursorGuard, type Cursor, type Page } from '../api/pagination.ts';
import type { Agent } from '../api/resources/agent.ts';
import type { Environment } from '../api/resources/environment.ts';
import type { L10n } from '../l10n.ts';
import type { Clock } from '../util/clock.ts';
import type { SmokeCheckId } from './checks.ts';
import { ApiError } from '../api/errors.ts';
import { type ReadOutcome, StreamVisit } from './streamVisit.ts';
import { SilentTurnError } from './silentTurn.ts';
import { TurnVisit } from './turnVisit.ts';

/** The part of the client that the checks use. */
export type SmokeClient = Pick<
  ManagedAgentsClient,
  | 'health'
  | 'listAgents'
  | 'listEnvironments'
  | 'listSessions'
  | 'createSession'
  | 'archiveSession'
  | 'listEvents'
  | 'openStream'
  | 'openStreamAt'
  | 'sendEvents'
>;

/** What the checks of one run find out for each other. */
interface SmokeFindings {
  agent: Agent | undefined;
  environment: Environment | undefined;
  /** The session to look at: given, or created by this run. */
  sessionId: string | undefined;
  /** What this run did about a session of its own. `unsure`: asked for, and no answer told its id. */
  creation: 'none' | 'unsure' | 'done';
  stream: StreamVisit | undefined;
  older: StreamVisit | undefined;
  turn: TurnVisit | undefined;
}

export interface ProbeContext {
  readonly client: SmokeClient;
  readonly clock: Clock;
  readonly l10n: L10n;
  /** Title of the session that the run creates; like no other, so that it can be found again. */
  readonly title: string;
  readonly found: SmokeFindings;
}

/** What a check that did not fail has to tell. */
type ProbeAnswer = { readonly came: string } | { readonly skip: string };

type Probe = (context: ProbeContext, signal: AbortSignal) => Promise<ProbeAnswer>;

/** Enough pages for any list in which something unarchived could reasonably hide. */
const MAX_PAGES = 10;
const PAGE_SIZE = 20;
/** In English wherever the user is: it is for a model. */
const MESSAGE = 'Smoke check: please answer with the single word OK.';

/** How each check is carried out. A probe fails by throwing. */
export const probes: Readonly<Record<SmokeCheckId, Probe>> = {
  async health({ client, l10n }, signal) {
    await client.health(signal);
    return { came: l10n.t('The service is up') };
  },

  async authentication({ client, l10n }, signal) {
    await client.listAgents({ limit: 1, signal });
    return { came: l10n.t('The key was accepted') };
  },

  async agents({ client, l10n, found }, signal) {
    const page = await client.listAgents({ limit: PAGE_SIZE, signal });
    found.agent = page.items.find(isUnarchived);
    return { came: l10n.t('Entries on the first page: {count}', { count: page.items.length }) };
  },

  async environments({ client, l10n, found }, signal) {
    const page = await client.listEnvironments({ limit: PAGE_SIZE, signal });
    found.environment = page.items.find(isUnarchived);
    return { came: l10n.t('Entries on the first page: {count}', { count: page.items.length }) };
  },

  async createSession({ client, l10n, title, found }, signal) {
    found.agent ??= await firstUnarchived((cursor) =>
      client.listAgents({ limit: PAGE_SIZE, cursor, signal }),
    );
    if (found.agent === undefined) {
      return { skip: l10n.t('There is no unarchived agent here: create one first, or name a session') };
    }
    found.environment ??= await firstUnarchived((cursor) =>
      client.listEnvironments({ limit: PAGE_SIZE, cursor, signal }),
    );
    if (found.environment === undefined) {
      return {
        skip: l10n.t('There is no unarchived environment here: create one first, or name a session'),
      };
    }
    found.creation = 'unsure';
    const body = { agent: found.agent.id, environment_id: found.environment.id, title };
    const session = await client.createSession(body, signal);
    found.creation = 'done';
    found.sessionId = session.id;
    return { came: l10n.t('Session {id}', { id: session.id }) };
  },

  async listEvents({ client, l10n, found }, signal) {
    const page = await client.listEvents(sessionOf(found), { signal });
    return { came: l10n.t('Events on the first page: {count}', { count: page.items.length }) };
  },

  async streamConnect({ client, l10n, found }, signal) {
    found.stream = await StreamVisit.open(client, sessionOf(found), signal);
    return found.stream.olderPath
      ? { came: l10n.t('text/event-stream, on the older path only') }
      : { came: 'text/event-stream' };
  },

  async olderConnect({ client, l10n, found }, signal) {
    try {
      found.older = await StreamVisit.openOlder(client, sessionOf(found), signal);
      return { came: 'text/event-stream' };
    } catch (error) {
      if (ApiError.is(error, 'notFound', 'notOffered') && found.stream?.olderPath === false) {
        return { skip: l10n.t('This server streams on its other path only') };
      }
      throw error;
    }
  },

  async sendMessage({ client, clock, l10n, found }, signal) {
    found.turn = new TurnVisit(client, sessionOf(found), clock);
    await found.turn.send(MESSAGE, signal);
    return { came: l10n.t('The message was taken') };
  },

  async streamRead({ clock, l10n, found }) {
    return { came: readText(await needed(found.stream).read(clock), l10n) };
  },

  async agentReplies({ found }, signal) {
    const turn = needed(found.turn);
    await turn.untilEnd(needed(found.stream).rest(), signal);
    return { came: [...new Set(turn.events.map(({ type }) => type))].join(', ') };
  },

  async streamClose({ l10n, found }) {
    await needed(found.stream).close();
    return { came: l10n.t('Closed without an error') };
  },

  async olderRead({ clock, l10n, found }) {
    const visit = needed(found.older);
    const came = readText(await visit.read(clock), l10n);
    await visit.close();
    return { came };
  },

  async reconnect({ l10n, found }, signal) {
    const { count, lost, repeated } = await needed(found.turn).reconnect(signal);
    if (lost > 0 || repeated > 0) {
      throw new SilentTurnError(lost > 0 ? 'lost' : 'repeated');
    }
    return { came: l10n.t('{count} events, none lost, none twice', { count }) };
  },

  async archiveSession({ client, l10n, title, found }, signal) {
    // An answer that never came may hide a session that was made: it is known by its title.
    const id = found.creation === 'done' ? sessionOf(found) : await findSession(client, title, signal);
    if (id === undefined) {
      return { skip: l10n.t('This run created no session') };
    }
    await client.archiveSession(id, signal);
    return { came: l10n.t('Session {id} is archived', { id }) };
  },
};

function readText(read: ReadOutcome, l10n: L10n): string {
  switch (read.outcome) {
    case 'bytes':
      return l10n.t('{count} bytes', { count: read.bytes });
    case 'quiet':
      return l10n.t('Nothing to deliver yet; the stream stayed open');
    case 'ended':
      return l10n.t('The server ended the stream in good order');
  }
}

function isUnarchived(item: { readonly archivedAt: number | undefined }): boolean {
  return item.archivedAt === undefined;
}

/** The first entry of a list that is not archived, looking through a bounded number of pages. */
async function firstUnarchived<T extends { readonly archivedAt: number | undefined }>(
  fetchPage: (cursor: Cursor | undefined) => Promise<Page<T>>,
): Promise<T | undefined> {
  return await firstWhere(fetchPage, isUnarchived);
}

async function findSession(
  client: SmokeClient,
  title: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const session = await firstWhere(
    (cursor) => client.listSessions({ limit: PAGE_SIZE, order: 'desc', cursor, signal }),
    (candidate) => candidate.title === title,
  );
  return session?.id;
}

async function firstWhere<T>(
  fetchPage: (cursor: Cursor | undefined) => Promise<Page<T>>,
  matches: (item: T) => boolean,
): Promise<T | undefined> {
  const guard = new CursorGuard();
  let cursor: Cursor | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await fetchPage(cursor);
    const match = page.items.find(matches);
    if (match !== undefined || page.next === undefined || !guard.admit(page.next)) {
      return match;
    }
    cursor = page.next;
  }
  return undefined;
}

function sessionOf(found: SmokeFindings): string {
  return needed(found.sessionId);
}

/** The runner runs a check only after the ones it needs, so that what they bring is there. */
function needed<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('A check ran before the one it needs');
  }
  return value;
}

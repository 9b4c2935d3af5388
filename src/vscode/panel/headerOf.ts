import { type Connection, SANDBOX_ID } from '../../api/connection.ts';
import type { Session } from '../../api/resources/session.ts';
import type { MenuAction } from '../../protocol/headerStrings.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import type { FeedStatus } from '../../stream/feedState.ts';
import type { StoredEvent } from '../../stream/eventStore.ts';
import { stopReason } from '../../transcript/eventFacts.ts';
import type { SessionActivity } from '../../transcript/row.ts';
import { asNumber, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import type { SessionNames } from './sessionNames.ts';
import { stageOf } from './stageOf.ts';

export interface HeaderFacts {
  readonly connection: Connection;
  readonly sessionId: string;
  /** How the connection is called, where that is more than its name. */
  readonly place?: string;
  /** True where nothing on the server may be changed from here. */
  readonly isReadOnly?: boolean;
  /** As the tree knew it, until the server has said. */
  readonly knownTitle: string | undefined;
  /** A title that was given here and is not in the server's description yet; empty: it was taken away. */
  readonly newTitle?: string | undefined;
  readonly session: Session | undefined;
  readonly names: SessionNames;
  /** The latest event about what the session does. */
  readonly status: StoredEvent | undefined;
  readonly pending: readonly string[];
  /** The latest snapshot of what the session has used. */
  readonly usage: JsonObject | undefined;
  readonly feed: FeedStatus;
  /** True where it was archived from here, and the server has not been asked again. */
  readonly isArchived?: boolean;
  /** True from an interrupt that was sent until the turn ends. */
  readonly isStopping: boolean;
}

/** What the top of a session panel says, from what the events and the server's description of the session say. */
export function headerOf(facts: HeaderFacts): SessionHeader {
  const { connection, session, status } = facts;
  const activity = activityOf(facts);
  const usage = facts.usage ?? asObject(field(session?.raw, 'usage'));
  return {
    title: titleOf(facts),
    sessionId: facts.sessionId,
    connectionId: connection.id,
    connection: facts.place ?? connection.name,
    sandbox: connection.id === SANDBOX_ID,
    stage: stageOf(connection),
    origin: connection.origin,
    activity,
    failed: activity === 'idle' && status !== undefined && stopReason(status.event) === 'retries_exhausted',
    renamable: activity !== 'ended' && !isArchived(facts) && facts.isReadOnly !== true,
    statusText: activity === 'unknown' ? (session?.statusText ?? null) : null,
    agent: facts.names.agent ?? session?.agent.id ?? null,
    agentVersion: session?.agent.version ?? null,
    model: facts.names.model ?? null,
    environment: facts.names.environment ?? session?.environmentId ?? null,
    pending: facts.pending,
    inputTokens: asNumber(field(usage, 'input_tokens')) ?? null,
    outputTokens: asNumber(field(usage, 'output_tokens')) ?? null,
    ...cacheTokens(usage),
    cost: costOf(asObject(field(usage, 'list_cost'))),
    runningSince:
      activity === 'running' || activity === 'stopping' ? (status?.event.processedAt ?? null) : null,
    workedMs: workedMs(facts, activity),
    createdAt: session?.createdAt ?? null,
    lost: false,
    menu: menuOf(facts, activity),
  };
}

const always: readonly MenuAction[] = [
  'export',
  'openAsText',
  'copyConversation',
  'copySessionId',
  'showDetails',
  'reconnect',
];

function isArchived({ isArchived: here, session, feed }: HeaderFacts): boolean {
  const isSaid = feed.state.kind === 'ended' && feed.state.why === 'sessionArchived';
  return here === true || isSaid || session?.archivedAt !== undefined;
}

function menuOf(facts: HeaderFacts, activity: SessionActivity): readonly MenuAction[] {
  const { state } = facts.feed;
  const canChange = facts.isReadOnly !== true;
  const canArchive =
    canChange && !isArchived(facts) && !(state.kind === 'ended' && state.why === 'sessionDeleted');
  return [
    ...always,
    ...(activity === 'ended' || !canChange ? [] : (['defineOutcome'] as const)),
    ...(canArchive ? (['archive'] as const) : []),
  ];
}

function titleOf({ newTitle, session, knownTitle, sessionId }: HeaderFacts): string {
  // A description without the field says nothing; one with an empty field says that there is no title.
  const isDescribed = field(session?.raw, 'title') !== undefined;
  const title = newTitle ?? session?.title ?? (isDescribed ? undefined : knownTitle);
  return title === undefined || title === '' ? sessionId : title;
}

/**
 * The time that the agent has worked. A snapshot comes at the end of each turn; the description of a session at
 * work counts the present turn too, which the reader would count twice.
 */
function workedMs({ usage, session }: HeaderFacts, activity: SessionActivity): number | null {
  const isAtWork = activity === 'running' || activity === 'stopping';
  const described = isAtWork
    ? undefined
    : (asNumber(field(asObject(field(session?.raw, 'stats')), 'active_seconds')) ??
      asNumber(field(asObject(field(session?.raw, 'usage')), 'active_seconds')));
  const seconds = asNumber(field(usage, 'active_seconds')) ?? described;
  return seconds === undefined || seconds < 0 ? null : Math.round(seconds * 1_000);
}

/** What was read from the cache, and what was written to it: as one number, or by how long it is kept. */
function cacheTokens(
  usage: JsonObject | undefined,
): Pick<SessionHeader, 'cacheReadTokens' | 'cacheWriteTokens'> {
  const parts = Object.values(asObject(field(usage, 'cache_creation')) ?? {}).flatMap(
    (part) => asNumber(part) ?? [],
  );
  const written = parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
  return {
    cacheReadTokens: asNumber(field(usage, 'cache_read_input_tokens')) ?? null,
    cacheWriteTokens: asNumber(field(usage, 'cache_creation_input_tokens')) ?? written ?? null,
  };
}

/** Events know best; the server's word for the status helps where there are none. */
function activityOf({ session, status, pending, feed, isStopping }: HeaderFacts): SessionActivity {
  if (feed.state.kind === 'ended' && feed.state.why.startsWith('session')) {
    return 'ended';
  }
  switch (status?.event.type) {
    case 'session.status_terminated':
    case 'session.deleted':
      return 'ended';
    case 'session.status_running':
      return isStopping ? 'stopping' : 'running';
    case 'session.status_rescheduled':
      return 'rescheduling';
    case 'session.status_idle':
    case 'session.turn_released':
      return pending.length === 0 ? 'idle' : isStopping ? 'stopping' : 'needsYou';
    default:
      break;
  }
  switch (session?.status) {
    case 'running':
      return isStopping ? 'stopping' : 'running';
    case 'idle':
    case 'rescheduling':
      return session.status;
    case 'terminated':
      return 'ended';
    case 'active': // alive and, without a single event about work, not at work
      return 'idle';
    default:
      return 'unknown';
  }
}

/** The API gives cents as text; other servers as a number. Anything else is no cost. */
function costOf(cost: JsonObject | undefined): string | null {
  const amount = field(cost, 'amount');
  const cents = asNumber(
    typeof amount === 'string' && /^\d{1,15}(\.\d+)?$/.test(amount) ? Number(amount) : amount,
  );
  if (cents === undefined) {
    return null;
  }
  const currency = asText(field(cost, 'currency')) ?? 'USD';
  return currency === 'USD'
    ? `$${(cents / 100).toFixed(2)}`
    : `${(cents / 100).toFixed(2)} ${currency.slice(0, 8)}`;
}

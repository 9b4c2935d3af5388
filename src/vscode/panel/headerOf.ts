import { type Connection, SANDBOX_ID } from '../../api/connection.ts';
import type { Session } from '../../api/resources/session.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import type { FeedStatus } from '../../stream/feedState.ts';
import type { StoredEvent } from '../../stream/eventStore.ts';
import type { SessionActivity } from '../../transcript/row.ts';
import { asNumber, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import type { SessionNames } from './sessionNames.ts';

export interface HeaderFacts {
  readonly connection: Connection;
  readonly sessionId: string;
  /** As the tree knew it, until the server has said. */
  readonly knownTitle: string | undefined;
  readonly session: Session | undefined;
  readonly names: SessionNames;
  /** The latest event about what the session does. */
  readonly status: StoredEvent | undefined;
  readonly pending: readonly string[];
  /** The latest snapshot of what the session has used. */
  readonly usage: JsonObject | undefined;
  readonly feed: FeedStatus;
  /** True from an interrupt that was sent until the turn ends. */
  readonly isStopping: boolean;
}

/** What the top of a session panel says, from what the events and the server's description of the session say. */
export function headerOf(facts: HeaderFacts): SessionHeader {
  const { connection, session, status } = facts;
  const activity = activityOf(facts);
  const usage = facts.usage ?? asObject(field(session?.raw, 'usage'));
  return {
    title: session?.title ?? facts.knownTitle ?? facts.sessionId,
    sessionId: facts.sessionId,
    connectionId: connection.id,
    connection: connection.name,
    sandbox: connection.id === SANDBOX_ID,
    activity,
    statusText: activity === 'unknown' ? (session?.statusText ?? null) : null,
    agent: facts.names.agent ?? session?.agent.id ?? null,
    model: facts.names.model ?? null,
    environment: facts.names.environment ?? session?.environmentId ?? null,
    pending: facts.pending,
    inputTokens: asNumber(field(usage, 'input_tokens')) ?? null,
    outputTokens: asNumber(field(usage, 'output_tokens')) ?? null,
    cost: costOf(asObject(field(usage, 'list_cost'))),
    runningSince:
      activity === 'running' || activity === 'stopping' ? (status?.event.processedAt ?? null) : null,
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
      return pending.length > 0 ? 'needsYou' : 'idle';
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

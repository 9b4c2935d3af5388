import type { OperationId } from '../api/operations.ts';
import type { L10n } from '../l10n.ts';

/**
 * How far a run goes: `quick` only reads, `full` also creates a session of its own, sends it one message, and
 * archives it. With a given session none is created, and a quick run reads that one.
 */
export type SmokeLevel = 'quick' | 'full';

export type SmokeCheckId =
  | 'health'
  | 'authentication'
  | 'agents'
  | 'environments'
  | 'createSession'
  | 'listEvents'
  | 'streamConnect'
  | 'olderConnect'
  | 'sendMessage'
  | 'streamRead'
  | 'agentReplies'
  | 'streamClose'
  | 'olderRead'
  | 'reconnect'
  | 'archiveSession';

/** One check as data. How it is carried out stands in `probes.ts`, under the same id. */
export interface SmokeCheck {
  readonly id: SmokeCheckId;
  /** The operation that is called; the stream's later steps name the one that they go on with. */
  readonly operation: OperationId;
  readonly title: (l10n: L10n) => string;
  /** What is known once it has passed. */
  readonly proves: (l10n: L10n) => string;
  readonly expected: (l10n: L10n) => string;
  /** The HTTP statuses that pass; empty where the check makes no request of its own. */
  readonly statuses: readonly number[];
  /** Checks that must have brought what this one works with. */
  readonly needs: readonly SmokeCheckId[];
  /** Changes something on the server, so that a run that only reads leaves it out. */
  readonly writes?: true;
  /** Not every server has the operation; where it is missing, the other reads prove as much. */
  readonly optional?: true;
  /** Undoes what the run did, whatever became of the other checks. */
  readonly cleanup?: true;
  /** Milliseconds until it counts as failed. */
  readonly limitMs: number;
}

const LIMIT_MS = 30_000;

/**
 * The checks in their order. Source: the smoke checks of Synth's runbook (health, session create and events
 * list, SSE connect, read and close) and its transcript (post an event, stream until the session is idle) and
 * reconnect pattern, with the reads that they rest on before them and the archiving of what they made after them.
 */
export const smokeChecks: readonly SmokeCheck[] = [
  {
    id: 'health',
    operation: 'health',
    title: (l10n) => l10n.t('Health'),
    proves: (l10n) => l10n.t('The service is reachable and says that it is up.'),
    expected: (l10n) => l10n.t('HTTP 200'),
    statuses: [200],
    needs: [],
    optional: true,
    limitMs: LIMIT_MS,
  },
  {
    id: 'authentication',
    operation: 'listAgents',
    title: (l10n) => l10n.t('Authentication'),
    proves: (l10n) => l10n.t('The key is accepted.'),
    expected: (l10n) => l10n.t('HTTP 200 with a list'),
    statuses: [200],
    needs: [],
    limitMs: LIMIT_MS,
  },
  {
    id: 'agents',
    operation: 'listAgents',
    title: (l10n) => l10n.t('List agents'),
    proves: (l10n) => l10n.t('Agents can be listed.'),
    expected: (l10n) => l10n.t('HTTP 200 with a list'),
    statuses: [200],
    needs: ['authentication'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'environments',
    operation: 'listEnvironments',
    title: (l10n) => l10n.t('List environments'),
    proves: (l10n) => l10n.t('Environments can be listed.'),
    expected: (l10n) => l10n.t('HTTP 200 with a list'),
    statuses: [200],
    needs: [],
    limitMs: LIMIT_MS,
  },
  {
    id: 'createSession',
    operation: 'createSession',
    title: (l10n) => l10n.t('Create a session'),
    proves: (l10n) => l10n.t('A session can be created from an agent and an environment.'),
    expected: (l10n) => l10n.t('HTTP 200 or 201 with the id of the session'),
    statuses: [200, 201],
    needs: ['agents', 'environments'],
    writes: true,
    limitMs: LIMIT_MS,
  },
  {
    id: 'listEvents',
    operation: 'listEvents',
    title: (l10n) => l10n.t('List events'),
    proves: (l10n) => l10n.t('The history of a session can be read.'),
    expected: (l10n) => l10n.t('HTTP 200 with a list'),
    statuses: [200],
    needs: ['createSession'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'streamConnect',
    operation: 'streamEvents',
    title: (l10n) => l10n.t('Stream: connect'),
    proves: (l10n) => l10n.t('The live stream of a session opens, on one of its two paths.'),
    expected: (l10n) => l10n.t('HTTP 200 with the content type text/event-stream'),
    statuses: [200],
    needs: ['createSession'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'olderConnect',
    operation: 'streamSession',
    title: (l10n) => l10n.t('Older path: connect'),
    proves: (l10n) => l10n.t('The live stream opens on its older path as well.'),
    expected: (l10n) => l10n.t('HTTP 200 with the content type text/event-stream'),
    statuses: [200],
    needs: ['createSession'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'sendMessage',
    operation: 'sendEvents',
    title: (l10n) => l10n.t('Send a message'),
    proves: (l10n) => l10n.t('A session takes a message.'),
    expected: (l10n) => l10n.t('HTTP 200 or another status of success'),
    statuses: [200, 201, 202, 204],
    needs: ['createSession', 'listEvents', 'streamConnect'],
    writes: true,
    limitMs: LIMIT_MS,
  },
  {
    id: 'streamRead',
    operation: 'streamEvents',
    title: (l10n) => l10n.t('Stream: read'),
    proves: (l10n) => l10n.t('The stream delivers, or stays open while there is nothing to deliver.'),
    expected: (l10n) => l10n.t('Bytes, or a connection that stays open'),
    statuses: [],
    needs: ['streamConnect'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'agentReplies',
    operation: 'streamEvents',
    title: (l10n) => l10n.t('The agent replies'),
    proves: (l10n) => l10n.t('The message comes back on the stream, the agent answers, and its turn ends.'),
    expected: () => 'user.message, agent.message, session.status_idle',
    statuses: [],
    needs: ['sendMessage', 'streamRead'],
    writes: true,
    limitMs: 120_000,
  },
  {
    id: 'streamClose',
    operation: 'streamEvents',
    title: (l10n) => l10n.t('Stream: close'),
    proves: (l10n) => l10n.t('The stream can be left at any time without an error.'),
    expected: (l10n) => l10n.t('A clean close'),
    statuses: [],
    needs: ['streamRead'],
    limitMs: 10_000,
  },
  {
    id: 'olderRead',
    operation: 'streamSession',
    title: (l10n) => l10n.t('Older path: read, close'),
    proves: (l10n) => l10n.t('The stream on the older path delivers, and can be left without an error.'),
    expected: (l10n) => l10n.t('Bytes, or a connection that stays open'),
    statuses: [],
    needs: ['olderConnect'],
    limitMs: LIMIT_MS,
  },
  {
    id: 'reconnect',
    operation: 'streamEvents',
    title: (l10n) => l10n.t('Reconnect'),
    proves: (l10n) => l10n.t('After a drop the history and a new stream bring every event, once.'),
    expected: (l10n) => l10n.t('Every event of the history, none twice'),
    statuses: [],
    needs: ['agentReplies'],
    writes: true,
    limitMs: LIMIT_MS,
  },
  {
    id: 'archiveSession',
    operation: 'archiveSession',
    title: (l10n) => l10n.t('Archive the session'),
    proves: (l10n) => l10n.t('The run leaves nothing behind.'),
    expected: (l10n) => l10n.t('HTTP 200 or another status of success'),
    statuses: [200, 201, 202, 204],
    needs: [],
    writes: true,
    cleanup: true,
    limitMs: LIMIT_MS,
  },
];

/** The checks, and all those that they rest on. */
export function withNeeds(ids: ReadonlySet<SmokeCheckId>): ReadonlySet<SmokeCheckId> {
  const all = new Set(ids);
  // A check comes after those it needs, so that one look from the end finds them all.
  for (const { id, needs } of smokeChecks.toReversed()) {
    if (all.has(id)) {
      needs.forEach((need) => all.add(need));
    }
  }
  return all;
}

import type { JsonObject } from '../../util/json.ts';
import type { SandboxErrorKind } from '../errors.ts';
import type { AgentSnapshot, SessionRecord } from '../records.ts';
import { bearerToken, type Dialect, timestamp } from './dialect.ts';

/**
 * Synth's Anthropic-compatible surface, in the shapes of its API reference: `session_` ids, an agent as
 * a bare id, `active` for every session that has not ended, events under `events`, errors under `detail`.
 * Only its allow-list of operations is offered.
 */
export const synth: Dialect = {
  name: 'synth',
  prefix: '/api/managed-agents/anthropic/v1',
  createdStatus: 201,

  offers: (operation) => operation.contract === 'proxied',
  keyOf: bearerToken,
  // The reference calls the version header required, yet nothing documents that its absence is refused.
  checkHeaders: () => undefined,

  agent: (version, record) => ({
    id: version.id,
    name: version.name,
    description: version.description,
    model: modelShape(version),
    system: version.system,
    tools: [...version.tools],
    mcp_servers: [...version.mcpServers],
    skills: [...version.skills],
    metadata: { ...version.metadata },
    version: version.version,
    created_at: timestamp(version.createdAt),
    updated_at: timestamp(version.updatedAt),
    archived_at: timestamp(record.archivedAt),
  }),
  environment: (environment) => ({
    id: environment.id,
    name: environment.name,
    description: environment.description,
    config: environment.config,
    metadata: { ...environment.metadata },
    created_at: timestamp(environment.createdAt),
    updated_at: timestamp(environment.updatedAt),
    archived_at: timestamp(environment.archivedAt),
  }),
  session: (session) => ({
    id: `session_${session.suffix}`,
    agent: session.agent.id,
    environment_id: session.environmentId,
    title: session.title,
    status: isActive(session) ? 'active' : 'terminated',
    metadata: { ...session.metadata },
    created_at: timestamp(session.createdAt),
    updated_at: timestamp(session.updatedAt),
    archived_at: timestamp(session.archivedAt),
  }),
  // Threads are not on the allow-list, so nothing asks for one.
  thread: () => ({}),
  shows: (type) => !type.startsWith('session.thread_'),

  list: (items, links) => ({ data: items, next_page: links.next ?? null }),
  eventList: (events, links) => ({ events, ...(links.next === undefined ? {} : { next_page: links.next }) }),
  echo: (events) => ({ events }),

  error: (error) => ({
    status: statuses[error.kind],
    body: {
      detail:
        error.kind === 'validation'
          ? error.issues.map(({ loc, msg, type }): JsonObject => ({ loc: [...loc], msg, type }))
          : (fixedDetails[error.kind] ?? error.message),
    },
  }),
  statusFilter: (status) => statusFilters.get(status),
};

const statuses: Record<SandboxErrorKind, number> = {
  invalid: 400,
  validation: 422,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  tooLarge: 413,
  misdirected: 421,
  internal: 500,
};

const fixedDetails: Partial<Record<SandboxErrorKind, string>> = {
  unauthorized: 'Invalid API key',
  methodNotAllowed: 'Method Not Allowed',
};

function isActive(session: SessionRecord): boolean {
  return session.status !== 'terminated' && session.archivedAt === null;
}

const statusFilters = new Map<string, (session: SessionRecord) => boolean>([
  ['active', isActive],
  ['idle', (session) => session.status === 'idle'],
  ['running', (session) => session.status === 'running'],
  ['rescheduling', (session) => session.status === 'rescheduling'],
  ['terminated', (session) => !isActive(session)],
]);

/** A model that is nothing but its id is a bare string here, as in the reference's own example. */
function modelShape(version: AgentSnapshot): string | JsonObject {
  const { id, ...rest } = version.model;
  return typeof id === 'string' && Object.keys(rest).length === 0 ? id : version.model;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../util/json.ts';
import { invalid, type SandboxErrorKind } from '../errors.ts';
import { type AgentSnapshot, type SessionRecord, threadId } from '../records.ts';
import { seconds, usageShape } from '../usage.ts';
import { bearerToken, type Dialect, type PageLinks, timestamp } from './dialect.ts';

/** Anthropic's own surface, in the shapes that its SDK's types describe. */
export const anthropic: Dialect = {
  name: 'anthropic',
  prefix: '/v1',
  createdStatus: 200,

  // Neither a health check nor a list of threads across sessions exists there.
  offers: (operation) => operation.id !== 'health' && operation.id !== 'listThreads',
  keyOf: (headers) => {
    const key = headers['x-api-key'];
    return typeof key === 'string' ? key : bearerToken(headers);
  },
  checkHeaders,

  agent: (version, record) => ({
    type: 'agent',
    ...agentDefinition(version),
    multiagent: version.multiagent,
    metadata: { ...version.metadata },
    created_at: timestamp(version.createdAt),
    updated_at: timestamp(version.updatedAt),
    archived_at: timestamp(record.archivedAt),
  }),
  environment: (environment) => ({
    type: 'environment',
    id: environment.id,
    name: environment.name,
    description: environment.description,
    config: environment.config,
    metadata: { ...environment.metadata },
    scope: environment.scope,
    created_at: timestamp(environment.createdAt),
    updated_at: timestamp(environment.updatedAt),
    archived_at: timestamp(environment.archivedAt),
  }),
  session: (session, now) => ({
    type: 'session',
    id: sessionId(session),
    agent: { type: 'agent', ...agentDefinition(session.agent), multiagent: session.agent.multiagent },
    environment_id: session.environmentId,
    title: session.title,
    status: session.status,
    metadata: { ...session.metadata },
    resources: [...session.resources],
    vault_ids: [...session.vaultIds],
    budget: session.budget,
    usage: usageShape(session),
    stats: statsShape(session, now),
    outcome_evaluations: [...session.outcomes],
    deployment_id: null,
    created_at: timestamp(session.createdAt),
    updated_at: timestamp(session.updatedAt),
    archived_at: timestamp(session.archivedAt),
  }),
  thread: (session, now) => ({
    type: 'session_thread',
    id: threadId(session),
    session_id: sessionId(session),
    parent_thread_id: null,
    workflow_run_id: null,
    agent: { type: 'agent', ...agentDefinition(session.agent) },
    status: session.status,
    usage: usageShape(session),
    stats: statsShape(session, now),
    created_at: timestamp(session.createdAt),
    updated_at: timestamp(session.updatedAt),
    archived_at: timestamp(session.archivedAt),
  }),
  shows: () => true,

  list: listShape,
  eventList: listShape,
  echo: (events) => ({ data: events }),

  error: (error, requestId) => ({
    status: errors[error.kind].status,
    body: {
      type: 'error',
      error: {
        type: errors[error.kind].type,
        message: error.message,
        ...(error.details === undefined ? {} : { details: error.details }),
      },
      request_id: requestId,
    },
  }),
  statusFilter: (status) =>
    sessionStatuses.has(status) ? (session) => session.status === status : undefined,
};

const sessionStatuses = new Set(['idle', 'running', 'rescheduling', 'terminated']);

const errors: Record<SandboxErrorKind, { status: number; type: string }> = {
  invalid: { status: 400, type: 'invalid_request_error' },
  validation: { status: 400, type: 'invalid_request_error' },
  unauthorized: { status: 401, type: 'authentication_error' },
  forbidden: { status: 403, type: 'permission_error' },
  notFound: { status: 404, type: 'not_found_error' },
  methodNotAllowed: { status: 405, type: 'invalid_request_error' },
  conflict: { status: 409, type: 'conflict_error' },
  tooLarge: { status: 413, type: 'request_too_large' },
  misdirected: { status: 421, type: 'invalid_request_error' },
  internal: { status: 500, type: 'api_error' },
};

const versions = new Set(['2023-06-01', '2026-10-21']);
const requiredBeta = 'managed-agents-2026-04-01';
const betas = new Set([
  requiredBeta,
  'managed-agents-2026-04-01-research-preview',
  'agent-memory-2026-07-22',
  'dreaming-2026-04-21',
  'files-api-2025-04-14',
  'skills-2025-10-02',
]);

function checkHeaders(headers: IncomingHttpHeaders): void {
  const version = headers['anthropic-version'];
  if (typeof version !== 'string' || version === '') {
    throw invalid('anthropic-version: header is required');
  }
  if (!versions.has(version)) {
    throw invalid(`anthropic-version: "${version.slice(0, 60)}" is not a valid version`);
  }
  const beta = headers['anthropic-beta'];
  const given = (typeof beta === 'string' ? beta : '').split(',').map((value) => value.trim());
  if (!given.includes(requiredBeta)) {
    throw invalid(`anthropic-beta: this endpoint requires the value ${requiredBeta}`);
  }
  const unknown = given.find((value) => !betas.has(value));
  if (unknown !== undefined) {
    throw invalid(`anthropic-beta: unexpected value "${unknown.slice(0, 60)}"`);
  }
}

function sessionId(session: SessionRecord): string {
  return `sesn_${session.suffix}`;
}

function agentDefinition(version: AgentSnapshot): JsonObject {
  return {
    id: version.id,
    name: version.name,
    description: version.description,
    model: version.model,
    system: version.system,
    tools: [...version.tools],
    mcp_servers: [...version.mcpServers],
    skills: [...version.skills],
    execution_identity: version.executionIdentity,
    version: version.version,
  };
}

function statsShape(session: SessionRecord, now: number): JsonObject {
  const running = session.runningSince === undefined ? 0 : now - session.runningSince;
  const end = session.status === 'terminated' ? session.updatedAt : now;
  return {
    active_seconds: seconds(session.activeMs + running),
    duration_seconds: seconds(end - session.createdAt),
  };
}

function listShape(items: JsonObject[], links: PageLinks): JsonObject {
  return {
    data: items,
    next_page: links.next ?? null,
    ...(links.previous === undefined ? {} : { prev_page: links.previous }),
  };
}

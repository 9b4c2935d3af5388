import { readInitialEvents } from '../bodies/eventBody.ts';
import { readSessionCreate, readSessionUpdate } from '../bodies/sessionBody.ts';
import { invalid, notFound } from '../errors.ts';
import { readFlag, readList, readOrder, readWindow } from '../query.ts';
import { type AgentSnapshot, latestVersion, type SessionRecord } from '../records.ts';
import { terminate } from '../sessionStatus.ts';
import type { Store } from '../store.ts';
import { Checker } from '../validation.ts';
import { type Call, type Handlers, json, pathId } from './call.ts';
import { answerPage } from './listing.ts';

export const sessionHandlers: Handlers<
  'listSessions' | 'createSession' | 'getSession' | 'updateSession' | 'archiveSession'
> = {
  listSessions: (call) => {
    const checker = new Checker();
    const order = readOrder(call.query, checker, 'desc');
    const window = readWindow(call.query, checker);
    const archived = readFlag(call.query, checker, 'include_archived');
    const fits = sessionFilter(call, checker);
    return answerPage(call, checker, {
      name: 'sessions',
      items: call.store.sessions,
      order,
      window,
      bothWays: true,
      matches: (session) =>
        (archived || session.archivedAt === null) && window.includes(session.createdAt) && fits(session),
      shape: (session) => call.dialect.session(session, call.store.now()),
    });
  },

  createSession: (call) => {
    const create = readSessionCreate(call.body);
    const events = readInitialEvents(create.initialEvents);
    const agent = resolveAgent(call.store, create.agentId, create.agentVersion);
    const environment = call.store.environment(create.environmentId);
    if (environment.archivedAt !== null) {
      throw invalid(`Environment '${environment.id}' is archived`, 'environment_archived');
    }
    const session = call.store.addSession({
      agent: { ...agent, ...create.overrides },
      environmentId: environment.id,
      title: create.title,
      metadata: create.metadata,
      resources: create.resources,
      vaultIds: create.vaultIds,
      budget: create.budget,
    });
    call.scriptedAgent.accept(session, events);
    return answer(call, session, call.dialect.createdStatus);
  },

  getSession: (call) => answer(call, sessionOf(call)),

  updateSession: (call) => {
    const session = sessionOf(call);
    if (session.archivedAt !== null) {
      throw invalid('An archived session cannot be changed');
    }
    const { agent, ...fields } = readSessionUpdate(call.body, session);
    if (agent === undefined && Object.keys(fields).length === 0) {
      return answer(call, session);
    }
    Object.assign(session, fields, { updatedAt: call.store.now() });
    if (agent !== undefined) {
      session.agent = { ...session.agent, ...agent };
    }
    call.store.emit(session, 'session.updated', {
      ...('title' in fields ? { title: session.title } : {}),
      ...('metadata' in fields ? { metadata: { ...session.metadata } } : {}),
      ...('budget' in fields ? { budget: session.budget } : {}),
    });
    return answer(call, session);
  },

  archiveSession: (call) => {
    const session = sessionOf(call);
    if (session.status === 'running' || session.status === 'rescheduling') {
      throw invalid('A running session cannot be archived; interrupt it first');
    }
    if (session.archivedAt === null) {
      session.archivedAt = call.store.now();
      call.scriptedAgent.abandon(session);
      if (session.status !== 'terminated') {
        terminate(call.store, session);
      }
    }
    return answer(call, session);
  },
};

export function sessionOf(call: Call): SessionRecord {
  return call.store.session(pathId(call, 'session_id'));
}

function answer(call: Call, session: SessionRecord, status = 200) {
  return json(call.dialect.session(session, call.store.now()), status);
}

function resolveAgent(store: Store, id: string, version: number | undefined): AgentSnapshot {
  const agent = store.agent(id);
  if (agent.archivedAt !== null) {
    throw invalid(`Agent '${id}' is archived`);
  }
  const wanted =
    version === undefined
      ? latestVersion(agent)
      : agent.versions.find((candidate) => candidate.version === version);
  if (wanted === undefined) {
    throw notFound(`Version ${String(version)} of agent`, id);
  }
  return wanted;
}

function sessionFilter(call: Call, checker: Checker): (session: SessionRecord) => boolean {
  const agentId = call.query.get('agent_id');
  const agentVersion = call.query.get('agent_version');
  // Deployments and memory stores do not exist here, so no session belongs to one.
  const none = call.query.has('deployment_id') || call.query.has('memory_store_id');
  const statuses = readList(call.query, 'statuses').map((status) => {
    const filter = call.dialect.statusFilter(status);
    if (filter === undefined) {
      checker.fail(['query', 'statuses'], `unexpected value '${status.slice(0, 60)}'`, 'value_error.const');
    }
    return filter ?? (() => false);
  });
  return (session) =>
    !none &&
    (agentId === null || session.agent.id === agentId) &&
    (agentVersion === null || String(session.agent.version) === agentVersion) &&
    (statuses.length === 0 || statuses.some((fits) => fits(session)));
}

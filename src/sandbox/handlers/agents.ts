import { isDeepStrictEqual } from 'node:util';
import { readAgentCreate, readAgentUpdate } from '../bodies/agentBody.ts';
import { invalid, notFound, SandboxError } from '../errors.ts';
import { readFlag, readWindow } from '../query.ts';
import { type AgentRecord, type AgentSnapshot, latestVersion } from '../records.ts';
import type { Store } from '../store.ts';
import { Checker } from '../validation.ts';
import { type Call, type Handlers, json, pathId } from './call.ts';
import { answerPage } from './listing.ts';

export const agentHandlers: Handlers<
  'listAgents' | 'createAgent' | 'getAgent' | 'updateAgent' | 'archiveAgent' | 'listAgentVersions'
> = {
  listAgents: (call) => {
    const checker = new Checker();
    const archived = readFlag(call.query, checker, 'include_archived');
    const window = readWindow(call.query, checker);
    return answerPage(call, checker, {
      name: 'agents',
      items: call.store.agents,
      order: 'desc',
      window,
      matches: (agent) => (archived || agent.archivedAt === null) && window.includes(agent.createdAt),
      shape: (agent) => call.dialect.agent(latestVersion(agent), agent),
    });
  },

  createAgent: (call) => {
    const agent = createAgent(call.store, readAgentCreate(call.body));
    return json(call.dialect.agent(latestVersion(agent), agent), call.dialect.createdStatus);
  },

  getAgent: (call) => {
    const agent = agentOf(call);
    const wanted = call.query.get('version');
    const version =
      wanted === null
        ? latestVersion(agent)
        : agent.versions.find((candidate) => String(candidate.version) === wanted);
    if (version === undefined) {
      throw notFound(`Version ${String(wanted).slice(0, 20)} of agent`, agent.id);
    }
    return json(call.dialect.agent(version, agent));
  },

  updateAgent: (call) => {
    const agent = agentOf(call);
    const current = latestVersion(agent);
    if (agent.archivedAt !== null) {
      throw invalid('An archived agent cannot be changed');
    }
    const { fields, version } = readAgentUpdate(call.body, current);
    if (version !== undefined && version !== current.version) {
      throw new SandboxError(
        'conflict',
        `The agent is at version ${String(current.version)}, not ${String(version)}`,
      );
    }
    const changed = { ...current, ...fields };
    if (!isDeepStrictEqual(changed, current)) {
      agent.versions.push({ ...changed, version: current.version + 1, updatedAt: call.store.now() });
    }
    return json(call.dialect.agent(latestVersion(agent), agent));
  },

  archiveAgent: (call) => {
    const agent = agentOf(call);
    agent.archivedAt ??= call.store.now();
    return json(call.dialect.agent(latestVersion(agent), agent));
  },

  listAgentVersions: (call) => {
    const agent = agentOf(call);
    return answerPage(call, new Checker(), {
      name: `versions of ${agent.id}`,
      items: agent.versions,
      order: 'desc',
      shape: (version) => call.dialect.agent(version, agent),
    });
  },
};

function agentOf(call: Call): AgentRecord {
  return call.store.agent(pathId(call, 'agent_id'));
}

/** Makes version 1 of an agent; what the fields leave out gets the service's defaults. */
export function createAgent(
  store: Store,
  fields: Partial<AgentSnapshot> & Pick<AgentSnapshot, 'name' | 'model'>,
  createdAt = store.now(),
): AgentRecord {
  const id = store.newId('agent_');
  const first: AgentSnapshot = {
    description: null,
    system: null,
    tools: [],
    mcpServers: [],
    skills: [],
    multiagent: null,
    executionIdentity: { type: 'service_account' },
    metadata: {},
    ...fields,
    id,
    version: 1,
    createdAt,
    updatedAt: createdAt,
  };
  const agent: AgentRecord = { id, createdAt, versions: [first], archivedAt: null };
  store.addAgent(agent);
  return agent;
}

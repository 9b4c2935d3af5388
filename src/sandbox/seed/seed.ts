import { asObject, type JsonObject } from '../../util/json.ts';
import { readAgentCreate } from '../bodies/agentBody.ts';
import { readEnvironmentCreate } from '../bodies/environmentBody.ts';
import { createAgent } from '../handlers/agents.ts';
import { createEnvironment } from '../handlers/environments.ts';
import type { AgentSnapshot, SessionRecord } from '../records.ts';
import { continueApproval } from '../scenarios/approve.ts';
import type { ScriptedAgent } from '../scriptedAgent.ts';
import type { Store } from '../store.ts';
import { agents, environments, publishCall, services, topics } from './content.ts';
import { tellEveryKind, tellTopic, tellVaried, tellWaiting } from './conversations.ts';
import { History } from './history.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Between two seeded sessions. */
const sessionGap = 7 * minute;
/** Between two events of a seeded session. */
const eventGap = 900;
/** Which session, counted from the newest, has every kind of event; where there are fewer, none has. */
const EVERY_KIND_FROM_END = 3;

/**
 * Fills an empty store with a past: environments, agents, and sessions with short conversations, oldest
 * first. The newest session gets `events` events where that is asked for; the one before it waits for an
 * approval. Nothing is made when both counts are 0.
 */
export function seed(
  store: Store,
  scriptedAgent: ScriptedAgent,
  counts: { readonly sessions: number; readonly events: number; readonly agents?: number },
): void {
  const total = Math.max(counts.sessions, counts.events > 0 ? 1 : 0);
  if (total === 0) {
    return;
  }
  const newest = store.now() - 5 * minute - counts.events * eventGap;
  const oldest = newest - total * sessionGap;
  const environmentIds = environments.map(
    (content) => createEnvironment(store, readEnvironmentCreate(copyOf(content)), oldest - 3 * day).id,
  );
  const versions = seedAgents(store, oldest - 2 * day, counts.agents ?? 0);

  for (let index = 0; index < total; index += 1) {
    const fromEnd = total - 1 - index;
    const waits = fromEnd === 1;
    // Between those that it shares a list with, so that they are what they were without it.
    const isEveryKind = total > EVERY_KIND_FROM_END && fromEnd === EVERY_KIND_FROM_END;
    const subject = total > EVERY_KIND_FROM_END && fromEnd < EVERY_KIND_FROM_END ? index - 1 : index;
    const session = seedSession(store, {
      index,
      createdAt: newest - fromEnd * sessionGap,
      // The second agent asks before every command, so the session at the top of the list is not its.
      agent: versions[waits ? 1 : fromEnd % versions.length] ?? versions[0],
      environmentId: environmentIds[index % environmentIds.length] ?? '',
      title: isEveryKind ? 'Every kind of event' : waits ? 'Release web-shop 2.4.0' : titleOf(subject),
    });
    if (fromEnd === 0 && counts.events > 0) {
      const rules = { stepMs: eventGap, maxEvents: counts.events, withThreads: false };
      tellVaried(new History(store, session, rules));
    } else if (isEveryKind) {
      tellEveryKind(new History(store, session, { stepMs: eventGap }));
    } else if (waits) {
      seedWaiting(store, scriptedAgent, session);
    } else {
      const { topic, service } = subjectOf(subject);
      tellTopic(new History(store, session, { stepMs: eventGap }), topic, service);
    }
  }
}

/** The second agent has been changed once, so that it has two versions. At least three are made. */
function seedAgents(store: Store, createdAt: number, count: number): [AgentSnapshot, ...AgentSnapshot[]] {
  const [first, second, third] = agents.map((content) =>
    createAgent(store, readAgentCreate(copyOf(content)), createdAt),
  );
  const others = Array.from({ length: Math.max(0, count - agents.length) }, (_, index) => {
    const content = agents[index % agents.length] ?? agents[0];
    const name = `${content.name} ${String(index + agents.length + 1)}`;
    return createAgent(store, readAgentCreate({ ...copyOf(content), name }), createdAt);
  });
  const draft = second?.versions[0];
  if (second !== undefined && draft !== undefined) {
    const earlier = { ...draft, system: 'You prepare releases.' };
    second.versions.splice(0, 1, earlier);
    second.versions.push({ ...draft, version: 2, updatedAt: createdAt + day });
  }
  const latest = [first, second, third, ...others].flatMap((agent) => agent?.versions.slice(-1) ?? []);
  const [one, ...rest] = latest;
  if (one === undefined) {
    throw new Error('There is no agent to seed sessions with');
  }
  return [one, ...rest];
}

function seedSession(
  store: Store,
  parts: {
    index: number;
    createdAt: number;
    agent: AgentSnapshot;
    environmentId: string;
    title: string;
  },
): SessionRecord {
  const session = store.addSession(
    {
      agent: parts.agent,
      environmentId: parts.environmentId,
      title: parts.title,
      metadata: parts.index % 3 === 0 ? { ticket: `WEB-${String(1_000 + parts.index)}` } : {},
      resources: [],
      vaultIds: [],
      budget: null,
    },
    parts.createdAt,
  );
  session.introduced = true;
  return session;
}

function seedWaiting(store: Store, scriptedAgent: ScriptedAgent, session: SessionRecord): void {
  const use = tellWaiting(new History(store, session, { stepMs: eventGap }));
  if (use !== undefined) {
    scriptedAgent.resume(session, (turn) => continueApproval(turn, use, publishCall));
  }
}

function subjectOf(index: number) {
  const topic = topics[index % topics.length];
  const service = services[index % services.length];
  if (topic === undefined || service === undefined) {
    throw new Error('There is nothing to seed sessions with');
  }
  return { topic, service };
}

function titleOf(index: number): string {
  const { topic, service } = subjectOf(index);
  // Both counts are coprime, so a title comes again only after all pairs were used.
  const round = Math.floor(index / (topics.length * services.length));
  const title = topic.title.replace('{service}', service);
  return round === 0 ? title : `${title}, part ${String(round + 1)}`;
}

/** Seeded bodies go through the same reading as requests, which wants plain JSON. */
function copyOf(content: object): JsonObject {
  return asObject(JSON.parse(JSON.stringify(content))) ?? {};
}

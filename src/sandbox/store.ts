import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { JsonObject } from '../util/json.ts';
import { notFound } from './errors.ts';
import { EventLog } from './eventLog.ts';
import { newSuffix, type Random, sessionSuffix } from './ids.ts';
import type { AgentRecord, EnvironmentRecord, SessionRecord, StoredEvent } from './records.ts';

type NewSession = Pick<
  SessionRecord,
  'agent' | 'environmentId' | 'title' | 'metadata' | 'resources' | 'vaultIds' | 'budget'
>;

/** Everything the sandbox knows, in memory. Records are kept in the order they were made. */
export class Store {
  readonly agents: AgentRecord[] = [];
  readonly environments: EnvironmentRecord[] = [];
  readonly sessions: SessionRecord[] = [];
  private readonly agentsById = new Map<string, AgentRecord>();
  private readonly environmentsById = new Map<string, EnvironmentRecord>();
  private readonly sessionsBySuffix = new Map<string, SessionRecord>();
  private readonly clock: Clock;
  private readonly random: Random;
  private latest = 0;

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  /** The time, never earlier than the time before: histories are ordered by it. */
  now(): number {
    this.latest = Math.max(this.latest, this.clock.now());
    return this.latest;
  }

  newId(prefix: string): string {
    return prefix + newSuffix(this.random);
  }

  addAgent(agent: AgentRecord): void {
    this.agents.push(agent);
    this.agentsById.set(agent.id, agent);
  }

  addEnvironment(environment: EnvironmentRecord): void {
    this.environments.push(environment);
    this.environmentsById.set(environment.id, environment);
  }

  addSession(session: NewSession, createdAt = this.now()): SessionRecord {
    const record: SessionRecord = {
      ...session,
      suffix: newSuffix(this.random),
      createdAt,
      updatedAt: createdAt,
      status: 'idle',
      archivedAt: null,
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      activeMs: 0,
      runningSince: undefined,
      outcomes: [],
      files: [],
      log: new EventLog(),
      feed: new Emitter(),
      pending: new Map(),
      work: [],
      introduced: false,
    };
    this.sessions.push(record);
    this.sessionsBySuffix.set(record.suffix, record);
    return record;
  }

  /** @throws SandboxError of kind `notFound`. */
  agent(id: string): AgentRecord {
    const agent = this.agentsById.get(id);
    if (agent === undefined) {
      throw notFound('Agent', id);
    }
    return agent;
  }

  /** @throws SandboxError of kind `notFound`. */
  environment(id: string): EnvironmentRecord {
    const environment = this.environmentsById.get(id);
    if (environment === undefined) {
      throw notFound('Environment', id);
    }
    return environment;
  }

  /** Finds a session by either spelling of its id. @throws SandboxError of kind `notFound`. */
  session(id: string): SessionRecord {
    const session = this.sessionsBySuffix.get(sessionSuffix(id) ?? '');
    if (session === undefined) {
      throw notFound('Session', id);
    }
    return session;
  }

  /** Forgets a session; its streams hear of it and end. */
  removeSession(session: SessionRecord): void {
    this.emit(session, 'session.deleted');
    session.feed.fire({ kind: 'end' });
    this.sessionsBySuffix.delete(session.suffix);
    this.sessions.splice(this.sessions.indexOf(session), 1);
  }

  removeEnvironment(environment: EnvironmentRecord): void {
    this.environmentsById.delete(environment.id);
    this.environments.splice(this.environments.indexOf(environment), 1);
  }

  /** Adds an event to a session's history and sends it to every open stream. */
  emit(
    session: SessionRecord,
    type: string,
    fields: JsonObject = {},
    more: { id?: string; processedAt?: number | null } = {},
  ): StoredEvent {
    const event = session.log.add({
      id: more.id ?? this.newId('sevt_'),
      type,
      fields,
      processedAt: more.processedAt === undefined ? this.now() : more.processedAt,
    });
    session.feed.fire({ kind: 'event', event });
    return event;
  }

  /** Marks a queued event as taken by the agent and sends it a second time, now with its time. */
  process(session: SessionRecord, event: StoredEvent): void {
    session.log.stamp(event, this.now());
    session.feed.fire({ kind: 'event', event });
  }
}

import type { Emitter } from '../util/emitter.ts';
import type { JsonObject, JsonValue } from '../util/json.ts';
import type { EventLog } from './eventLog.ts';

// What the sandbox keeps. Times are milliseconds since the epoch; a dialect makes wire shapes of them.

/** One version of an agent; never changed once made. */
export interface AgentSnapshot {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly description: string | null;
  readonly model: JsonObject;
  readonly system: string | null;
  readonly tools: readonly JsonObject[];
  readonly mcpServers: readonly JsonObject[];
  readonly skills: readonly JsonObject[];
  readonly multiagent: JsonObject | null;
  readonly executionIdentity: JsonObject;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface AgentRecord {
  readonly id: string;
  readonly createdAt: number;
  /** Oldest first, never empty. */
  readonly versions: [AgentSnapshot, ...AgentSnapshot[]];
  archivedAt: number | null;
}

export interface EnvironmentRecord {
  readonly id: string;
  readonly createdAt: number;
  name: string;
  description: string | null;
  config: JsonObject;
  metadata: Readonly<Record<string, string>>;
  scope: string;
  updatedAt: number;
  archivedAt: number | null;
}

type SessionStatus = 'idle' | 'running' | 'rescheduling' | 'terminated';

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  /** Everything beside `id`, `type` and `processed_at`. */
  readonly fields: JsonObject;
  /** Order of arrival in the session, from 1. */
  readonly sequence: number;
  /** Null while queued behind earlier work. */
  processedAt: number | null;
}

/** What goes out on a session's live streams. */
export type FeedItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'start'; readonly eventId: string; readonly eventType: PreviewType }
  | { readonly kind: 'delta'; readonly eventId: string; readonly text: string }
  | { readonly kind: 'end' };

export type PreviewType = 'agent.message' | 'agent.thinking';

/** A tool call that waits for the user. */
export interface PendingAction {
  readonly kind: 'confirmation' | 'customResult';
  readonly answer: (event: StoredEvent) => void;
}

/** Work for the agent: a message with its optional system message, or an outcome to reach. */
export interface QueuedWork {
  readonly event: StoredEvent;
  readonly system?: StoredEvent;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** A file that the agent has written to the outputs of its session. */
export interface FileRecord {
  readonly id: string;
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly content: Uint8Array;
  readonly createdAt: number;
}

export interface SessionRecord {
  /** Without a prefix: each dialect writes its own before it. */
  readonly suffix: string;
  readonly environmentId: string;
  readonly createdAt: number;
  agent: AgentSnapshot;
  title: string | null;
  metadata: Readonly<Record<string, string>>;
  readonly resources: readonly JsonValue[];
  readonly vaultIds: readonly string[];
  budget: JsonObject | null;
  status: SessionStatus;
  updatedAt: number;
  archivedAt: number | null;
  readonly usage: Usage;
  activeMs: number;
  /** When the current spell of running began; undefined while not running. */
  runningSince: number | undefined;
  readonly outcomes: JsonObject[];
  readonly files: FileRecord[];
  readonly log: EventLog;
  readonly feed: Emitter<FeedItem>;
  readonly pending: Map<string, PendingAction>;
  readonly work: QueuedWork[];
  /** Whether the agent has said in this session that it is a script. */
  introduced: boolean;
}

export function latestVersion(agent: AgentRecord): AgentSnapshot {
  return agent.versions.at(-1) ?? agent.versions[0];
}

/** The primary thread, the only one: the sandbox's agent works alone. */
export function threadId(session: SessionRecord): string {
  return `sthr_${session.suffix}`;
}

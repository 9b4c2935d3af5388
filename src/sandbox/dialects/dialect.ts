import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../api/operations.ts';
import type { OperationBeyond } from '../../api/operationsBeyond.ts';
import type { JsonObject } from '../../util/json.ts';
import type { SandboxError } from '../errors.ts';
import type {
  AgentRecord,
  AgentSnapshot,
  EnvironmentRecord,
  SessionRecord,
  StoredEvent,
} from '../records.ts';

/** What the sandbox offers beyond the contract, in Anthropic's dialect only. */
const servedBeyond = [
  'deleteEnvironment',
  'deleteSession',
  'listResources',
  'listFiles',
  'getFileContent',
] as const;
export type ServedBeyondId = (typeof servedBeyond)[number];

/** An operation that the sandbox can carry out. */
export type ServedOperation = Operation | Extract<OperationBeyond, { id: ServedBeyondId }>;

export function isServed(
  operation: OperationBeyond,
): operation is Extract<OperationBeyond, { id: ServedBeyondId }> {
  return servedBeyond.some((id) => id === operation.id);
}

/** The cursors of a page, as text for the wire. */
export interface PageLinks {
  readonly next: string | undefined;
  /** Only lists that page both ways have it. */
  readonly previous?: string | null;
}

/**
 * One way to speak the contract: the same store, other shapes. Functions only, without state, so that
 * what one dialect changes is visible at once in the other.
 */
export interface Dialect {
  readonly name: 'synth' | 'anthropic';
  /** What comes before an operation's path. */
  readonly prefix: string;
  /** The status of an answer that made something. */
  readonly createdStatus: 200 | 201;

  offers(operation: ServedOperation): boolean;
  /** The key of a request, in whatever header this dialect carries it. */
  keyOf(headers: IncomingHttpHeaders): string | undefined;
  /** @throws SandboxError of kind `invalid` for compatibility headers that are missing or unknown. */
  checkHeaders(headers: IncomingHttpHeaders): void;

  agent(version: AgentSnapshot, record: AgentRecord): JsonObject;
  environment(environment: EnvironmentRecord): JsonObject;
  session(session: SessionRecord, now: number): JsonObject;
  thread(session: SessionRecord, now: number): JsonObject;
  /** Whether an event of this type exists in this dialect at all. */
  shows(eventType: string): boolean;

  list(items: JsonObject[], links: PageLinks): JsonObject;
  eventList(events: JsonObject[], links: PageLinks): JsonObject;
  /** The answer to events that were sent. */
  echo(events: JsonObject[]): JsonObject;

  error(error: SandboxError, requestId: string): { readonly status: number; readonly body: JsonObject };
  /** Whether a status filter of the session list fits a session; undefined for a status it does not know. */
  statusFilter(status: string): ((session: SessionRecord) => boolean) | undefined;
}

/** Both dialects write events flat, with the same envelope. */
export function eventShape(event: StoredEvent): JsonObject {
  return { type: event.type, id: event.id, ...event.fields, processed_at: timestamp(event.processedAt) };
}

export function timestamp(time: number): string;
export function timestamp(time: number | null): string | null;
export function timestamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}

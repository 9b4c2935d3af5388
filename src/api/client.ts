import { isJsonObject, type JsonObject, type JsonValue } from '../util/json.ts';
import { checkId, type Connection } from './connection.ts';
import { ApiError } from './errors.ts';
import type { EventStream } from './eventStream.ts';
import type { CallRecord, HttpCaller, ProbeAnswer, ProbeCall } from './http/caller.ts';
import type { HttpResponse } from './http/transport.ts';
import { operation, type OperationId, type PathParams } from './operations.ts';
import { type OperationBeyond, type OperationBeyondId, operationsBeyond } from './operationsBeyond.ts';
import { type Cursor, decodePage, echoedItems, type Page } from './pagination.ts';
import { type Agent, decodeAgent } from './resources/agent.ts';
import { decodeEnvironment, type Environment } from './resources/environment.ts';
import { decodeEvent, type SessionEvent } from './resources/event.ts';
import { decodeSession, type Session } from './resources/session.ts';
import { decodeSessionFile, type SessionFile } from './resources/sessionFile.ts';
import { type StreamOperation, StreamPaths } from './streamPaths.ts';

/** Query parameters; an array is sent as one parameter per entry. Undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface ListOptions {
  readonly limit?: number;
  readonly cursor?: Cursor | undefined;
  readonly includeArchived?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface ListSessionsOptions extends ListOptions {
  readonly agentId?: string;
  readonly statuses?: readonly string[];
  /** Only sessions created at this moment or after it, in epoch milliseconds. */
  readonly createdSince?: number;
  readonly order?: 'asc' | 'desc';
}

export interface ListEventsOptions {
  readonly limit?: number;
  readonly cursor?: Cursor | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CallOptions {
  readonly query?: Query;
  readonly body?: JsonObject;
  readonly signal?: AbortSignal | undefined;
  /** True where a yes is enough: a word of plain text is then taken for an empty answer. */
  readonly wordsWillDo?: boolean;
}

/** Everything a server of this API can be asked, one method per operation. Throws {@link ApiError} only. */
export class ManagedAgentsClient {
  readonly connection: Connection;
  private readonly caller: HttpCaller;
  private readonly streamPaths: StreamPaths;

  constructor(connection: Connection, caller: HttpCaller, streamPaths = new StreamPaths()) {
    this.connection = connection;
    this.caller = caller;
    this.streamPaths = streamPaths;
  }

  /** A client of its own, with no memory of earlier answers, that tells `onCall` of each request. */
  observed(onCall: (record: CallRecord) => void): ManagedAgentsClient {
    return new ManagedAgentsClient(this.connection, this.caller.observed(onCall));
  }

  /** Calls any operation of the table and answers with its JSON, or undefined for an empty body. */
  async call<Id extends OperationId>(
    id: Id,
    params: PathParams<Id>,
    options: CallOptions = {},
  ): Promise<JsonValue | undefined> {
    const target = operation(id);
    return await this.caller.json({
      method: target.method,
      path: fillPath(target.path, params),
      query: options.query ?? {},
      body: options.body,
      signal: options.signal,
      wordsWillDo: options.wordsWillDo === true,
    });
  }

  /** Asks about an operation rather than using it; see {@link HttpCaller.probe}. */
  async probe(call: ProbeCall): Promise<ProbeAnswer> {
    return await this.caller.probe(call);
  }

  async health(signal?: AbortSignal): Promise<JsonValue | undefined> {
    return await this.call('health', {}, { signal, wordsWillDo: true });
  }

  async listEnvironments(options: ListOptions = {}): Promise<Page<Environment>> {
    return await this.list('listEnvironments', {}, options, 'environments', decodeEnvironment);
  }

  async createEnvironment(body: JsonObject, signal?: AbortSignal): Promise<Environment> {
    return await this.document('createEnvironment', {}, { body, signal }, decodeEnvironment);
  }

  async getEnvironment(id: string, signal?: AbortSignal): Promise<Environment> {
    return await this.document('getEnvironment', { environment_id: id }, { signal }, decodeEnvironment);
  }

  async updateEnvironment(id: string, body: JsonObject, signal?: AbortSignal): Promise<Environment> {
    const again = () => this.getEnvironment(id, signal);
    return await this.document(
      'updateEnvironment',
      { environment_id: id },
      { body, signal },
      decodeEnvironment,
      again,
    );
  }

  async archiveEnvironment(id: string, signal?: AbortSignal): Promise<void> {
    await this.call('archiveEnvironment', { environment_id: id }, { signal, wordsWillDo: true });
  }

  async listAgents(options: ListOptions = {}): Promise<Page<Agent>> {
    return await this.list('listAgents', {}, options, 'agents', decodeAgent);
  }

  async createAgent(body: JsonObject, signal?: AbortSignal): Promise<Agent> {
    return await this.document('createAgent', {}, { body, signal }, decodeAgent);
  }

  async getAgent(id: string, options: { version?: string; signal?: AbortSignal } = {}): Promise<Agent> {
    const query = { version: options.version };
    return await this.document('getAgent', { agent_id: id }, { query, signal: options.signal }, decodeAgent);
  }

  async updateAgent(id: string, body: JsonObject, signal?: AbortSignal): Promise<Agent> {
    const again = () => this.getAgent(id, signal === undefined ? {} : { signal });
    return await this.document('updateAgent', { agent_id: id }, { body, signal }, decodeAgent, again);
  }

  async archiveAgent(id: string, signal?: AbortSignal): Promise<void> {
    await this.call('archiveAgent', { agent_id: id }, { signal, wordsWillDo: true });
  }

  async listAgentVersions(id: string, options: ListOptions = {}): Promise<Page<Agent>> {
    return await this.list('listAgentVersions', { agent_id: id }, options, 'versions', decodeAgent);
  }

  async listSessions(options: ListSessionsOptions = {}): Promise<Page<Session>> {
    const { agentId, statuses, createdSince, order } = options;
    const query = {
      agent_id: agentId,
      'statuses[]': statuses,
      'created_at[gte]': createdSince === undefined ? undefined : new Date(createdSince).toISOString(),
      order,
    };
    return await this.list('listSessions', {}, options, 'sessions', decodeSession, query);
  }

  async createSession(body: JsonObject, signal?: AbortSignal): Promise<Session> {
    return await this.document('createSession', {}, { body, signal }, decodeSession);
  }

  async getSession(id: string, signal?: AbortSignal): Promise<Session> {
    return await this.document('getSession', { session_id: id }, { signal }, decodeSession);
  }

  async updateSession(id: string, body: JsonObject, signal?: AbortSignal): Promise<Session> {
    const again = () => this.getSession(id, signal);
    return await this.document('updateSession', { session_id: id }, { body, signal }, decodeSession, again);
  }

  async archiveSession(id: string, signal?: AbortSignal): Promise<void> {
    await this.call('archiveSession', { session_id: id }, { signal, wordsWillDo: true });
  }

  /** Ends a session for good, its history included. Beyond the contract; refused while the agent works. */
  async deleteSession(id: string, signal?: AbortSignal): Promise<void> {
    await this.callBeyond('deleteSession', { session_id: id }, { signal, wordsWillDo: true });
  }

  /** Beyond the contract; refused while sessions still name the environment. */
  async deleteEnvironment(id: string, signal?: AbortSignal): Promise<void> {
    await this.callBeyond('deleteEnvironment', { environment_id: id }, { signal, wordsWillDo: true });
  }

  /** The vaults that a session may be given. Beyond the contract. */
  async listVaults(options: ListOptions = {}): Promise<Page<JsonObject>> {
    const query = { limit: options.limit, ...cursorQuery(options.cursor) };
    const answer = await this.callBeyond('listVaults', {}, { query, signal: options.signal });
    const page = decodePage(answer, 'vaults');
    if (page === undefined) {
      throw new ApiError('malformed', { method: 'GET', path: '/vaults' });
    }
    const items = page.items.filter(isJsonObject);
    return { items, next: page.next, skipped: page.items.length - items.length };
  }

  /** A page of the files that a session has written. Beyond the contract. */
  async listSessionFiles(id: string, options: ListOptions = {}): Promise<Page<SessionFile>> {
    const query = { scope_id: checkId(id), limit: options.limit, ...cursorQuery(options.cursor) };
    const answer = await this.callBeyond('listFiles', {}, { query, signal: options.signal });
    const page = decodePage(answer, 'files');
    if (page === undefined) {
      throw new ApiError('malformed', { method: 'GET', path: '/files' });
    }
    const items = page.items.flatMap((item) => decodeSessionFile(item) ?? []);
    return { items, next: page.next, skipped: page.items.length - items.length };
  }

  /** Opens the content of a file. Its bytes are the caller's to read or discard. Beyond the contract. */
  async openFile(id: string, signal?: AbortSignal): Promise<HttpResponse> {
    const { method, path, betas } = beyond('getFileContent');
    return await this.caller.open({
      method,
      path: fillPath(path, { file_id: id }),
      query: {},
      betas,
      signal,
    });
  }

  /** One page of a session's history. Without a limit the server's own page size holds. */
  async listEvents(id: string, options: ListEventsOptions = {}): Promise<Page<SessionEvent>> {
    const query = { limit: options.limit, order: options.order, ...cursorQuery(options.cursor) };
    return await this.page('listEvents', { session_id: id }, query, options.signal, 'events', decodeEvent);
  }

  /**
   * Posts events. Never repeated by this layer: an error whose `details.sent` is not false means that the
   * server may have taken them. Answers with the echoed events, which a server may leave out.
   */
  async sendEvents(
    id: string,
    events: readonly JsonObject[],
    signal?: AbortSignal,
  ): Promise<readonly SessionEvent[]> {
    const answer = await this.call(
      'sendEvents',
      { session_id: id },
      { body: { events: [...events] }, signal, wordsWillDo: true },
    );
    return echoedItems(answer).flatMap((item) => decodeEvent(item) ?? []);
  }

  /**
   * Opens the live stream of a session: `/events/stream` first and, where the session exists but that
   * path does not, `/stream`. A path that has answered 200 is remembered for the connection.
   * @param deltas whether to ask for token-by-token previews; a server that refuses them is asked without.
   */
  async openStream(id: string, signal: AbortSignal, deltas = false): Promise<EventStream> {
    return await this.streamPaths.open(this.connection, this.caller, checkId(id), signal, deltas);
  }

  /** Opens the stream of a session on exactly one of its two paths. */
  async openStreamAt(path: StreamOperation, id: string, signal: AbortSignal): Promise<EventStream> {
    const observer = new StreamPaths(); // what is found out here must not become what other streams begin with
    return await observer.openAt(this.connection, this.caller, path, checkId(id), signal);
  }

  async listSessionThreads(id: string, options: ListOptions = {}): Promise<Page<JsonObject>> {
    return await this.list('listSessionThreads', { session_id: id }, options, 'threads', plainObject);
  }

  async listThreadEvents(
    sessionId: string,
    threadId: string,
    options: ListOptions = {},
  ): Promise<Page<SessionEvent>> {
    const params = { session_id: sessionId, agent_thread_id: threadId };
    return await this.list('listThreadEvents', params, options, 'events', decodeEvent);
  }

  async listThreads(options: ListOptions = {}): Promise<Page<JsonObject>> {
    return await this.list('listThreads', {}, options, 'threads', plainObject);
  }

  /** Calls an operation that the table of the contract does not have. */
  private async callBeyond(
    id: OperationBeyondId,
    params: Readonly<Record<string, string>>,
    options: CallOptions,
  ): Promise<JsonValue | undefined> {
    const { method, path, betas } = beyond(id);
    return await this.caller.json({
      betas,
      method,
      path: fillPath(path, params),
      query: options.query ?? {},
      body: options.body,
      signal: options.signal,
      wordsWillDo: options.wordsWillDo === true,
    });
  }

  private async list<Id extends OperationId, T>(
    id: Id,
    params: PathParams<Id>,
    options: ListOptions,
    plural: string,
    decode: (value: unknown) => T | undefined,
    extra: Query = {},
  ): Promise<Page<T>> {
    const query = {
      limit: options.limit,
      include_archived: options.includeArchived === true ? true : undefined,
      ...extra,
      ...cursorQuery(options.cursor),
    };
    return await this.page(id, params, query, options.signal, plural, decode);
  }

  private async page<Id extends OperationId, T>(
    id: Id,
    params: PathParams<Id>,
    query: Query,
    signal: AbortSignal | undefined,
    plural: string,
    decode: (value: unknown) => T | undefined,
  ): Promise<Page<T>> {
    const page = decodePage(await this.call(id, params, { query, signal }), plural);
    if (page === undefined) {
      throw this.malformed(id, params);
    }
    const items = page.items.flatMap((item) => decode(item) ?? []);
    return { items, next: page.next, skipped: page.items.length - items.length };
  }

  /** @param readAgain what to do where the server says yes and nothing else. */
  private async document<Id extends OperationId, T>(
    id: Id,
    params: PathParams<Id>,
    options: CallOptions,
    decode: (value: unknown) => T | undefined,
    readAgain?: () => Promise<T>,
  ): Promise<T> {
    const answer = await this.call(id, params, options);
    if (answer === undefined && readAgain !== undefined) {
      return await readAgain();
    }
    const document = decode(answer);
    if (document === undefined) {
      throw this.malformed(id, params);
    }
    return document;
  }

  /** The server said yes, in a shape that we cannot use. */
  private malformed<Id extends OperationId>(id: Id, params: PathParams<Id>): ApiError {
    const target = operation(id);
    return new ApiError('malformed', { method: target.method, path: fillPath(target.path, params) });
  }
}

/** A path of the table with its ids put in, each checked. */
export function fillPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => checkId(params[name] ?? ''));
}

function beyond(
  id: OperationBeyondId,
): Pick<OperationBeyond, 'method' | 'path'> & { readonly betas: readonly string[] } {
  const found = operationsBeyond.find((operation) => operation.id === id);
  if (found === undefined) {
    throw new TypeError(`There is no operation ${id}`); // every id of the type is in the table
  }
  return { ...found, betas: 'betas' in found ? found.betas : [] };
}

function cursorQuery(cursor: Cursor | undefined): Query {
  return cursor === undefined ? {} : { [cursor.parameter]: cursor.value };
}

function plainObject(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

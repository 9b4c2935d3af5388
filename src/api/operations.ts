/**
 * THE table of the contract: every operation of the managed-agents surface that this project knows.
 * The client, the smoke checks and the sandbox's router are made from it, so they cannot disagree. Source: Synth's API reference for its Anthropic-compatible surface, which
 * proxies 20 operations and names 4 more that it does not.
 */

/** `OPTIONS` only asks what a path takes; no operation uses it. */
export type HttpMethod = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';

interface OperationShape {
  readonly id: string;
  readonly method: HttpMethod;
  /** Path below the connection's prefix; `{name}` stands for one id. */
  readonly path: `/${string}`;
  /** Whether Synth's allow-list has it. The unproxied ones are usable where a server offers them. */
  readonly contract: 'proxied' | 'unproxied';
  /** What the answer is: one JSON document, one page of a list, or an event stream. */
  readonly answer: 'document' | 'list' | 'stream';
  /** True where the request carries a JSON body. */
  readonly body?: true;
  /** Query parameters that at least one known server understands. */
  readonly query?: readonly string[];
  /** What it does, in one plain English phrase. */
  readonly summary: string;
}

// prettier-ignore
export const operations = [
  { id: 'health', method: 'GET', path: '/health', contract: 'proxied', answer: 'document', summary: 'Check that the service is up' },

  { id: 'listEnvironments', method: 'GET', path: '/environments', contract: 'proxied', answer: 'list', query: ['limit', 'page', 'include_archived'], summary: 'List environments' },
  { id: 'createEnvironment', method: 'POST', path: '/environments', contract: 'proxied', answer: 'document', body: true, summary: 'Create an environment' },
  { id: 'getEnvironment', method: 'GET', path: '/environments/{environment_id}', contract: 'proxied', answer: 'document', summary: 'Read an environment' },
  { id: 'updateEnvironment', method: 'POST', path: '/environments/{environment_id}', contract: 'proxied', answer: 'document', body: true, summary: 'Update an environment' },
  { id: 'archiveEnvironment', method: 'POST', path: '/environments/{environment_id}/archive', contract: 'proxied', answer: 'document', summary: 'Archive an environment' },

  { id: 'listAgents', method: 'GET', path: '/agents', contract: 'proxied', answer: 'list', query: ['limit', 'page', 'include_archived', 'created_at[gte]', 'created_at[lte]'], summary: 'List agents' },
  { id: 'createAgent', method: 'POST', path: '/agents', contract: 'proxied', answer: 'document', body: true, summary: 'Create an agent' },
  { id: 'getAgent', method: 'GET', path: '/agents/{agent_id}', contract: 'proxied', answer: 'document', query: ['version'], summary: 'Read an agent' },
  { id: 'updateAgent', method: 'POST', path: '/agents/{agent_id}', contract: 'proxied', answer: 'document', body: true, summary: 'Update an agent' },
  { id: 'archiveAgent', method: 'POST', path: '/agents/{agent_id}/archive', contract: 'proxied', answer: 'document', summary: 'Archive an agent' },

  { id: 'listSessions', method: 'GET', path: '/sessions', contract: 'proxied', answer: 'list', query: ['limit', 'page', 'order', 'include_archived', 'agent_id', 'statuses[]', 'created_at[gte]', 'created_at[lte]'], summary: 'List sessions' },
  { id: 'createSession', method: 'POST', path: '/sessions', contract: 'proxied', answer: 'document', body: true, summary: 'Create a session' },
  { id: 'getSession', method: 'GET', path: '/sessions/{session_id}', contract: 'proxied', answer: 'document', summary: 'Read a session' },
  { id: 'updateSession', method: 'POST', path: '/sessions/{session_id}', contract: 'proxied', answer: 'document', body: true, summary: 'Update a session' },
  { id: 'archiveSession', method: 'POST', path: '/sessions/{session_id}/archive', contract: 'proxied', answer: 'document', summary: 'Archive a session' },
  { id: 'sendEvents', method: 'POST', path: '/sessions/{session_id}/events', contract: 'proxied', answer: 'list', body: true, summary: 'Send events to a session' },
  { id: 'listEvents', method: 'GET', path: '/sessions/{session_id}/events', contract: 'proxied', answer: 'list', query: ['limit', 'page', 'order', 'types[]', 'after_sequence', 'created_at[gte]'], summary: 'List the events of a session' },
  { id: 'streamEvents', method: 'GET', path: '/sessions/{session_id}/events/stream', contract: 'proxied', answer: 'stream', query: ['event_deltas[]'], summary: 'Stream the events of a session' },
  { id: 'streamSession', method: 'GET', path: '/sessions/{session_id}/stream', contract: 'proxied', answer: 'stream', query: ['event_deltas[]'], summary: 'Stream the events of a session (older path)' },

  { id: 'listAgentVersions', method: 'GET', path: '/agents/{agent_id}/versions', contract: 'unproxied', answer: 'list', query: ['limit', 'page'], summary: 'List the versions of an agent' },
  { id: 'listSessionThreads', method: 'GET', path: '/sessions/{session_id}/threads', contract: 'unproxied', answer: 'list', query: ['limit', 'page'], summary: 'List the threads of a session' },
  { id: 'listThreadEvents', method: 'GET', path: '/sessions/{session_id}/threads/{agent_thread_id}/events', contract: 'unproxied', answer: 'list', query: ['limit', 'page'], summary: 'List the events of a thread' },
  { id: 'listThreads', method: 'GET', path: '/threads', contract: 'unproxied', answer: 'list', query: ['limit', 'page'], summary: 'List threads' },
] as const satisfies readonly OperationShape[];

/** One row of the table. */
export type Operation = (typeof operations)[number];
export type OperationId = Operation['id'];

type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The ids that an operation's path asks for, by their names in the table. */
export type PathParams<Id extends OperationId> = Record<
  Placeholders<Extract<Operation, { id: Id }>['path']>,
  string
>;

const byId = new Map<OperationId, OperationShape>(operations.map((operation) => [operation.id, operation]));

/** Looks an operation up. Every id of the type is in the table, so this cannot fail. */
export function operation(id: OperationId): OperationShape & { readonly id: OperationId } {
  return byId.get(id) as OperationShape & { readonly id: OperationId };
}

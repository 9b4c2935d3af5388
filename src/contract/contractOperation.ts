import { type HttpMethod, operations } from '../api/operations.ts';

/** One operation whose presence is found out. */
export interface ContractOperation {
  readonly method: Exclude<HttpMethod, 'OPTIONS'>;
  /** Path below the connection's prefix; `{name}` stands for one id. */
  readonly path: string;
  /** Where it stands in Synth's contract; `beyond` is not in it at all, and offered by other servers. */
  readonly contract: 'proxied' | 'unproxied' | 'beyond';
  readonly answer: 'document' | 'list' | 'stream';
}

/** What Anthropic's own API offers beyond the contract, as far as a client of sessions can use it. */
const beyond: readonly Omit<ContractOperation, 'contract'>[] = [
  { method: 'DELETE', path: '/environments/{environment_id}', answer: 'document' },
  { method: 'GET', path: '/environments/{environment_id}/work/stats', answer: 'document' },
  { method: 'DELETE', path: '/sessions/{session_id}', answer: 'document' },
  { method: 'GET', path: '/sessions/{session_id}/resources', answer: 'list' },
  { method: 'POST', path: '/sessions/{session_id}/resources', answer: 'document' },
  { method: 'GET', path: '/sessions/{session_id}/threads/{agent_thread_id}', answer: 'document' },
  { method: 'GET', path: '/sessions/{session_id}/threads/{agent_thread_id}/stream', answer: 'stream' },
  { method: 'GET', path: '/vaults', answer: 'list' },
  { method: 'GET', path: '/files', answer: 'list' },
  { method: 'GET', path: '/skills', answer: 'list' },
  { method: 'GET', path: '/memory_stores', answer: 'list' },
  { method: 'GET', path: '/deployments', answer: 'list' },
  { method: 'GET', path: '/deployment_runs', answer: 'list' },
  { method: 'GET', path: '/models', answer: 'list' },
];

/** The operations of the contract in the order of their table, then those beyond it. */
export const contractOperations: readonly ContractOperation[] = [
  ...operations.map(({ method, path, contract, answer }) => ({ method, path, contract, answer })),
  ...beyond.map((operation) => ({ ...operation, contract: 'beyond' as const })),
];

/** The names of the collections that things are created in by a POST. */
const collections = /\/(environments|agents|sessions|events|resources)$/;

/** Whether a request of this operation may create or remove something that is there. */
export function isWrite({ method, path }: ContractOperation): boolean {
  return method === 'DELETE' || (method === 'POST' && collections.test(path));
}

import type { HttpMethod } from './operations.ts';

/**
 * What Anthropic's own API offers beyond the table of the contract, as far as a client of sessions can use it.
 * None of it is proxied by Synth; each is offered only where the server has it. Source: Anthropic's API reference.
 */
// prettier-ignore
export const operationsBeyond = [
  { id: 'deleteEnvironment', method: 'DELETE', path: '/environments/{environment_id}', contract: 'beyond', answer: 'document' },
  { id: 'workStats', method: 'GET', path: '/environments/{environment_id}/work/stats', contract: 'beyond', answer: 'document' },
  { id: 'deleteSession', method: 'DELETE', path: '/sessions/{session_id}', contract: 'beyond', answer: 'document' },
  { id: 'listResources', method: 'GET', path: '/sessions/{session_id}/resources', contract: 'beyond', answer: 'list' },
  { id: 'addResource', method: 'POST', path: '/sessions/{session_id}/resources', contract: 'beyond', answer: 'document' },
  { id: 'getThread', method: 'GET', path: '/sessions/{session_id}/threads/{agent_thread_id}', contract: 'beyond', answer: 'document' },
  { id: 'streamThread', method: 'GET', path: '/sessions/{session_id}/threads/{agent_thread_id}/stream', contract: 'beyond', answer: 'stream' },
  { id: 'listVaults', method: 'GET', path: '/vaults', contract: 'beyond', answer: 'list' },
  { id: 'listFiles', method: 'GET', path: '/files', contract: 'beyond', answer: 'list', betas: ['files-api-2025-04-14'] },
  { id: 'getFileContent', method: 'GET', path: '/files/{file_id}/content', contract: 'beyond', answer: 'bytes', betas: ['files-api-2025-04-14'] },
  { id: 'listSkills', method: 'GET', path: '/skills', contract: 'beyond', answer: 'list' },
  { id: 'listMemoryStores', method: 'GET', path: '/memory_stores', contract: 'beyond', answer: 'list' },
  { id: 'listDeployments', method: 'GET', path: '/deployments', contract: 'beyond', answer: 'list' },
  { id: 'listDeploymentRuns', method: 'GET', path: '/deployment_runs', contract: 'beyond', answer: 'list' },
  { id: 'listModels', method: 'GET', path: '/models', contract: 'beyond', answer: 'list' },
] as const satisfies readonly {
  readonly id: string;
  readonly method: Exclude<HttpMethod, 'OPTIONS'>;
  readonly path: `/${string}`;
  readonly contract: 'beyond';
  readonly answer: 'document' | 'list' | 'stream' | 'bytes';
  /** Values of `anthropic-beta` that it needs besides those of the connection. */
  readonly betas?: readonly string[];
}[];

/** One operation that only some servers have. */
export type OperationBeyond = (typeof operationsBeyond)[number];
export type OperationBeyondId = OperationBeyond['id'];

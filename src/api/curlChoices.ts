import type { JsonObject } from '../util/json.ts';
import { checkId } from './connection.ts';
import type { CurlRequest } from './curl.ts';
import { type Operation, type OperationId, operations } from './operations.ts';

/** What a request is about: a whole collection, one thing of it, or no thing in particular. */
export type CurlSubject =
  { readonly kind: 'sessions' | 'agents' | 'environments'; readonly id?: string | undefined } | undefined;

export interface CurlChoice {
  readonly operation: Operation;
  readonly request: CurlRequest;
}

const idNames = { sessions: 'session_id', agents: 'agent_id', environments: 'environment_id' } as const;

/** Bodies to begin with; what stands in capitals is to be replaced. */
const samples: Partial<Record<OperationId, JsonObject>> = {
  createEnvironment: { name: 'my-environment', config: { type: 'cloud' } },
  updateEnvironment: { description: 'DESCRIPTION' },
  createAgent: { name: 'my-agent', model: 'MODEL', system: 'SYSTEM_PROMPT' },
  updateAgent: { version: 1, description: 'DESCRIPTION' },
  createSession: { agent: 'AGENT_ID', environment_id: 'ENVIRONMENT_ID', title: 'TITLE' },
  updateSession: { title: 'TITLE' },
  sendEvents: { events: [{ type: 'user.message', content: [{ type: 'text', text: 'Hello' }] }] },
};

/** The requests of the contract that a subject allows, in the order of its table. */
export function curlChoices(subject: CurlSubject): readonly CurlChoice[] {
  return operations.flatMap((operation): CurlChoice[] => {
    const path = pathFor(operation, subject);
    if (path === undefined) {
      return [];
    }
    const { method, answer, id } = operation;
    const body = samples[id];
    const query = answer === 'list' && method === 'GET' ? { limit: 20 } : {};
    return [{ operation, request: { method, path, query, answer, ...(body !== undefined && { body }) } }];
  });
}

/** The path of an operation with the subject's id put in; undefined where it is about something else. */
function pathFor({ path }: Operation, subject: CurlSubject): string | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  if (subject === undefined) {
    return names.length === 0 ? path : undefined;
  }
  const { kind, id } = subject;
  if (path !== `/${kind}` && !path.startsWith(`/${kind}/`)) {
    return undefined;
  }
  if (id === undefined) {
    return names.length === 0 ? path : undefined;
  }
  return names.length === 1 && names[0] === idNames[kind]
    ? path.replace(`{${idNames[kind]}}`, checkId(id))
    : undefined;
}

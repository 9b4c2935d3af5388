import type { AuthScheme } from '../api/connection.ts';
import type { ContractOperation } from './contractOperation.ts';

/**
 * `present`: the server knows the operation. `absent`: it says that there is no such thing. `refused`: the key
 * may not use it, or is not accepted. `unknown`: no answer tells, or it could not be asked without a change.
 */
export const presences = ['present', 'absent', 'refused', 'unknown'] as const;
export type Presence = (typeof presences)[number];

/** How the answer was come by. */
export type ProbeManner =
  /** With an id that the server itself listed, or none needed. */
  | 'asked'
  /** With an id that nothing has: a server that knows the operation says what it does not find. */
  | 'madeUpId'
  /** By what the path says it takes. */
  | 'options'
  /** By a request that may have created something; what it created was archived. */
  | 'wrote'
  /** Not at all: everything before it failed. */
  | 'notAsked';

/** What is known about one operation. */
export interface OperationFinding extends Pick<ContractOperation, 'method' | 'path' | 'contract'> {
  readonly status: Presence;
  /** The HTTP status behind it, or null where no answer came. */
  readonly http: number | null;
  readonly how: ProbeManner;
}

/** The contract of one server, as found. Machine-readable; free of credentials. */
export interface ContractReport {
  /** Operations of the contract, those that Synth proxies, and those that it does not. */
  readonly pinned: number;
  readonly proxied: number;
  readonly unproxied: number;
  readonly connection: { readonly name: string; readonly baseUrl: string; readonly auth: AuthScheme };
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  readonly durationMs: number;
  /** Whether requests that can create something were allowed. */
  readonly allowWrites: boolean;
  readonly counts: Readonly<Record<Presence, number>>;
  readonly operations: readonly OperationFinding[];
  /** Ids of what was created on the way and could not be archived again. */
  readonly leftBehind: readonly string[];
}

import { type HttpMethod, operations } from '../api/operations.ts';
import { operationsBeyond } from '../api/operationsBeyond.ts';

/** One operation whose presence is found out. */
export interface ContractOperation {
  readonly method: Exclude<HttpMethod, 'OPTIONS'>;
  /** Path below the connection's prefix; `{name}` stands for one id. */
  readonly path: string;
  /** Where it stands in Synth's contract; `beyond` is not in it at all, and offered by other servers. */
  readonly contract: 'proxied' | 'unproxied' | 'beyond';
  /** Values of `anthropic-beta` that it needs besides those of the connection. */
  readonly betas?: readonly string[];
  readonly answer: 'document' | 'list' | 'stream' | 'bytes';
}

/** The operations of the contract in the order of their table, then those beyond it. */
export const contractOperations: readonly ContractOperation[] = [
  ...operations.map(({ method, path, contract, answer }) => ({ method, path, contract, answer })),
  ...operationsBeyond.map((operation) => ({
    method: operation.method,
    path: operation.path,
    contract: operation.contract,
    answer: operation.answer,
    ...('betas' in operation && { betas: operation.betas }),
  })),
];

/** The names of the collections that things are created in by a POST. */
const collections = /\/(environments|agents|sessions|events|resources)$/;

/** Whether a request of this operation may create or remove something that is there. */
export function isWrite({ method, path }: ContractOperation): boolean {
  return method === 'DELETE' || (method === 'POST' && collections.test(path));
}

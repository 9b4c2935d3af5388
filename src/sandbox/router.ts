import { type HttpMethod, operations } from '../api/operations.ts';
import { operationsBeyond } from '../api/operationsBeyond.ts';
import { anthropic } from './dialects/anthropic.ts';
import { type Dialect, isServed, type ServedOperation } from './dialects/dialect.ts';
import { synth } from './dialects/synth.ts';
import { SandboxError } from './errors.ts';

/** Longest prefix first, so that none hides another. */
const dialects: readonly Dialect[] = [synth, anthropic];

/** What the sandbox has a handler for. */
const served: readonly ServedOperation[] = [
  ...operations,
  ...operationsBeyond.filter((operation) => isServed(operation)),
];

export interface Route {
  readonly operation: ServedOperation;
  /** The ids of the path by their names in the operations table. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The dialect that a path speaks, and what comes after its prefix. */
export function findDialect(path: string): { dialect: Dialect; rest: string } | undefined {
  for (const dialect of dialects) {
    if (path.startsWith(`${dialect.prefix}/`)) {
      return { dialect, rest: path.slice(dialect.prefix.length) };
    }
  }
  return undefined;
}

/**
 * Finds the operation of a request among those that the dialect offers.
 * @throws SandboxError of kind `notFound` or `methodNotAllowed`.
 */
export function findRoute(dialect: Dialect, method: string, path: string): Route {
  const parts = path.split('/');
  const allow: string[] = [];
  for (const operation of served) {
    const ids = matchPath(operation.path.split('/'), parts);
    if (ids === undefined || !dialect.offers(operation)) {
      continue;
    }
    if ((operation.method satisfies HttpMethod) === method) {
      return { operation, ids };
    }
    allow.push(operation.method);
  }
  throw allow.length > 0
    ? new SandboxError('methodNotAllowed', `${method.slice(0, 20)} is not offered on this path`, { allow })
    : new SandboxError('notFound', 'Not Found');
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Map<string, string> | undefined {
  if (pattern.length !== parts.length) {
    return undefined;
  }
  const ids = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined && part !== expected) {
      return undefined;
    }
    if (name !== undefined) {
      const id = decode(part);
      if (id === undefined || id === '') {
        return undefined;
      }
      ids.set(name, id);
    }
  }
  return ids;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

import * as v from 'valibot';
import {
  type AuthScheme,
  type BaseUrlProblem,
  type Connection,
  DEFAULT_BETAS,
  DEFAULT_VERSION,
  parseBaseUrl,
  presets,
} from '../../api/connection.ts';
import type { ConnectionSettingProblem } from '../../text/connectionProblems.ts';

/** One entry of the setting, as a person writes it. */
export interface ConnectionEntry {
  readonly name: string;
  readonly baseUrl: string;
  readonly auth?: AuthScheme | undefined;
  readonly version?: string | undefined;
  readonly betas?: readonly string[] | undefined;
  readonly readOnly?: boolean | undefined;
}

export interface ReadConnections {
  readonly connections: readonly Connection[];
  readonly problems: readonly ConnectionSettingProblem[];
}

const MAX_CONNECTIONS = 100;

/** What travels in a header: visible ASCII, without the comma that separates values. */
const headerValue = v.pipe(v.string(), v.regex(/^[\x21-\x2b\x2d-\x7e]{1,100}$/));
const entrySchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60), v.regex(/^[^\p{C}]+$/u)),
  baseUrl: v.pipe(v.string(), v.maxLength(2_000)),
  auth: v.optional(v.picklist(['bearer', 'x-api-key'])),
  version: v.optional(headerValue),
  betas: v.optional(v.pipe(v.array(headerValue), v.maxLength(20))),
  readOnly: v.optional(v.boolean()),
});

/** Reads the setting. An entry that is wrong is reported and left out; the others hold. */
export function readConnections(value: unknown): ReadConnections {
  if (value === undefined || value === null) {
    return { connections: [], problems: [] };
  }
  if (!Array.isArray(value)) {
    return { connections: [], problems: [{ kind: 'notAList' }] };
  }
  const connections: Connection[] = [];
  const problems: ConnectionSettingProblem[] = [];
  for (const [index, item] of (value as unknown[]).slice(0, MAX_CONNECTIONS).entries()) {
    const position = index + 1;
    const parsed = v.safeParse(entrySchema, item);
    if (!parsed.success) {
      problems.push({ kind: 'notAnEntry', position, path: v.getDotPath(parsed.issues[0]) ?? '' });
      continue;
    }
    const { name } = parsed.output;
    if (isNameTaken(name, connections)) {
      problems.push({ kind: 'nameTaken', position, name });
      continue;
    }
    const connection = toConnection(parsed.output);
    if ('problem' in connection) {
      problems.push({ kind: 'baseUrl', position, name, why: connection.problem });
      continue;
    }
    connections.push(connection);
  }
  if (value.length > MAX_CONNECTIONS) {
    problems.push({ kind: 'tooMany', limit: MAX_CONNECTIONS });
  }
  return { connections, problems };
}

/** The connection that an entry describes, or what is wrong with its base URL. */
export function toConnection(entry: ConnectionEntry): Connection | { readonly problem: BaseUrlProblem } {
  const base = parseBaseUrl(entry.baseUrl);
  if ('problem' in base) {
    return base;
  }
  return {
    // The name is the identity: it is unique, and a renamed connection asks for its key again.
    id: `custom:${encodeURIComponent(entry.name)}`,
    name: entry.name,
    origin: base.origin,
    prefix: base.prefix,
    auth: entry.auth ?? defaultAuth(base.origin),
    version: entry.version ?? DEFAULT_VERSION,
    betas: entry.betas ?? DEFAULT_BETAS,
    ...(entry.readOnly === true && { readOnly: true }),
  };
}

/** The manner of signing in that a preset of the same origin has; elsewhere the bearer form. */
export function defaultAuth(origin: string): AuthScheme {
  return presets.find((preset) => preset.origin === origin)?.auth ?? 'bearer';
}

/** Whether a name is used by a preset, the sandbox or one of these connections. */
export function isNameTaken(name: string, connections: readonly Connection[]): boolean {
  const wanted = name.toLowerCase();
  return [...presets, ...connections, { name: 'Local sandbox' }].some(
    (connection) => connection.name.toLowerCase() === wanted,
  );
}

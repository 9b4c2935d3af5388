import type { SmokeLevel } from '../smoke/checks.ts';
import {
  type ConnectionArguments,
  connectionOptions,
  connectionUsage,
  readConnection,
  readValues,
} from './connectionArguments.ts';

export interface SmokeArguments extends ConnectionArguments {
  readonly level: SmokeLevel;
  readonly json: boolean;
  readonly junitPath: string | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly run: SmokeArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly problem: string };

export const smokeUsage = `Usage: npm run smoke -- --base-url URL [options]

Checks a managed-agents server: health, key and lists, session create and events list, both streams, a message
and its answer, and a reconnect. A full run creates a session and archives it, or sends its message to the
session that --session-id names; a quick run changes nothing.

${connectionUsage}\
  --session-id ID        looks at this session and creates none
  --level LEVEL          quick or full; full where not given
  --junit FILE           writes the report there, as JUnit's XML
  --json                 writes the report as JSON instead of text
  --help                 writes this

Exit code: 0 nothing failed, 1 a check failed, 2 wrong arguments, 130 interrupted.
`;

/** Reads the command line. A problem is said without any value that could be a key. */
export function parseSmokeArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedArguments {
  const values = readValues(argv, {
    ...connectionOptions,
    level: { type: 'string' },
    junit: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (typeof values === 'string') {
    return { kind: 'bad', problem: values };
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  const level = values.level ?? 'full';
  if (level !== 'quick' && level !== 'full') {
    return { kind: 'bad', problem: '--level must be quick or full' };
  }
  if (values.junit === '') {
    return { kind: 'bad', problem: '--junit is empty' };
  }
  const connection = readConnection(values, environment);
  return typeof connection === 'string'
    ? { kind: 'bad', problem: connection }
    : { kind: 'run', run: { ...connection, level, json: values.json === true, junitPath: values.junit } };
}

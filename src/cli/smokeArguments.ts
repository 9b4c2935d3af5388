import {
  type ConnectionArguments,
  connectionOptions,
  connectionUsage,
  readConnection,
  readValues,
} from './connectionArguments.ts';

export interface SmokeArguments extends ConnectionArguments {
  readonly json: boolean;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly run: SmokeArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly problem: string };

export const smokeUsage = `Usage: npm run smoke -- --base-url URL [options]

Checks a managed-agents server: health, session create and events list, stream connect, read and close.
Without --session-id a session is created and archived again.

${connectionUsage}\
  --session-id ID        looks at this session and creates none
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
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (typeof values === 'string') {
    return { kind: 'bad', problem: values };
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  const connection = readConnection(values, environment);
  return typeof connection === 'string'
    ? { kind: 'bad', problem: connection }
    : { kind: 'run', run: { ...connection, json: values.json === true } };
}

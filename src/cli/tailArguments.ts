import {
  type ConnectionArguments,
  connectionOptions,
  connectionUsage,
  readConnection,
  readValues,
} from './connectionArguments.ts';

export interface TailArguments extends ConnectionArguments {
  readonly sessionId: string;
  readonly untilIdle: boolean;
  readonly json: boolean;
}

export type ParsedTailArguments =
  | { readonly kind: 'run'; readonly run: TailArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly problem: string };

export const tailUsage = `Usage: npm run tail -- --base-url URL --session-id ID [options]

Writes a session's events as they happen, from the first one on, and survives every break of the connection.

  --session-id ID        the session to follow
${connectionUsage}\
  --until-idle           ends when the session is idle and waits for nobody; else when the session ends
  --json                 writes one line of JSON for each change instead of text
  --help                 writes this

Exit code: 0 the session came to its end, or was interrupted here; 1 it failed; 2 it could not be followed.
`;

/** Reads the command line. A problem is said without any value that could be a key. */
export function parseTailArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedTailArguments {
  const values = readValues(argv, {
    ...connectionOptions,
    'until-idle': { type: 'boolean' },
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
  if (typeof connection === 'string') {
    return { kind: 'bad', problem: connection };
  }
  const { sessionId } = connection;
  if (sessionId === undefined) {
    return { kind: 'bad', problem: '--session-id is missing' };
  }
  const untilIdle = values['until-idle'] === true;
  return { kind: 'run', run: { ...connection, sessionId, untilIdle, json: values.json === true } };
}

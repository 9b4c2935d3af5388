import { parseArgs } from 'node:util';
import {
  checkId,
  type Connection,
  DEFAULT_BETAS,
  DEFAULT_VERSION,
  keyProblem,
  parseBaseUrl,
  presets,
} from '../api/connection.ts';
import { ApiError } from '../api/errors.ts';
import { plainL10n } from '../l10n.ts';
import { describeBaseUrlProblem, describeKeyProblem } from '../text/inputProblems.ts';

export interface SmokeArguments {
  readonly connection: Connection;
  readonly key: string;
  /** The environment variable that the key was taken from, where no argument gave one. */
  readonly keyFrom: string | undefined;
  readonly sessionId: string | undefined;
  readonly json: boolean;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly run: SmokeArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly problem: string };

export const smokeUsage = `Usage: npm run smoke -- --base-url URL [options]

Checks a managed-agents server: health, session create and events list, stream connect, read and close.
Without --session-id a session is created and archived again.

  --base-url URL         https, or http on this machine; an origin alone gets the usual path of its API
  --api-key KEY          else SYNTH_API_KEY, or ANTHROPIC_API_KEY for Anthropic's host, from the environment
  --auth SCHEME          bearer or x-api-key; bearer by default, x-api-key for Anthropic's host
  --session-id ID        looks at this session and creates none
  --anthropic-beta B     value of the header, several separated by commas; "" sends none
  --json                 writes the report as JSON instead of text
  --help                 writes this

Exit code: 0 nothing failed, 1 a check failed, 2 wrong arguments, 130 interrupted.
`;

/** Reads the command line. A problem is said without any value that could be a key. */
export function parseSmokeArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedArguments {
  const values = readValues(argv);
  if (typeof values === 'string') {
    return bad(values);
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  if (values['base-url'] === undefined) {
    return bad('--base-url is missing');
  }
  const base = parseBaseUrl(values['base-url']);
  if ('problem' in base) {
    return bad(`--base-url: ${describeBaseUrlProblem(base.problem, plainL10n)}`);
  }
  const preset = presets.find(({ origin }) => origin === base.origin);
  const auth = values.auth ?? preset?.auth ?? 'bearer';
  if (auth !== 'bearer' && auth !== 'x-api-key') {
    return bad('--auth must be bearer or x-api-key');
  }
  const keyVariable = preset?.id === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'SYNTH_API_KEY';
  const key = values['api-key'] ?? environment[keyVariable] ?? '';
  const problem = keyProblem(key);
  if (problem !== undefined) {
    return bad(
      problem === 'empty'
        ? `--api-key is missing, and ${keyVariable} is not set`
        : `--api-key: ${describeKeyProblem(problem, plainL10n)}`,
    );
  }
  const sessionId = values['session-id'];
  if (sessionId !== undefined && !isId(sessionId)) {
    return bad('--session-id holds characters that no id has');
  }
  const betas = values['anthropic-beta']?.split(',').map((beta) => beta.trim());
  if (betas?.some((beta) => !/^[\x21-\x7e]*$/.test(beta)) === true) {
    return bad('--anthropic-beta holds characters that no header can carry');
  }
  const connection: Connection = {
    id: 'command-line',
    name: preset?.prefix === base.prefix ? preset.name : new URL(base.origin).host,
    origin: base.origin,
    prefix: base.prefix,
    auth,
    version: DEFAULT_VERSION,
    betas: betas?.filter((beta) => beta !== '') ?? DEFAULT_BETAS,
  };
  const keyFrom = values['api-key'] === undefined ? keyVariable : undefined;
  return { kind: 'run', run: { connection, key, keyFrom, sessionId, json: values.json === true } };
}

function readValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        'base-url': { type: 'string' },
        'api-key': { type: 'string' },
        auth: { type: 'string' },
        'session-id': { type: 'string' },
        'anthropic-beta': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch {
    // Node's own words quote the argument, which may be a key in the wrong place.
    return 'an argument is unknown, or lacks its value';
  }
}

function bad(problem: string): ParsedArguments {
  return { kind: 'bad', problem };
}

function isId(id: string): boolean {
  try {
    return checkId(id) === id;
  } catch (error) {
    if (ApiError.is(error, 'badId')) {
      return false;
    }
    throw error;
  }
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import {
  type Connection,
  DEFAULT_BETAS,
  DEFAULT_VERSION,
  isId,
  isLoopbackOrigin,
  keyProblem,
  parseBaseUrl,
  presets,
} from '../api/connection.ts';
import { keyVariableOf } from '../api/environmentKey.ts';
import { plainL10n } from '../l10n.ts';
import { describeBaseUrlProblem, describeKeyProblem } from '../text/inputProblems.ts';

/** What a command line says about the server and the session to talk to. */
export interface ConnectionArguments {
  readonly connection: Connection;
  readonly key: string;
  /** The environment variable that the key was taken from, where no argument gave one. */
  readonly keyFrom: string | undefined;
  readonly sessionId: string | undefined;
}

/** The options that say it, for `parseArgs`. */
export const connectionOptions = {
  'base-url': { type: 'string' },
  'api-key': { type: 'string' },
  auth: { type: 'string' },
  'session-id': { type: 'string' },
  'anthropic-beta': { type: 'string' },
} as const;

/** The lines of a usage text for them, but for the session's. */
export const connectionUsage = `\
  --base-url URL         https, or http on this machine; an origin alone gets the usual path of its API
  --api-key KEY          - reads it from standard input; else from the environment: SYNTH_API_KEY for Synth's hosts and
                         this machine, ANTHROPIC_API_KEY for Anthropic's, API_KEY for any other
  --auth SCHEME          bearer or x-api-key; bearer by default, x-api-key for Anthropic's host
  --anthropic-beta B     value of the header, several separated by commas; "" sends none
`;

type Values = Readonly<Partial<Record<keyof typeof connectionOptions, string>>>;

/** The values of a command line that knows these options and nothing else, or what is wrong with it. */
export function readValues<Options extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], strict: true, allowPositionals: false, options }).values;
  } catch {
    // Node's own words quote the argument, which may be a key in the wrong place.
    return 'an argument is unknown, or lacks its value';
  }
}

/** Reads the values, or says what is wrong with them, without any value that could be a key. */
export function readConnection(
  values: Values,
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionArguments | string {
  if (values['base-url'] === undefined) {
    return '--base-url is missing';
  }
  const base = parseBaseUrl(values['base-url']);
  if ('problem' in base) {
    return `--base-url: ${describeBaseUrlProblem(base.problem, plainL10n)}`;
  }
  const preset = presets.find(({ origin }) => origin === base.origin);
  const auth = values.auth ?? preset?.auth ?? 'bearer';
  if (auth !== 'bearer' && auth !== 'x-api-key') {
    return '--auth must be bearer or x-api-key';
  }
  const keyVariable = variableFor(base.origin);
  const key = values['api-key'] ?? environment[keyVariable] ?? '';
  const problem = keyProblem(key);
  if (problem !== undefined) {
    return problem === 'empty'
      ? `--api-key is missing, and ${keyVariable} is not set`
      : `--api-key: ${describeKeyProblem(problem, plainL10n)}`;
  }
  const sessionId = values['session-id'];
  if (sessionId !== undefined && !isId(sessionId)) {
    return '--session-id holds characters that no id has';
  }
  const betas = values['anthropic-beta']?.split(',').map((beta) => beta.trim());
  if (betas?.some((beta) => !/^[\x21-\x7e]*$/.test(beta)) === true) {
    return '--anthropic-beta holds characters that no header can carry';
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
  return { connection, key, keyFrom, sessionId };
}

/**
 * The environment variable whose key may go to an address: a preset's own, on this machine the one of its usual
 * dialect, and for any other server one that names no platform, so that no key of one goes to another.
 */
function variableFor(origin: string): string {
  return keyVariableOf({ origin }) ?? (isLoopbackOrigin(origin) ? 'SYNTH_API_KEY' : 'API_KEY');
}

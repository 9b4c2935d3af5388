import {
  type ConnectionArguments,
  connectionOptions,
  connectionUsage,
  readConnection,
  readValues,
} from './connectionArguments.ts';

export interface ContractArguments extends Omit<ConnectionArguments, 'sessionId'> {
  readonly reportPath: string | undefined;
  readonly allowWrites: boolean;
  readonly json: boolean;
}

export type ParsedContractArguments =
  | { readonly kind: 'run'; readonly run: ContractArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly problem: string };

export const contractUsage = `Usage: npm run contract -- --base-url URL [options]

Finds out which of the operations of the managed-agents contract a server offers, and which beyond it.
Nothing is created, changed or removed unless --allow-writes is given.

${connectionUsage}\
  --report-path FILE     writes the report there, as JSON
  --allow-writes         also asks what could create something, and archives what was created
  --json                 writes the report to standard output instead of text
  --help                 writes this

Exit code: 0 every proxied operation is there or could not be asked, 1 one other than health is absent or
refused, or no answer came at all, 2 wrong arguments, 130 interrupted.
`;

/** Reads the command line. A problem is said without any value that could be a key. */
export function parseContractArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedContractArguments {
  const values = readValues(argv, {
    'base-url': connectionOptions['base-url'],
    'api-key': connectionOptions['api-key'],
    auth: connectionOptions.auth,
    'anthropic-beta': connectionOptions['anthropic-beta'],
    'report-path': { type: 'string' },
    'allow-writes': { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (typeof values === 'string') {
    return { kind: 'bad', problem: values };
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  if (values['report-path'] === '') {
    return { kind: 'bad', problem: '--report-path is empty' };
  }
  const connection = readConnection(values, environment);
  if (typeof connection === 'string') {
    return { kind: 'bad', problem: connection };
  }
  return {
    kind: 'run',
    run: {
      ...connection,
      reportPath: values['report-path'],
      allowWrites: values['allow-writes'] === true,
      json: values.json === true,
    },
  };
}
